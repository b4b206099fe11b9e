"""The compartments a file is divided into."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Compartment(TextChoices):
    IDENTITY = "identity", pgettext_lazy("compartment", "Identity")
    CASE = "case", pgettext_lazy("compartment", "Case")
    HEALTH = "health", pgettext_lazy("compartment", "Health")
    RECORD = "record", pgettext_lazy("compartment", "Record")
