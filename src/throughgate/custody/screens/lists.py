"""Not heard from, hearings to come, places of detention."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.codelists.codes import language
from throughgate.core.geo import MapPoint, oblast_map
from throughgate.custody import places
from throughgate.custody.models import Allowed, Facility, Hearing, Standing
from throughgate.custody.models.facilities import Verified
from throughgate.custody.models.sentences import HearingKind
from throughgate.custody.screens.common import VERIFIED, Row, Rows, date_with_type, place_link, state_tag, verified_tag
from throughgate.custody.screens.joining import facility_choices
from throughgate.kit import show
from throughgate.kit.forms import CodeField, CodesField
from throughgate.kit.panels import Item, Panel
from throughgate.kit.tables import Code, Column, Empty, FilterForm, Link, Number, PartialDay, Table, Tag, Text
from throughgate.people.naming import shown_names

# Days of silence after which somebody ought to ask: a week, a month, two, three, half a year.
THRESHOLDS = (7, 30, 60, 90, 180)


def with_names(rows: Iterable[Any]) -> list[Any]:
    """Rows about people with the attribute `shown_name`; no query per person."""
    listed = list(rows)
    names = shown_names([row.person_id for row in listed])
    for row in listed:
        row.shown_name = names.get(row.person_id)
    return listed


def name_or_lock(row: Any) -> Any:
    return getattr(row, "shown_name", None) or show.lock()


def custody_tab(row: Any) -> str:
    return reverse("custody:custody", args=[row.person.reference])


class StateOf(Text):
    def dress(self, raw: Any, row: Any) -> SafeString:
        return state_tag(raw)

    def strip(self, raw: Any) -> Any:
        return codes.label("state", raw)


class PlaceOf(Column):
    """A place by its name, as a link."""

    def dress(self, raw: Any, row: Any) -> SafeString:
        return show.value(place_link(raw))

    def strip(self, raw: Any) -> Any:
        return raw.label


class Working(PartialDay):
    css = ""  # with its type it is too long for a column that does not break

    def dress(self, raw: Any, row: Any) -> SafeString:
        return date_with_type(raw, row.working_type) or show.EMPTY


def thresholds() -> list[tuple[str, str]]:
    return [
        (str(days), ngettext("%(days)s day or more", "%(days)s days or more", days) % {"days": days})
        for days in THRESHOLDS
    ]


class SilentFilter(FilterForm):
    days = CodeField(label=_("Not heard from for"), choices=thresholds)
    facility = forms.ChoiceField(label=_("Place"), choices=facility_choices)
    region = CodeField(label=_("Region"), choices=places.regions)

    def narrow(self, rows: Any) -> Any:
        given = self.given
        if "days" in given:
            rows = rows.filter(heard_on__lte=timezone.localdate() - datetime.timedelta(days=int(given["days"])))
        if "facility" in given:
            rows = rows.filter(facility_id=given["facility"])
        return rows.filter(facility__adm1=given["region"]) if "region" in given else rows


def silence(row: Standing) -> SafeString:
    days = row.silent_days
    if days is None:
        return show.unknown()
    meaning = "danger" if days >= 60 else "warn" if days >= 30 else "neutral"
    return show.tag(ngettext("%(days)s day", "%(days)s days", days) % {"days": days}, meaning)


class Silent(Number):
    def dress(self, raw: Any, row: Any) -> SafeString:
        return silence(row)


class NotHeardFrom(Table):
    """Everybody in custody, the longest silence first; whoever was never heard of since an unknown day is last."""

    name = "not-heard-from"
    title = _("Not heard from")
    columns = (
        Link("name", _("Name"), name_or_lock, url=custody_tab, export=False, select=["person"]),
        Text("reference", _("Reference"), "person.reference"),
        Silent("silent", _("Not heard from for"), "silent_days", sort="-heard_on"),
        PartialDay("last_sign_on", _("Last sign of life")),
        Text("last_sign", _("What there was"), "last_sign_kind_words"),
        StateOf("state", _("State"), "shown_state"),
        PlaceOf("facility", _("Place"), select=["facility"]),
    )
    filters = SilentFilter
    default_sort = "-silent"
    empty = Empty(_("Nobody is silent"), _("Nobody whom you may see is in custody, or none of them fits the filter."))

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s person", "%(count)s people", self.count) % {"count": self.count}

    def feed(self, rows: Any) -> None:
        super().feed(rows)
        self.page_rows = with_names(self.page_rows)


class HearingFilter(FilterForm):
    kind = CodesField(label=_("Kind"), choices=HearingKind.choices)


class Hearings(Table):
    """Hearings from today on, the nearest first."""

    name = "hearings"
    title = _("Hearings to come")
    columns = (
        PartialDay("on", _("When"), sort="on"),
        Text("hour", _("Hour"), lambda row: row.hour.strftime("%H:%M") if row.hour else ""),
        Link("name", _("Name"), name_or_lock, url=custody_tab, export=False, select=["person"]),
        Text("reference", _("Reference"), "person.reference"),
        Code("kind", _("Kind"), words=dict(HearingKind.choices)),
        Text("court", _("Court"), export=False),
    )
    filters = HearingFilter
    default_sort = "on"
    empty = Empty(_("No hearing is to come"), _("Hearings are added on the page of a person, under Custody."))

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s hearing", "%(count)s hearings", self.count) % {"count": self.count}

    def feed(self, rows: Any) -> None:
        super().feed(rows)
        self.page_rows = with_names(self.page_rows)


def coming(today: datetime.date) -> Any:
    """Hearings from today on; a month or a year that is not over counts as to come."""
    year, month = f"{today:%Y}", f"{today:%Y-%m}"
    return Hearing.objects.filter(Q(on__gte=f"{today:%Y-%m-%d}") | Q(on__in=[year, f"{year}~", month, f"{month}~"]))


# Places ---------------------------------------------------------------------------------------------------------------


class FacilityFilter(FilterForm):
    kind = CodesField(label=_("Kind"), choices=lambda: codes.choices("place_kind"))
    adm1 = CodesField(label=_("Region"), choices=places.regions)
    verified = CodesField(label=_("Confirmed"), choices=Verified.choices)


class PlaceName(Link):
    def dress(self, raw: Any, row: Any) -> SafeString:
        mark = "" if row.is_own else verified_tag(row.verified)
        return format_html("<span>{} {}</span>", super().dress(raw, row), mark)


class Facilities(Table):
    name = "places"
    title = _("Places of detention")
    columns = (
        PlaceName("name", pgettext_lazy("of a place", "Name"), sort="name_be"),
        Code("kind", _("Kind"), words=codes.words("place_kind"), sort="kind"),
        Text("place", _("Town"), sort="place_be"),
        Code("adm1", _("Region"), words=places.region, sort="adm1"),
        Number("held", _("People held there"), sort="held"),
        Tag("verified", _("Confirmed"), words=dict(Verified.choices), meanings=VERIFIED, export_only=True),
        Text("former_names", _("Former names")),
    )
    filters = FacilityFilter
    default_sort = "kind"
    per_page = 50

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s place", "%(count)s places", self.count) % {"count": self.count}


def with_numbers(rows: Any) -> Any:
    """Places with the number of people held there whom one may see."""
    there = Standing.objects.held().filter(facility=OuterRef("pk")).order_by().values("facility")
    return rows.annotate(held=Coalesce(Subquery(there.annotate(number=Count("pk")).values("number")), 0))


def facility_panel(row: Facility) -> Panel:
    allowed = dict(Allowed.choices)
    return Panel(
        _("What is known"),
        [
            Item(_("Kind"), row.kind_words),
            Item(_("Confirmed"), verified_tag(row.verified) or show.tag(Verified.YES.label, "good")),
            Item(_("Number"), row.number, hide_empty=True),
            Item(_("In Belarusian"), row.name_be),
            Item(_("In Russian"), row.name_ru, hide_empty=True),
            Item(_("In English"), row.name_en, hide_empty=True),
            Item(_("Town"), row.place, hide_empty=True),
            Item(_("Region"), places.region(row.adm1) if row.adm1 else None, hide_empty=True),
            Item(_("Former names"), row.former_names, hide_empty=True),
            Item(_("State of the place"), status_words(row.status), hide_empty=True),
            Item(_("What is allowed"), [allowed[code] for code in row.allowed if code in allowed], hide_empty=True),
            Item(_("Position"), position(row)),
            Item(_("Added by"), _("your organisation") if row.is_own else None, hide_empty=True),
        ],
    )


STATUSES = {
    "active": _("in use"),
    "unknown": _("not known"),
    "closed": _("closed"),
    "created": _("set up by decree"),
    "former": _("former site"),
}


def status_words(status: str) -> Any:
    """The state of the place; what stands after its first word is a note in English that is not shown."""
    return STATUSES.get(status.split(" ", maxsplit=1)[0], status) if status else ""


def position(row: Facility) -> Any:
    if row.lat is None or row.lon is None:
        return show.UNKNOWN
    if row.coord_precision == "site":
        return gettext("exact")
    return show.Uncertain(row.place, gettext("the town; the place itself is not shown"))


def map_of(rows: Iterable[Facility], *, highlight: str = "") -> str:
    """The places on a map of the oblasts, as SVG."""
    points = [
        MapPoint(row.lat, row.lon, row.place or row.name, exact=row.coord_precision == "site")
        for row in rows
        if row.lat is not None and row.lon is not None
    ]
    return oblast_map(
        points,
        language=language(),
        title=gettext("Places of detention"),
        description=gettext("Map of the regions of Belarus with the places. The table beside it says the same."),
        highlight=[highlight] if highlight else [],
    )


def mapped_rows(rows: Iterable[Facility]) -> Rows:
    """What the map shows, as a table beside it."""
    lines = [
        Row([show.ref(row, row.name), row.place, places.region(row.adm1) if row.adm1 else "", position(row)])
        for row in rows
    ]
    return Rows(_("On the map"), [pgettext("of a place", "Name"), _("Town"), _("Region"), _("Position")], lines)


class HeldHere(Table):
    """The people in one place."""

    name = "held"
    title = _("People held there")
    columns = (
        Link("name", _("Name"), name_or_lock, url=custody_tab, export=False, select=["person"]),
        Text("reference", _("Reference"), "person.reference"),
        StateOf("state", _("State"), "shown_state"),
        PartialDay("since", _("Since"), sort="since"),
        Working("working_date", _("Working date of release"), sort="working_on"),
    )
    default_sort = "working_date"
    empty = Empty(_("Nobody whom you may see is held there"))

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s person", "%(count)s people", self.count) % {"count": self.count}

    def feed(self, rows: Any) -> None:
        super().feed(rows)
        self.page_rows = with_names(self.page_rows)
