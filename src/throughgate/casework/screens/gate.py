"""The day at the gate: what is arranged, and whether the clothes fit the season."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.models import Case, GateMeeting
from throughgate.casework.rights import Right
from throughgate.casework.screens.case import to
from throughgate.core.dates import PartialDate
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.people.screens import lines

PART_MEANS = {
    GateMeeting.Part.OPEN: "warn",
    GateMeeting.Part.ARRANGED: "good",
    GateMeeting.Part.NOT_NEEDED: "neutral",
}
WINTER, SPRING, SUMMER, AUTUMN = "winter", "spring", "summer", "autumn"
_SEASONS = (WINTER, WINTER, SPRING, SPRING, SPRING, SUMMER, SUMMER, SUMMER, AUTUMN, AUTUMN, AUTUMN, WINTER)


def season(when: PartialDate | None) -> str:
    """The season of a date of which at least the month is known; "" otherwise."""
    return _SEASONS[when.month - 1] if when is not None and when.month else ""


def season_words(code: str) -> str:
    return {
        WINTER: pgettext("season", "winter"),
        SPRING: pgettext("season", "spring"),
        SUMMER: pgettext("season", "summer"),
        AUTUMN: pgettext("season", "autumn"),
    }.get(code, "")


def clothes_warning(taken: PartialDate | None, release: PartialDate | None) -> str:
    """Words of warning when somebody was taken in one season and leaves in another; "" when there is none to give."""
    then, now = season(taken), season(release)
    if not then or not now or then == now:
        return ""
    words = {"then": season_words(then), "now": season_words(now)}
    if then == SUMMER or now == WINTER:
        return gettext("Taken in %(then)s, leaves in %(now)s: the clothes they were taken in are too thin.") % words
    return gettext("Taken in %(then)s, leaves in %(now)s: the clothes may not fit the season.") % words


def _seasoned(when: PartialDate | None) -> Any:
    words = season_words(season(when))
    return format_html("{} ({})", show.day(when), words) if words else when


def facts_panel(taken: PartialDate | None, release: PartialDate | None, how: Any) -> Panel:
    """Both days with their seasons; *how*: how the release date is known."""
    return Panel(
        _("When"), [Item(_("Taken"), _seasoned(taken)), Item(_("Release"), lines(_seasoned(release), how))]
    )  # fmt: skip


def gate_panel(case: Case, gate: GateMeeting | None) -> Panel:
    may = case.is_active and current_actor().has(Right.PLAN)
    change = [Action(_("Arrange"), to("gate_day", case))] if may else []
    if gate is None:
        return Panel(_("The day at the gate"), [], change, note=_("Nothing is arranged yet."))
    rows = [Item(label(part), part_value(gate, part)) for part in GateMeeting.PARTS]
    return Panel(_("The day at the gate"), [*rows, Item(_("Who, where, when"), gate.details, hide_empty=True)], change)


def label(part: str) -> str:
    field: Any = GateMeeting._meta.get_field(part)
    words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def part_value(gate: GateMeeting, part: str) -> SafeString:
    state = GateMeeting.Part(getattr(gate, part))
    who = gate.member if part == "meets" and gate.member is not None else ""
    return lines(show.tag(state.label, PART_MEANS[state]), who)
