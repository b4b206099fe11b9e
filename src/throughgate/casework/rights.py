from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    VIEW = "casework.view", _("see cases, plans and contacts")
    WORK = "casework.work", _("work on cases: needs, steps, tasks, contacts")
    OPEN = "casework.open", _("open, lead, pause, close and reopen cases")
    PLAN = "casework.plan", _("make plans and move their steps")
    TODAY = "casework.today", _("have a working day: tasks and what is due")
    EXPORT = "casework.export", _("take lists of releases and cases out of the system")
