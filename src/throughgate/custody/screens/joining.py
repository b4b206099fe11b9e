"""What this room adds to the pages about people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.codelists import codes
from throughgate.custody import places
from throughgate.custody.models import CustodyEvent, Hearing, Standing
from throughgate.custody.rights import Right
from throughgate.custody.screens.common import date_with_type, days_held, place_link, standing_of, state_tag
from throughgate.kit import show
from throughgate.kit.forms import CodesField
from throughgate.kit.panels import Action, Item, Panel
from throughgate.kit.tables import PartialDay, Text
from throughgate.people import screens as people
from throughgate.people.models import Person


def join_people() -> None:
    """Add this room's parts to the pages about people. Called once, when everything is loaded."""
    people.TABS.append(people.Tab("custody:custody", _("Custody"), Right.VIEW, 20))
    people.HISTORY["custody"] = Right.VIEW
    people.OVERVIEW.append(overview)
    people.TIMELINE.append(timeline)
    people.TIMELINE_KINDS["custody"] = _("Custody")
    people.MARKS.append(marks)
    people.FACTS.append(facts)
    people.MAIN_ACTIONS.append(main_actions)
    people.LIST_COLUMNS += [
        StateColumn("state", _("Where now"), state_of),
        Text("facility", _("Place"), place_of, export_only=True),
        WorkingColumn("working", _("Working date of release"), working_of, sort="standing__working_on"),
    ]
    people.LIST_READS.append(dress)
    people.LIST_FIELDS["state"] = CodesField(label=_("State"), choices=lambda: codes.choices("state"))
    people.LIST_FIELDS["facility"] = forms.ChoiceField(label=_("Place"), choices=facility_choices)
    people.LIST_NARROWS.append(narrow)


def may_see() -> bool:
    return current_actor().has(Right.VIEW)


def marks(person: Person) -> Iterable[SafeString]:
    """Where the person is now, and the date to work by with how it is known."""
    standing = standing_of(person) if may_see() else None
    if standing is None:
        return
    yield state_tag(standing.shown_state)
    if standing.working_date is not None:
        when = show.date_words(standing.working_date, style="short")
        words = codes.label("release_date_type", standing.working_type)
        meaning = "danger" if standing.is_overdue else "neutral"
        yield show.tag(gettext("Release: %(date)s, %(type)s") % {"date": when, "type": words.lower()}, meaning)


def main_actions(person: Person) -> Iterable[Action]:
    if current_actor().has(Right.WRITE):
        yield Action(
            _("Record what happened"), reverse("custody:record_event", args=[person.reference]), kind="secondary"
        )


def facts(person: Person) -> Iterable[Any]:
    standing = standing_of(person) if may_see() else None
    if standing is None:
        return
    if standing.held and standing.facility is not None:
        yield standing.facility.label
    silent = standing.silent_days
    if silent is not None:
        yield ngettext("not heard from for %(days)s day", "not heard from for %(days)s days", silent) % {"days": silent}


def overview(person: Person, request: HttpRequest) -> Iterable[Panel]:
    standing = standing_of(person) if may_see() else None
    if standing is None:
        return
    to_tab = Action(_("Custody"), reverse("custody:custody", args=[person.reference]))
    yield Panel(_("Where the person is"), now_items(standing), [to_tab])


def now_items(standing: Standing) -> list[Item]:
    """The standing as facts."""
    working = date_with_type(standing.working_date, standing.working_type, standing.working_certainty)
    silent = standing.silent_days
    return [
        Item(_("State"), state_tag(standing.shown_state)),
        Item(_("Since"), standing.since),
        Item(_("Place"), place_link(standing.facility) if standing.held else None, hide_empty=True),
        Item(_("Days in custody"), days_held(standing) if standing.days_held else None, hide_empty=True),
        Item(_("Working date of release"), working if standing.held or working else None, hide_empty=True),
        Item(_("Released on"), standing.released_on, hide_empty=True),
        Item(_("Last sign of life"), last_sign(standing), hide_empty=not standing.held),
        Item(_("Not heard from for"), days_words(silent) if silent is not None else None, hide_empty=True),
    ]


def days_words(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def last_sign(standing: Standing) -> Any:
    if standing.last_sign_on is None:
        return None
    return format_html("{}, {}", show.day(standing.last_sign_on), standing.last_sign_kind_words)


def timeline(person: Person) -> Iterable[people.Entry]:
    """Events and hearings of which a date is known; the text of a note stays on the tab."""
    if not may_see():
        return
    url = reverse("custody:custody", args=[person.reference])
    for event in CustodyEvent.objects.about(person).standing().exclude(on=None).select_related("facility"):
        place = event.facility.label if event.facility else ""
        by = event.get_source_kind_display()
        yield people.Entry(event.on, event.kind_words, by=by, text=place, url=url, kind="custody")
    for hearing in Hearing.objects.about(person).exclude(on=None):
        kind = hearing.get_kind_display()
        yield people.Entry(hearing.on, gettext("Court hearing"), text=kind, url=url, kind="custody")


# The list of people -------------------------------------------------------------------------------------------------


def dress(rows: Sequence[Person]) -> None:
    """Standings of one page of people, with one query."""
    found = {
        one.person_id: one
        for one in Standing.objects.filter(person_id__in=[row.id for row in rows]).select_related("facility")
    }
    for row in rows:
        row.standing_now = found.get(row.id)  # type: ignore[attr-defined]  # for the columns


def _standing(row: Person) -> Standing | None:
    return getattr(row, "standing_now", None) if may_see() else None


def state_of(row: Person) -> Any:
    standing = _standing(row)
    return standing.shown_state if standing else None


def place_of(row: Person) -> Any:
    standing = _standing(row)
    return standing.facility.label if standing and standing.held and standing.facility else None


def working_of(row: Person) -> Any:
    standing = _standing(row)
    return standing.working_date if standing else None


class StateColumn(Text):
    """The state, and below it the place of somebody who is held."""

    def dress(self, raw: Any, row: Any) -> SafeString:
        if not raw:
            return show.EMPTY
        place = place_of(row)
        return format_html("<span>{}<br>{}</span>", state_tag(raw), place) if place else state_tag(raw)

    def strip(self, raw: Any) -> Any:
        return codes.label("state", raw)


class WorkingColumn(PartialDay):
    """A date of release with how it is known."""

    css = ""  # with its type it is too long for a column that does not break

    def dress(self, raw: Any, row: Any) -> SafeString:
        if raw is None:  # nothing about custody is known of this person
            return show.EMPTY
        return date_with_type(raw, row.standing_now.working_type) or show.EMPTY


def facility_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any")), *places.choices()]


def narrow(rows: Any, given: Mapping[str, Any]) -> Any:
    """People by state and place; somebody whose date has passed is shown as such and found as such."""
    if not may_see():
        return rows
    states = given.get("state")
    if states:
        rows = rows.filter(by_states(states, prefix="standing__"))
    if given.get("facility"):
        rows = rows.filter(standing__facility_id=given["facility"], standing__held=True)
    return rows


def by_states(states: Sequence[str], prefix: str = "") -> Q:
    today = timezone.localdate()
    overdue = Q(**{f"{prefix}working_on__lt": today})
    kept = Q(**{f"{prefix}state__in": [state for state in states if state != "state_overdue"]})
    in_time = Q(**{f"{prefix}working_on": None}) | Q(**{f"{prefix}working_on__gte": today})
    wanted = kept & in_time
    return wanted | overdue if "state_overdue" in states else wanted
