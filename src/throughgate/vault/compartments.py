"""The compartments a file is divided into."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Compartment(TextChoices):
    IDENTITY = "identity", _("Identity")
    CASE = "case", _("Case")
    HEALTH = "health", _("Health")
    RECORD = "record", _("Record")
