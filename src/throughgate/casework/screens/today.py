"""The first page of a working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.models import FollowUp, Step, Task
from throughgate.casework.rights import Right
from throughgate.casework.screens import due
from throughgate.casework.screens.changes import Changes, changes
from throughgate.casework.screens.columns import (
    button,
    offset_words,
    only_visible,
    shown_name,
    shown_reference,
    with_names,
)
from throughgate.casework.screens.contacts import record_url
from throughgate.casework.screens.releases import NOT_READY, WorkingDate, in_window, lead, missing
from throughgate.codelists import codes
from throughgate.custody.models import Standing
from throughgate.custody.rights import Right as Custody
from throughgate.kit import show

AT_MOST = 10  # of what is overdue and of what comes, of each kind; the rest is one click away
FEW = 6
SILENT_DAYS = 30


@dataclass(frozen=True)
class Work:
    """A task or a step, with what the template shows of it."""

    title: Any
    due: date | None
    when: SafeString
    name: Any
    reference: str | None
    note: Any
    button: SafeString | str
    url: str


@dataclass(frozen=True)
class Today:
    """Everything the page shows; a constant number of queries, whatever there is."""

    whose: due.Whose
    tiles: list[dict[str, Any]]
    groups: list[tuple[Any, list[Work]]]
    more_tasks: int
    more_steps: int
    follow_ups: list[dict[str, Any]]
    more_follow_ups: int
    releases: list[dict[str, Any]]
    silent: list[dict[str, Any]]
    all_silent: str
    changes: Changes
    may_work: bool


def today(request: HttpRequest) -> Today:
    day, whose = timezone.localdate(), due.whose(request)
    tasks, steps, waiting = due.tasks(whose).undone(), due.steps(whose), due.follow_ups(whose)
    steps, waiting = (rows.filter(due_on__lte=day + due.WEEK) for rows in (steps, waiting))
    counts = {"task": _counts(tasks, day), "step": _counts(steps, day), "follow_up": _counts(waiting, day)}
    near = due.standings(whose).filter(working_on__lte=day + timedelta(days=30))
    work = [*_tasks(request, tasks, day), *_steps(request, steps, day)]
    return Today(
        whose=whose,
        tiles=_tiles(whose, counts, near.filter(in_window("30_days", day) & NOT_READY).count()),
        groups=_grouped(work, day),
        more_tasks=_not_shown(counts["task"]),
        more_steps=_not_shown(counts["step"]),
        follow_ups=_follow_ups(waiting, day),
        more_follow_ups=max(0, counts["follow_up"]["all"] - AT_MOST),
        releases=_releases(near),
        silent=_silent(due.standings(whose).not_heard_from(day, SILENT_DAYS)),
        all_silent=reverse("custody:not_heard_from") if current_actor().has(Custody.VIEW) else "",
        changes=changes(whose),
        may_work=current_actor().has(Right.WORK),
    )


def _not_shown(counts: dict[str, int]) -> int:
    overdue = counts["overdue"]
    return max(0, overdue - AT_MOST) + max(0, counts["all"] - overdue - AT_MOST)


def _counts(rows: Any, day: date) -> dict[str, int]:
    counted: dict[str, int] = rows.aggregate(
        overdue=Count("organisation", filter=Q(due_on__lt=day)),
        today=Count("organisation", filter=Q(due_on=day)),
        all=Count("organisation"),
    )
    return counted


def _tiles(whose: due.Whose, counts: dict[str, dict[str, int]], not_ready: int) -> list[dict[str, Any]]:
    overdue = counts["task"]["overdue"] + counts["step"]["overdue"]
    now = counts["task"]["today"] + counts["step"]["today"]
    calls = counts["follow_up"]["overdue"] + counts["follow_up"]["today"]
    scope = f"&whose={due.ALL}" if whose.everybody else ""
    mine = "" if whose.everybody or not whose.may_switch else "&mine=on"
    releases = f"{reverse('casework:releases')}?within=30_days&not_ready=on{mine}"
    follow_ups = f"{reverse('casework:follow_ups')}?when=overdue&when=today{scope}"
    return [
        {"number": overdue, "words": gettext("overdue"), "url": "#work", "meaning": "danger" if overdue else ""},
        {"number": now, "words": gettext("due today"), "url": "#work", "meaning": "warn" if now else ""},
        {"number": calls, "words": gettext("follow-ups due"), "url": follow_ups, "meaning": "warn" if calls else ""},
        {
            "number": not_ready,
            "words": gettext("leave within 30 days and are not ready"),
            "url": releases,
            "meaning": "danger" if not_ready else "",
        },
    ]


# What is to be done ---------------------------------------------------------------------------------------------------


def _tasks(request: HttpRequest, rows: Any, day: date) -> list[Work]:
    found: list[Task] = only_visible(_both(rows.select_related("person", "assignee"), day))
    return [
        _work(request, row, day, row.assignee, done=_to("do_task", row.id), url=_to("amend_task", row.id))
        for row in found
    ]


def _steps(request: HttpRequest, rows: Any, day: date) -> list[Work]:
    found: list[Step] = with_names(_both(rows.select_related("person", "case", "owner"), day))
    return [
        _work(
            request, row, day, row.owner, done=_to("do_step", row.case.reference, row.id),
            url=_to("step", row.case.reference, row.id),
        )
        for row in found
    ]  # fmt: skip


def _to(route: str, *args: Any) -> str:
    return reverse(f"casework:{route}", args=args)


def _both(rows: Any, day: date) -> list[Any]:
    """What is overdue does not push out what is due today."""
    return [*_first(rows.filter(due_on__lt=day)), *_first(rows.exclude(due_on__lt=day))]


def _first(rows: Any) -> list[Any]:
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "id")[:AT_MOST])


def _work(request: HttpRequest, row: Task | Step, day: date, whose: Any, *, done: str, url: str) -> Work:
    may = current_actor().has(Right.WORK)
    return Work(
        title=row.title,
        due=row.due_on,
        when=show.day(row.due_on, style="short"),
        name=shown_name(row),
        reference=shown_reference(row),
        note=whose if whose and whose.id != current_actor().id else "",
        button=button(request, gettext("Done"), done, row.title) if may else "",
        url=url if may or isinstance(row, Step) else "",
    )


def _grouped(work: list[Work], day: date) -> list[tuple[Any, list[Work]]]:
    """The most overdue first; what has no date comes last."""
    work.sort(key=lambda one: (one.due is None, one.due or day))
    groups: list[tuple[Any, list[Work]]] = [
        (_("Overdue"), [one for one in work if one.due and one.due < day]),
        (_("Today"), [one for one in work if one.due == day]),
        (_("In the next 7 days"), [one for one in work if one.due and day < one.due <= day + due.WEEK]),
        (_("Later"), [one for one in work if one.due and one.due > day + due.WEEK]),
        (_("No date"), [one for one in work if one.due is None]),
    ]
    return [(words, found) for words, found in groups if found]


# People ---------------------------------------------------------------------------------------------------------------


def _follow_ups(rows: Any, day: date) -> list[dict[str, Any]]:
    found: list[FollowUp] = with_names(_first(rows.select_related("person", "case")))
    return [
        {
            "name": shown_name(row),
            "url": reverse("casework:contacts", args=[row.person.reference]),
            "reference": row.person.reference,
            "which": offset_words(row.offset_days),
            "when": due.when_tag(row.due_on, day),
            "record": record_url(row.person.reference, row),
            "missed": _missed(row, day),
        }
        for row in found
    ]


def _missed(row: FollowUp, day: date) -> str:
    """Where to say that it did not happen, once it was due."""
    due_already = row.due_on is not None and row.due_on <= day
    return f"{_to('miss_follow_up', row.id)}?next={_to('today')}" if due_already else ""


def _releases(rows: Any) -> list[dict[str, Any]]:
    related = ("person__readiness__lead", "facility")
    found = with_names(rows.select_related(*related).order_by("working_on", "pk")[:FEW])
    date_column = WorkingDate("date", "", "working_date")
    return [
        {
            "name": shown_name(row),
            "url": row.person.get_absolute_url(),
            "date": date_column.html(row),
            "missing": missing(row),
            "lead": lead(row),
        }
        for row in found
    ]


def _silent(rows: Any) -> list[dict[str, Any]]:
    found: list[Standing] = with_names(rows.select_related("person").order_by("heard_on", "pk")[:FEW])
    return [
        {
            "name": shown_name(row),
            "url": row.person.get_absolute_url(),
            "days": ngettext("%(days)s day", "%(days)s days", row.silent_days or 0) % {"days": row.silent_days},
            "last": codes.label("custody_event", row.last_sign_kind),
            "meaning": "danger" if (row.silent_days or 0) >= 2 * SILENT_DAYS else "warn",
        }
        for row in found
    ]
