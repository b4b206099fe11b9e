"""Where somebody is held: name and address in one cell, or words that say somebody is held nowhere."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from throughgate.core.dates.words import fold
from throughgate.core.geo import Match, match_institution
from throughgate.core.lists.cells.small import Status, read_status
from throughgate.core.lists.messages import Params

Matcher = Callable[[str], Sequence[Match]]
Doubts = list[tuple[str, Params]]

SURE = 0.8  # a match from here on is taken without a doubt, unless another comes as near
_CLOSE = 0.05
_MOVED = re.compile(
    r"\s*(?:->|→|=>|>>|\s/\s"
    r"|,?\s+(?:перев[её]ден\w*|пераведзен\w*|moved to|transferred to|затем|потым|then)(?:\s+(?:в|у|ў|to))?\s)\s*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[№#]|\b[ип]к\b|\bik\b")
_NOT_HELD = {"released", "at_liberty", "unknown", "died", "abroad"}


@dataclass(frozen=True, slots=True)
class Place:
    """`matches`: institutions, best first; `match`: the one that is sure. `liberty`: held nowhere, and how."""

    text: str
    name: str = ""
    address: str = ""
    matches: tuple[Match, ...] = ()
    match: Match | None = None
    liberty: Status | None = None


def read_place(text: str, matcher: Matcher = match_institution) -> tuple[Place, Doubts]:
    """The place and doubts as (code, params): facility_unknown, facility_unsure, facility_two."""
    liberty = read_status(text)
    if liberty in _NOT_HELD and not _NUMBERED.search(fold(text)):
        return Place(text, liberty=liberty), []
    named = [piece.strip(" ,") for piece in _MOVED.split(text) if piece.strip(" ,")]
    name, address = _divide(named[-1] if named else text)
    matches = _matches(name, address, matcher)
    if len(named) > 1:
        return Place(text, name, address, matches), [("facility_two", {"first": named[0], "second": named[-1]})]
    return _judge(Place(text, name, address, matches))


def _judge(place: Place) -> tuple[Place, Doubts]:
    if not place.matches:
        return place, [("facility_unknown", {})]
    best = place.matches[0]
    rival = place.matches[1].score if len(place.matches) > 1 else 0.0
    if best.score >= SURE and best.score - rival > _CLOSE:
        return Place(place.text, place.name, place.address, place.matches, best), []
    params: Params = {"match": best.institution.code, "score": round(best.score * 100)}
    return place, [("facility_unsure", params)]


def _divide(text: str) -> tuple[str, str]:
    """Name and address, which lists divide by a line break or a semicolon."""
    name, _, address = re.sub(r"\s*\n\s*", ";", text.strip()).partition(";")
    return name.strip(" ,"), " ".join(address.replace(";", ", ").split()).strip(" ,")


def _matches(name: str, address: str, matcher: Matcher) -> tuple[Match, ...]:
    """By the name; the address helps when several are called so, or none."""
    by_name = tuple(matcher(name)) if name else ()
    if not address or (by_name and by_name[0].score >= SURE and _alone(by_name)):
        return by_name
    together = tuple(matcher(f"{name}, {address}"))
    return together if together and (not by_name or together[0].score >= by_name[0].score) else by_name


def _alone(matches: Sequence[Match]) -> bool:
    return len(matches) < 2 or matches[0].score - matches[1].score > _CLOSE
