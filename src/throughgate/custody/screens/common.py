"""Words and shapes that the pages of this room share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from throughgate.codelists import codes
from throughgate.core.dates import PartialDate
from throughgate.custody.models import Facility, Standing
from throughgate.custody.models.facilities import Verified
from throughgate.kit import show
from throughgate.kit.panels import Action
from throughgate.people.models import Person

# What a state means at a glance.
MEANINGS: Mapping[str, str] = {
    "state_free": "good",
    "state_abroad_free": "good",
    "state_released_restricted": "warn",
    "state_overdue": "danger",
    "state_unknown": "warn",
    "state_dead": "neutral",
}
VERIFIED: Mapping[str, str] = {Verified.YES: "good", Verified.PARTLY: "warn", Verified.NO: "danger"}


@dataclass(frozen=True)
class Row:
    """A line of a small table inside a page: plain values or safe HTML, and what can be done with it."""

    cells: Sequence[Any]
    actions: Sequence[Action] = ()
    about: str = ""


@dataclass(frozen=True)
class Rows:
    """A small table inside a page; `empty` is said where there is nothing."""

    title: Any
    heads: Sequence[Any]
    rows: Sequence[Row]
    actions: Sequence[Action] = ()
    empty: Any = ""
    note: Any = ""
    key: str = field(default="")

    @property
    def has_actions(self) -> bool:
        return any(row.actions for row in self.rows)

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """The rows as the template draws them: each cell with its heading, for the cards of a phone."""
        for row in self.rows:
            shown = [(label, show.value(value)) for label, value in zip(self.heads, row.cells, strict=False)]
            cells = [{"label": label, "html": html, "empty": html == show.EMPTY} for label, html in shown]
            yield {"cells": cells, "actions": row.actions, "about": row.about}


def standing_of(person: Person) -> Standing | None:
    """The standing with its place; read once for a page."""
    if not hasattr(person, "standing_now"):
        person.standing_now = Standing.objects.about(person).select_related("facility").first()  # type: ignore[attr-defined]  # kept for the page
    return person.standing_now  # type: ignore[attr-defined,no-any-return]  # set above


def state_tag(code: str) -> SafeString:
    return show.tag(codes.label("state", code), MEANINGS.get(code, "progress"))


def verified_tag(mark: str) -> SafeString:
    """How far a fact that came with the product is confirmed; nothing where it is."""
    if mark == Verified.YES or not mark:
        return SafeString("")
    return show.tag(Verified(mark).label, VERIFIED[mark])


def place_link(facility: Facility | None) -> Any:
    """A place by name, with a mark where the product's table is not confirmed."""
    if facility is None:
        return show.UNKNOWN
    link = show.ref(facility)
    return link if facility.is_own else format_html("<span>{} {}</span>", link, verified_tag(facility.verified))


def date_with_type(when: PartialDate | None, kind: str, certainty: str = "") -> Any:
    """A release date never stands without how it is known."""
    if when is None:
        return None
    words = codes.label("release_date_type", kind).lower()
    sure = codes.label("release_certainty", certainty).lower() if certainty else ""
    how = ", ".join(filter(None, [words, sure]))
    return format_html('<span>{} <span class="tg-muted">({})</span></span>', show.day(when), how)


def days_held(standing: Standing) -> Any:
    """The days, with the range where the dates are not known to the day."""
    now = standing.days_held_now
    if standing.days_most is None:
        return show.Uncertain(now, gettext("the day of detention is not known"))
    if standing.days_most != standing.days_held:
        least, most = _bounds(standing)
        return show.Uncertain(now, gettext("between %(least)s and %(most)s") % {"least": least, "most": most})
    return now


def _bounds(standing: Standing) -> tuple[int, int]:
    """The middle is kept with the upper bound; the lower one lies as far below it."""
    passed = standing.days_held_now - standing.days_held
    most = standing.days_most or standing.days_held
    return max(0, 2 * standing.days_held - most) + passed, most + passed
