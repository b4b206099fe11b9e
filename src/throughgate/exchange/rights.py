from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    IMPORT = "exchange.import", _("import lists of people and undo an import")
