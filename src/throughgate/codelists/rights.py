from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    VIEW = "codelists.view", _("look at the code lists")
    EXTEND = "codelists.extend", _("add own terms to the code lists and retire them")
