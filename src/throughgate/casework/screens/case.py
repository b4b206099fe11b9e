"""One case: what stands at its head, and the lists of cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.forms.members import colleagues
from throughgate.casework.models import (
    IN_WORK,
    Case,
    CaseChange,
    Readiness,
    State,
    TeamMember,
)
from throughgate.casework.rights import Right
from throughgate.casework.screens.columns import Name, shown_reference
from throughgate.casework.screens.outcomes import point_words
from throughgate.codelists import codes
from throughgate.custody.screens.common import standing_of
from throughgate.kit import show
from throughgate.kit.forms import CodesField
from throughgate.kit.panels import Action, Item, Panel
from throughgate.kit.tables import Code, Column, Day, Empty, FilterForm, Link, Table, Tag, Text
from throughgate.people.models import Person
from throughgate.people.screens import lines, tags

STATE_MEANS = {
    State.PROPOSED: "warn",
    State.OPEN: "progress",
    State.REOPENED: "progress",
    State.PAUSED: "warn",
    State.CLOSED: "neutral",
}


def to(route: str, case: Case, *args: Any) -> str:
    return reverse(f"casework:{route}", args=[case.reference, *args])


def state_tag(case: Case) -> SafeString:
    return show.tag(State(case.state).label, STATE_MEANS[State(case.state)])


def gaps_in_words(ready: Readiness | None) -> list[str]:
    """What is still missing before the release."""
    if ready is None:
        return []
    found = [] if ready.has_plan else [gettext("no plan")]
    if count := ready.needs_without_owner:
        found.append(
            ngettext("%(count)s need without an owner", "%(count)s needs without an owner", count) % {"count": count}
        )
    found += [] if ready.documents else [gettext("documents")]
    found += [] if ready.first_night else [gettext("first night")]
    found += [] if ready.met_at_gate else [gettext("who meets")]
    return found


def gap_tags(person: Person, ready: Readiness | None) -> SafeString | str:
    """What is missing before the release; nothing for somebody who is out already."""
    standing = standing_of(person)
    if standing is not None and standing.released_on is not None and not standing.held:
        return ""
    missing = gaps_in_words(ready)
    return tags(*[show.tag(words, "warn") for words in missing] or [show.tag(gettext("ready"), "good")])


# The head of a case --------------------------------------------------------------------------------------------------


def case_actions(case: Case) -> list[Action]:
    """What whoever acts may do with the case as a whole, in its present state."""
    if not current_actor().has(Right.OPEN):
        return []
    offered: dict[str, list[Action]] = {
        State.PROPOSED: [Action(_("Accept"), to("accept_case", case))],
        State.OPEN: [Action(_("Pause"), to("pause_case", case))],
        State.REOPENED: [Action(_("Pause"), to("pause_case", case))],
        State.PAUSED: [Action(_("Resume"), to("resume_case", case), post=True)],
        State.CLOSED: [Action(_("Reopen"), to("reopen_case", case))],
    }
    close = [] if case.state == State.CLOSED else [Action(pgettext_lazy("case", "Close"), to("close_case", case))]
    return [*offered[case.state], *close]


def head_panel(case: Case, team: Iterable[TeamMember], last: CaseChange | None) -> Panel:
    actor = current_actor()
    leads = case.is_active and actor.has(Right.OPEN)
    works = case.is_active and actor.has(Right.WORK)
    days = [Action(_("Change"), to("note_day", case))] if works else []
    rows = [
        Item(_("State"), lines(state_tag(case), _why(last))),
        Item(_("Lead worker"), case.lead, actions=[Action(_("Hand over"), to("change_lead", case))] if leads else []),
        Item(_("Team"), team_list(case, team), actions=[Action(_("Add"), to("add_to_team", case))] if leads else []),
        Item(pgettext_lazy("case", "Since"), case.since),
        Item(pgettext_lazy("case", "Closed"), case.closed_on, hide_empty=True),
        Item(_("First talk"), case.intake_on, actions=days),
        Item(_("Arrival abroad"), case.arrival_on, actions=days, hide_empty=case.follow_ups_hang_on != "arrival"),
        Item(_("What the support is about"), case.note, hide_empty=True),
    ]
    return Panel(case_words(case), rows, case_actions(case))


def case_words(case: Case) -> str:
    return codes.label("case_kind", case.kind)


def _why(change: CaseChange | None) -> SafeString | str:
    """When and why the state became what it is."""
    if change is None:
        return ""
    reason = codes.label(change.reason_list, change.reason) if change.reason else ""
    return format_html("{}{}{}", show.day(change.on), ": " if reason else "", reason)


def team_list(case: Case, team: Iterable[TeamMember]) -> Any:
    """Who else works on it; each with the link that takes them out, for those who may."""
    may = case.is_active and current_actor().has(Right.OPEN)
    found = []
    for row in team:
        words = format_html("{}, {}", row.member, codes.label("team_function", row.function))
        if may:
            url = to("remove_from_team", case, row.id)
            words = format_html(
                '{} <a class="govuk-link tg-small" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
                words, url, gettext("Take out"), row.member,
            )  # fmt: skip
        found.append(words)
    return found


def changes_panel(changes: Iterable[CaseChange]) -> Panel:
    return Panel(_("History of the case"), [_change_item(change) for change in changes])


def _change_item(change: CaseChange) -> Item:
    reason = codes.label(change.reason_list, change.reason) if change.reason else ""
    text = show.value(change.note) if change.note else ""
    who = change.by.display_name if change.by else ""
    return Item(show.day(change.on), lines(State(change.after).label, reason, text, who))


# After the release ---------------------------------------------------------------------------------------------------


def outcomes_panel(case: Case, points: Iterable[tuple[int, int]]) -> Panel:
    """At which points outcomes were asked about, as (days, answers); of this round."""
    items = [
        Item(point_words(day), ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count})
        for day, count in points
    ]
    link = Action(_("See and record"), reverse("casework:outcomes", args=[case.person.reference]))
    return Panel(_("Outcomes"), items, [link], note="" if items else _("Nothing was asked yet."))


# Lists of cases ------------------------------------------------------------------------------------------------------


class CasesFilter(FilterForm):
    state = CodesField(label=_("State"), choices=State.choices)
    kind = CodesField(label=_("Kind of support"), choices=lambda: codes.choices("case_kind"))
    lead = forms.ChoiceField(label=_("Lead worker"), choices=lambda: [("", _("Anybody")), *colleagues()])


class CaseLink(Link):
    """The kind of support, leading to the case."""


class Cases(Table):
    name = "cases"
    title = _("Cases")
    columns: tuple[Column, ...] = (
        CaseLink("kind", _("Support"), "kind_words", sort="kind"),
        Name("name", _("Person")),
        Text("reference", _("Reference"), shown_reference),
        Tag("state", _("State"), words=dict(State.choices), meanings=STATE_MEANS, sort="state"),
        Text("lead", _("Lead worker"), "lead.display_name", select=("lead",), sort="lead__display_name"),
        Day("since", pgettext_lazy("case", "Since"), "since", sort="opened_on"),
        Code("closing_reason", _("Why closed"), words=codes.words("closing_reason"), export_only=True),
    )
    filters = CasesFilter
    default_sort = "-since"
    empty = Empty(_("No cases yet"), _("A case is opened from the page of a person: choose somebody and open one."))

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s case", "%(count)s cases", self.count) % {"count": self.count}


def cards(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """The cases of one person, those in work first."""
    found = sorted(cases, key=lambda case: (case.state not in IN_WORK, not case.is_active))
    return [
        {
            "title": case_words(case),
            "url": case.get_absolute_url(),
            "tags": [state_tag(case)],
            "text": format_html("{}, {}", case.lead or gettext("nobody leads it yet"), show.day(case.since)),
        }
        for case in found
    ]
