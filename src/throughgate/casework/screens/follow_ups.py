"""Follow-ups of everybody, by the day they are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from throughgate.casework.forms.members import colleagues
from throughgate.casework.models import IN_WORK, FollowUp
from throughgate.casework.screens.columns import Buttons, Due, Name, offset_words, with_names
from throughgate.casework.screens.contacts import follow_up_actions, follow_up_state
from throughgate.casework.screens.due import STILL_HELD, TIMES, in_time
from throughgate.codelists import codes
from throughgate.kit import show
from throughgate.kit.forms import CodeField, CodesField
from throughgate.kit.tables import Column, Empty, FilterForm, Table, Text


class FollowUpsFilter(FilterForm):
    """Unless a state is asked for: those still to do, with a day, in cases in work, about people at liberty."""

    when = CodesField(label=_("Due"), choices=TIMES)
    state = CodeField(label=_("State"), choices=FollowUp.State.choices)
    kind = CodeField(label=_("Kind of case"), choices=lambda: codes.choices("case_kind"))
    lead = forms.ChoiceField(label=_("Lead worker"), choices=lambda: [("", _("Anybody")), *colleagues()])

    def narrow(self, rows: Any) -> Any:
        given = self.given
        state, when = given.get("state", FollowUp.State.TO_DO), given.get("when", [])
        rows = rows.filter(state=state)
        if state == FollowUp.State.TO_DO:
            rows = rows.filter(case__state__in=IN_WORK)
            rows = rows if "no_day" in when else rows.exclude(due_on=None).exclude(STILL_HELD)
        if when:
            times = in_time("due_on", timezone.localdate())
            found = times[when[0]]
            for code in when[1:]:
                found |= times[code]
            rows = rows.filter(found)
        if "kind" in given:
            rows = rows.filter(case__kind=given["kind"])
        return rows.filter(case__lead_id=given["lead"]) if "lead" in given else rows


class State(Column):
    """The day of those still to do stands in a column of its own."""

    def dress(self, raw: Any, row: FollowUp) -> SafeString:
        return show.value(raw) if row.state == FollowUp.State.TO_DO and row.due_on else follow_up_state(row)

    def strip(self, raw: Any) -> Any:
        return raw


def state_words(row: FollowUp) -> str:
    words = row.get_state_display()
    return f"{words}: {row.get_why_display()}, {codes.label(row.why, row.reason)}" if row.why else words


def buttons(row: FollowUp) -> Iterable[tuple[Any, str, bool]]:
    return [(one.label, str(one.url), one.post) for one in follow_up_actions(row, row.person.reference)]


def to_contacts(row: FollowUp) -> str:
    return reverse("casework:contacts", args=[row.person.reference])


class FollowUps(Table):
    name = "follow-ups"
    title = _("Follow-ups")
    template = "casework/list.html"
    filters = FollowUpsFilter
    default_sort = "due"
    columns: Sequence[Column] = (
        Name("name", _("Name"), url=to_contacts),
        Text("reference", _("Reference"), "person.reference", select=("person",)),
        Text("offset", _("Which"), lambda row: offset_words(row.offset_days), sort="offset_days"),
        Due("due", _("Due"), "due_on", sort="due_on"),
        State("state", _("State"), state_words),
        Text(
            "lead", _("Lead worker"), lambda row: row.case.lead, select=("case__lead",), sort="case__lead__display_name"
        ),
    )
    empty = Empty(
        _("Nothing is due"),
        _("Follow-ups are set when a case is opened, and get their days when the day of release is known."),
        _("Releases"), "/releases/",
    )  # fmt: skip

    def __init__(self, request: HttpRequest, **options: Any) -> None:
        super().__init__(request, **options)
        mine = Buttons(request, _("What to do"), buttons, about=lambda row: row.person.reference)
        self.columns = (*type(self).columns, mine)

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s follow-up", "%(count)s follow-ups", self.count) % {"count": self.count}

    def prepare(self, rows: list[Any]) -> list[Any]:
        return with_names(rows)
