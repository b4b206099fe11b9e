"""Tasks and plan steps as lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.models import Step, Task
from throughgate.casework.rights import Right
from throughgate.casework.screens.columns import Buttons, Due, Name, only_visible, shown_reference, with_names
from throughgate.casework.screens.due import TIMES, in_time
from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, CodesField
from throughgate.kit.tables import Code, Column, Empty, FilterForm, Table, Tag, Text

URGENT = {"today": "danger", "three_days": "warn"}


class TasksFilter(FilterForm):
    done = CodeField(label=_("State"), choices=[("no", _("To do")), ("yes", _("Done"))])
    when = CodesField(label=_("Due"), choices=TIMES)

    def narrow(self, rows: Any) -> Any:
        given = self.given
        rows = rows.exclude(done_on=None) if given.get("done") == "yes" else rows.filter(done_on=None)
        return _when(rows, given.get("when"))


class StepsFilter(FilterForm):
    when = CodesField(label=_("Due"), choices=TIMES)

    def narrow(self, rows: Any) -> Any:
        return _when(rows, self.given.get("when"))


def _when(rows: Any, wanted: list[str] | None) -> Any:
    if not wanted:
        return rows
    times = in_time("due_on", timezone.localdate())
    first, *more = (times[code] for code in wanted)
    for condition in more:
        first |= condition
    return rows.filter(first)


def assignee(row: Task) -> Any:
    return row.assignee


def task_actions(row: Task) -> Iterable[tuple[Any, str, bool]]:
    if not current_actor().has(Right.WORK):
        return
    if row.done_on is None:
        yield gettext("Done"), reverse("casework:do_task", args=[row.id]), True
    else:
        yield gettext("Not done"), reverse("casework:undo_task", args=[row.id]), True
    yield gettext("Change"), reverse("casework:amend_task", args=[row.id]), False


class Tasks(Table):
    name = "tasks"
    title = _("Tasks")
    template = "casework/list.html"
    filters = TasksFilter
    default_sort = "due"
    columns: Sequence[Column] = (
        Text("title", _("What is to be done"), export=False),
        Name("name", _("About whom"), select=("person",)),
        Text("reference", _("Reference"), shown_reference, export_only=True),
        Due("due", _("Due"), "due_on", sort="due_on"),
        Tag("urgency", _("Urgency"), words=codes.words("urgency"), meanings=URGENT),
        Text("assignee", _("Who does it"), assignee, select=("assignee",), sort="assignee__display_name"),
    )
    empty = Empty(
        _("No tasks"), _("What you promise somebody, or ask of a colleague, stands here until it is done."),
        _("Add a task"), "/tasks/new/",
    )  # fmt: skip

    def __init__(self, request: HttpRequest, **options: Any) -> None:
        super().__init__(request, **options)
        self.columns = (
            *type(self).columns,
            Buttons(request, _("What to do"), task_actions, about=lambda row: row.title),
        )

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s task", "%(count)s tasks", self.count) % {"count": self.count}

    def prepare(self, rows: list[Any]) -> list[Any]:
        return only_visible(rows)


def step_actions(row: Step) -> Iterable[tuple[Any, str, bool]]:
    if current_actor().has(Right.WORK):
        yield gettext("Done"), reverse("casework:do_step", args=[row.case.reference, row.id]), True
    yield pgettext("link", "Open"), reverse("casework:step", args=[row.case.reference, row.id]), False


class Steps(Table):
    """Undone steps of plans, the most overdue first."""

    name = "steps"
    title = _("Plan steps")
    template = "casework/list.html"
    filters = StepsFilter
    default_sort = "due"
    columns: Sequence[Column] = (
        Text("title", _("Step"), export=False),
        Name("name", _("About whom"), select=("person", "case")),
        Text("reference", _("Reference"), "person.reference", export_only=True),
        Due("due", _("Due"), "due_on", sort="due_on"),
        Text("owner", _("Who does it"), lambda row: row.owner, select=("owner",), sort="owner__display_name"),
        Code("role", pgettext_lazy("of a step", "Whose work"), "owner_role", words=codes.words("member_role")),
    )
    empty = Empty(
        _("No steps wait"), _("Steps come from plans. Open a person’s case and make a plan from a template."),
        _("People"), "/people/",
    )  # fmt: skip

    def __init__(self, request: HttpRequest, **options: Any) -> None:
        super().__init__(request, **options)
        self.columns = (
            *type(self).columns,
            Buttons(request, _("What to do"), step_actions, about=lambda row: row.title),
        )

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s step", "%(count)s steps", self.count) % {"count": self.count}

    def prepare(self, rows: list[Any]) -> list[Any]:
        return with_names(rows)
