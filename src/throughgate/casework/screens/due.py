"""What waits for whom: tasks, plan steps, follow-ups, people; mine or everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.models import ACTIVE, IN_WORK, Case, FollowUp, Step, Task, TeamMember
from throughgate.custody.models import Standing
from throughgate.kit import show

MINE, ALL = "mine", "all"
KEPT = Q(person__erased_at=None)
# A release that was expected and did not happen: the days of its follow-ups have come, and nobody is there to call.
STILL_HELD = Q(person__standing__episode="deprived")
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Whose:
    """The switch "mine / everybody's". Those who see only the people they support have no switch."""

    everybody: bool
    may_switch: bool
    param: str = "whose"

    @property
    def links(self) -> list[dict[str, Any]]:
        """For the template; empty where there is nothing to choose."""
        both = ((MINE, _("Mine"), not self.everybody), (ALL, _("Everybody’s"), self.everybody))
        return [
            {"url": f"?{self.param}={code}", "label": words, "current": now} for code, words, now in both
        ] if self.may_switch else []  # fmt: skip


def whose(request: HttpRequest) -> Whose:
    may_switch = not current_actor().narrowed
    return Whose(may_switch and request.GET.get("whose") == ALL, may_switch)


def my_cases() -> Any:
    """Cases one leads or works on, as a sub-query of ids."""
    me = current_actor().id
    teams = TeamMember.objects.filter(member_id=me, until=None).values("case_id")
    return Case.objects.filter(Q(lead_id=me) | Q(id__in=teams), state__in=ACTIVE)


def my_people() -> Any:
    return my_cases().values("person_id")


def steps(mine: Whose) -> Any:
    """Undone steps of cases in work. Mine: those given to me, and in my cases those given to nobody."""
    rows = Step.objects.undone().filter(KEPT, case__state__in=IN_WORK)
    if mine.everybody:
        return rows
    return rows.filter(Q(owner_id=current_actor().id) | Q(owner=None, case_id__in=my_cases().values("id")))


def tasks(mine: Whose) -> Any:
    """Tasks. Mine: those given to me, and those I wrote down and gave to nobody."""
    rows = Task.objects.filter(Q(person=None) | KEPT)
    if mine.everybody:
        return rows
    me = current_actor().id
    return rows.filter(Q(assignee_id=me) | Q(assignee=None, by_id=me))


def follow_ups(mine: Whose) -> Any:
    """Those that still wait, of cases in work, about people who can be reached."""
    return all_follow_ups(mine).filter(state=FollowUp.State.TO_DO, case__state__in=IN_WORK).exclude(STILL_HELD)


def all_follow_ups(mine: Whose) -> Any:
    """In any state. Mine: of my cases; for a narrowed member of everybody they see."""
    rows = FollowUp.objects.filter(KEPT)
    if mine.everybody or current_actor().narrowed:
        return rows
    return rows.filter(case_id__in=my_cases().values("id"))


def standings(mine: Whose) -> Any:
    """People in custody; mine are those whose cases I lead or work on, or all whom a narrowed member sees."""
    rows = Standing.objects.held()
    if mine.everybody or current_actor().narrowed:
        return rows
    return rows.filter(person_id__in=my_people())


def when_tag(due: date | None, today: date) -> SafeString:
    """The day something is due, with a word when it is today or has passed."""
    if due is None:
        return show.EMPTY
    if due < today:
        return format_html("{} {}", show.tag(gettext("overdue"), "danger"), show.day(due, style="short"))
    if due == today:
        return show.tag(gettext("today"), "warn")
    return show.day(due, style="short")


def in_time(prefix: str, today: date) -> dict[str, Q]:
    """Conditions on a day by what it means for today."""
    return {
        "overdue": Q(**{f"{prefix}__lt": today}),
        "today": Q(**{prefix: today}),
        "week": Q(**{f"{prefix}__gt": today, f"{prefix}__lte": today + WEEK}),
        "later": Q(**{f"{prefix}__gt": today + WEEK}),
        "no_day": Q(**{prefix: None}),
    }


TIMES = (
    ("overdue", _("overdue")),
    ("today", _("today")),
    ("week", _("in the next 7 days")),
    ("later", _("later")),
    ("no_day", _("no date")),
)


def ids_of(rows: Any) -> set[UUID]:
    return {row.person_id for row in rows if row.person_id}
