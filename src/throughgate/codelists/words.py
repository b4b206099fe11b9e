"""What this room's entries in the log are called."""

from django.utils.translation import gettext_lazy as _

from throughgate.access import log_words

log_words.register(
    {
        "codelists.add_term": _("added a term to a code list"),
        "codelists.change_term": _("changed a term of a code list"),
        "codelists.retire_term": _("retired a term of a code list"),
        "codelists.use_again": _("put a term of a code list in use again"),
    }
)
