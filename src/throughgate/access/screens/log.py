"""The log as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.access import log_words
from throughgate.access.models import LogEntry, Member, Membership, Mode
from throughgate.access.screens.fragments import Fragment
from throughgate.access.screens.members import roles_words
from throughgate.kit import show
from throughgate.kit.forms import DayField
from throughgate.kit.tables import Column, Day, Empty, FilterForm, Table, Text
from throughgate.vault.compartments import Compartment

SYSTEMS = {
    "invitation": _("somebody with an invitation"),
    "setup": _("setting up"),
    "demo": _("the demo"),
    "maintenance": _("maintenance"),
}
OPENED_A_PAGE = 50


def member_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names shown of members, those who left included. One query."""
    return dict(Member.objects.filter(id__in=set(ids)).values_list("id", "display_name"))


def member_of(actor: str) -> UUID | None:
    """The member in the log's ``member:<id>``; None for parts of the system."""
    kind, _colon, which = actor.partition(":")
    return UUID(which) if kind == "member" else None


def dress(entries: Sequence[LogEntry]) -> None:
    """Give a page of entries their words: `who`, `what`, `whom`, `more`. A constant number of queries."""
    targets = {entry.id: _target(entry) for entry in entries}
    actors = {entry.id: member_of(entry.actor) for entry in entries}
    names = member_names(one for one in (*targets.values(), *actors.values()) if one)
    people = log_words.subjects({entry.subject_id for entry in entries if entry.subject_id})
    for entry in entries:
        row: Any = entry
        actor, target = actors[entry.id], targets[entry.id]
        row.who = names.get(actor, gettext("somebody")) if actor else system_words(entry.actor)
        row.what = log_words.label(entry.kind)
        row.whom = names.get(target) if target else None
        if entry.subject_id not in (None, entry.organisation_id):  # what belongs to nobody is the organisation's own
            row.whom = people.get(entry.subject_id, show.lock())
        row.more = details_words(entry.details)


def system_words(actor: str) -> str:
    title = actor.partition(":")[2]
    return str(SYSTEMS.get(title, title))


def _target(entry: LogEntry) -> UUID | None:
    """The member an entry is about, where that is not the one who did it."""
    about = entry.details.get("member") or (entry.object_id if entry.object_type == "access.member" else None)
    found = UUID(str(about)) if about else None
    return None if found == member_of(entry.actor) else found


def details_words(details: dict[str, Any]) -> str:
    """The codes of an entry in words; those without words stay unsaid."""
    said: list[str] = []
    compartments = [details["compartment"]] if "compartment" in details else details.get("compartments", [])
    labels = dict(Compartment.choices)
    said += [str(labels.get(one, one)) for one in compartments]
    if "roles" in details:
        said.append(roles_words(details["roles"]))
    if "mode" in details:
        said.append(str(dict(Mode.choices).get(details["mode"], details["mode"])))
    if details.get("new_browser"):
        said.append(gettext("in a new browser"))
    if "people" in details:
        said.append(ngettext("%(count)s person", "%(count)s people", details["people"]) % {"count": details["people"]})
    if "rows" in details:
        said.append(ngettext("%(count)s row", "%(count)s rows", details["rows"]) % {"count": details["rows"]})
    return ", ".join(said)


class LogFilter(FilterForm):
    kind = forms.ChoiceField(label=_("What happened"))
    member = forms.ChoiceField(label=pgettext_lazy("log filter", "Who"))
    since = DayField(label=_("From"), help_text="")
    until = DayField(label=_("To"), help_text="")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Anything")), *sorted(((k, str(w)) for k, w in log_words.known().items()), key=_second)]
        members: Any = self.fields["member"]
        here = Membership.objects.select_related("member").order_by("member__display_name")
        members.choices = [("", _("Anybody")), *{str(m.member_id): m.member.display_name for m in here}.items()]

    def narrow(self, rows: Any) -> Any:
        given = self.given
        if "kind" in given:
            rows = rows.filter(kind__startswith="exported." if given["kind"] == "exported" else given["kind"])
        if "member" in given:
            rows = rows.filter(actor=f"member:{given['member']}")
        if "since" in given:
            rows = rows.filter(at__gte=_moment(given["since"], time.min))
        if "until" in given:
            rows = rows.filter(at__lte=_moment(given["until"], time.max))
        return rows


def _second(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _moment(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class Whom(Column):
    """A person by reference, a member by name."""

    def dress(self, raw: Any, row: Any) -> SafeString:
        if isinstance(raw, tuple):
            return format_html('<a class="govuk-link" href="{}">{}</a>', raw[1], raw[0])
        return show.value(raw)

    def strip(self, raw: Any) -> Any:
        return raw[0] if isinstance(raw, tuple) else "" if isinstance(raw, SafeString) else show.plain(raw)


class Moment(Day):
    def dress(self, raw: Any, row: Any) -> SafeString:
        return show.moment(raw)


class LogTable(Table):
    name = "log"
    title = _("Log")
    columns = (
        Moment("at", pgettext_lazy("log", "When"), sort="number"),
        Text("who", pgettext_lazy("log", "Who")),
        Text("what", pgettext_lazy("log", "What")),
        Whom("whom", pgettext_lazy("log", "Whom it is about")),
        Text("more", _("Details")),
        Text("number", _("Number"), export_only=True),
    )
    filters = LogFilter
    default_sort = "-at"
    per_page = 50
    empty = Empty(_("Nothing has happened yet"))

    def _slice(self, start: int, end: int) -> list[Any]:
        rows = super()._slice(start, end)
        dress(rows)
        return rows

    def _all(self) -> Any:
        for start in range(0, self.count, 500):
            yield from self._slice(start, start + 500)

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s entry", "%(count)s entries", self.count) % {"count": self.count}


def opened_panel(subject_id: UUID, *merged: UUID, number: int = 1, address: str = "?opened=%d") -> Fragment:
    """Who opened which compartment of a person's file and when, 50 to a page, newest first.

    *merged*: those whose openings belong to it since a merge. *number* is the page (the caller reads it from its own
    query), *address* the pattern of a page's link.
    """
    opened = LogEntry.objects.about(subject_id, *merged).openings().order_by("-number")
    number = max(1, number)
    start = (number - 1) * OPENED_A_PAGE
    entries = list(opened[start : start + OPENED_A_PAGE + 1])
    older = len(entries) > OPENED_A_PAGE
    entries = entries[:OPENED_A_PAGE]
    dress(entries)
    return Fragment(
        "access/opened.html",
        {
            "entries": entries,
            "newer": address % (number - 1) if number > 1 else "",
            "older": address % (number + 1) if older else "",
        },
    )
