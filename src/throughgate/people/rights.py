from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    VIEW = "people.view", _("see people and their files")
    WRITE = "people.write", _("add people and change what is known of them")
    EXPORT = "people.export", _("take lists of people out of the system")
    ERASE = "people.erase", _("destroy what is known of a person")
