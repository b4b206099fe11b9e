from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    VIEW = "custody.view", _("see what happened to people in custody")
    WRITE = "custody.write", _("record what happened, sentences and release dates")
    ASSESS = "custody.assess", _("record assessments such as political prisoner")
    FACILITIES = "custody.facilities", _("add places of detention and correct the organisation's own")
