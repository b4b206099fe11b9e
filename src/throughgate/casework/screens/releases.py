"""Releases: everybody by working date, how sure it is, and what is not ready."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.access.models import Member, Organisation
from throughgate.casework.forms.members import colleagues
from throughgate.casework.models import Readiness
from throughgate.casework.screens.columns import Name, with_names
from throughgate.casework.screens.due import Whose, standings
from throughgate.codelists import codes
from throughgate.custody.models import Standing
from throughgate.kit import show
from throughgate.kit.forms import CodesField
from throughgate.kit.tables import Code, Empty, FilterForm, PartialDay, Table, Text

# How far ahead: (code, words, from which day, before which day), counted from today.
WINDOWS = (
    ("overdue", _("date has passed"), None, 0),
    ("30_days", _("within 30 days"), 0, 31),
    ("3_months", _("1 to 3 months"), 31, 92),
    ("6_months", _("3 to 6 months"), 92, 183),
    ("12_months", _("6 to 12 months"), 183, 366),
    ("later", _("later"), 366, None),
)
NO_DATE = ("no_date", _("no date known"))
SURE = {"certain": "good", "likely": "progress", "possible": "warn", "doubtful": "warn", "past_no_release": "danger"}

HAS_CASE = ~Q(person__readiness__case=None)
NO_CASE = Q(person__readiness__case=None)  # also where readiness was never counted
NOT_READY = Q(person__readiness=None) | Q(person__readiness__gaps__gt=0)
GAPS = (
    ("no_case", _("no case"), NO_CASE),
    ("no_plan", _("no plan"), HAS_CASE & Q(person__readiness__has_plan=False)),
    ("owner", _("a need without an owner"), HAS_CASE & Q(person__readiness__needs_without_owner__gt=0)),
    ("documents", _("documents"), HAS_CASE & Q(person__readiness__documents=False)),
    ("first_night", _("first night"), HAS_CASE & Q(person__readiness__first_night=False)),
    ("meets", _("who meets"), HAS_CASE & Q(person__readiness__met_at_gate=False)),
)


def in_window(code: str, today: date) -> Q:
    """The condition on `Standing.working_on` of one window."""
    if code == NO_DATE[0]:
        return Q(working_on=None)
    _code, _words, start, end = next(window for window in WINDOWS if window[0] == code)
    found = Q()
    if start is not None:
        found &= Q(working_on__gte=today + timedelta(days=start))
    if end is not None:
        found &= Q(working_on__lt=today + timedelta(days=end))
    return found


class ReleasesFilter(FilterForm):
    within = CodesField(label=_("When"), choices=[*((w[0], w[1]) for w in WINDOWS), NO_DATE])
    gap = CodesField(label=_("What is missing"), choices=[(gap[0], gap[1]) for gap in GAPS])
    kind = CodesField(label=_("How we know the date"), choices=lambda: codes.choices("release_date_type"))
    lead = forms.ChoiceField(label=_("Lead worker"), choices=lambda: [("", _("Anybody")), *colleagues()])
    mine = forms.BooleanField(label=_("Only people of my cases"))
    not_ready = forms.BooleanField(label=_("Only those who are not ready"))

    def narrow(self, rows: Any) -> Any:
        given, today = self.given, timezone.localdate()
        if given.get("mine"):
            rows = rows.filter(pk__in=standings(Whose(False, True)).values("pk"))
        if given.get("not_ready"):
            rows = rows.filter(NOT_READY)
        if within := given.get("within"):
            rows = rows.filter(_any(in_window(code, today) for code in within))
        if gap := given.get("gap"):
            rows = rows.filter(_any(condition for code, _words, condition in GAPS if code in gap))
        if kind := given.get("kind"):
            rows = rows.filter(working_type__in=kind)
        if lead := given.get("lead"):
            rows = rows.filter(person__readiness__lead_id=lead)
        return rows


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def readiness(row: Standing) -> Readiness | None:
    return getattr(row.person, "readiness", None)


def lead(row: Standing) -> Member | None:
    ready = readiness(row)
    return ready.lead if ready else None


def missing(row: Standing) -> list[str]:
    """What is still open, in words; empty when everything stands."""
    ready = readiness(row)
    if ready is None or ready.case_id is None:
        return [gettext("no case")]
    found = [] if ready.has_plan else [gettext("no plan")]
    if count := ready.needs_without_owner:
        found.append(
            ngettext("%(count)s need without an owner", "%(count)s needs without an owner", count) % {"count": count}
        )
    found += [] if ready.documents else [gettext("documents")]
    found += [] if ready.first_night else [gettext("first night")]
    found += [] if ready.met_at_gate else [gettext("who meets")]
    return found


class Missing(Text):
    """Ready, or each missing thing by its name."""

    def dress(self, raw: Any, row: Any) -> SafeString:
        if not raw:
            return show.tag(gettext("ready"), "good")
        near = row.working_on is not None and row.working_on < timezone.localdate() + timedelta(days=31)
        return format_html_join(" ", "{}", ((show.tag(words, "danger" if near else "warn"),) for words in raw))

    def strip(self, raw: Any) -> Any:
        return "; ".join(raw) if raw else gettext("ready")


class WorkingDate(PartialDay):
    """The date, and always how it is known, because that tells how sure it is."""

    css = ""  # how it is known may take a second line

    def dress(self, raw: Any, row: Any) -> SafeString:
        if raw is None:
            return show.unknown()
        kind = codes.label("release_date_type", row.working_type)
        passed = show.tag(gettext("date has passed"), "danger") if row.is_overdue else ""
        return format_html(
            '{} {}<br><span class="tg-muted">{}, {}</span>', super().dress(raw, row), passed, kind,
            codes.label("release_certainty", row.working_certainty).lower(),
        )  # fmt: skip


def facility(row: Standing) -> Any:
    return row.facility.label if row.facility else None


class Releases(Table):
    name = "releases"
    title = _("Releases")
    template = "casework/releases.html"
    columns = (
        Name("name", _("Name"), sort=True),
        Text("reference", _("Reference"), "person.reference", select=("person",)),
        WorkingDate("date", _("Release"), "working_date", sort="working_on"),
        Code("how", _("How we know"), "working_type", words=codes.words("release_date_type"), export_only=True),
        Code("sure", _("How sure"), "working_certainty", words=codes.words("release_certainty"), export_only=True),
        Text("facility", _("Place"), facility, select=("facility",)),
        Text("lead", _("Lead worker"), lead, select=("person__readiness__lead",)),
        Missing("gaps", _("Not ready"), missing, sort="person__readiness__gaps"),
    )
    filters = ReleasesFilter
    default_sort = "date"
    empty = Empty(
        _("Nobody is waiting for release"),
        _("Everybody in custody stands here with the date they are expected to leave. Add a person and what happened."),
        _("People"),
        "/people/",
    )

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s person", "%(count)s people", self.count) % {"count": self.count}

    def prepare(self, rows: list[Any]) -> list[Any]:
        return with_names(rows)


def waiting() -> Any:
    """Everybody in custody whom one may see."""
    return Standing.objects.held()


def window_counts(today: date) -> list[dict[str, Any]]:
    """How many leave when: one query, for the tiles above the list."""
    words = {**{w[0]: w[1] for w in WINDOWS}, NO_DATE[0]: NO_DATE[1]}
    # The organisation stands in the index: another column would be fetched from each row.
    counting = waiting().order_by().values("organisation").annotate(number=Count("organisation")).values("number")
    # A count of its own for each window reads its part of the index and nothing else.
    counts = {code: Coalesce(Subquery(counting.filter(in_window(code, today))), 0) for code in words}
    organisations: Any = Organisation.objects
    counted = organisations.filter(pk=current_actor().organisation_id).values(**counts).get()
    meanings = {"overdue": "danger", "30_days": "warn"}
    address = reverse("casework:releases")
    return [
        {
            "number": counted[code],
            "words": words[code],
            "url": f"{address}?within={code}",
            "meaning": meanings.get(code, "") if counted[code] else "",
        }
        for code in words
    ]
