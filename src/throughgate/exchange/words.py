"""What the log calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from throughgate.access import log_words

log_words.register(
    {
        "exchange.upload_list": _("uploaded a list"),
        "exchange.choose_sheet": _("chose a sheet of a list"),
        "exchange.choose_columns": _("said what the columns of a list hold"),
        "exchange.discard_list": _("destroyed an uploaded list"),
        "exchange.forget_layout": _("forgot a layout of lists"),
        "exchange.start_check": _("began a dry run of a list"),
        "exchange.check_list": _("dry run of a list finished"),
        "exchange.start_import": _("began to import a list"),
        "exchange.import_rows": _("imported rows of a list"),
        "exchange.finish_import": _("finished importing a list"),
        "exchange.start_undo": _("began to undo an import"),
        "exchange.undo_rows": _("took back imported rows"),
        "exchange.finish_undo": _("finished undoing an import"),
    }
)
