"""Finding a place of detention by any spelling of its name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from throughgate.codelists.codes import language
from throughgate.core.geo import match_institution, oblasts
from throughgate.core.names.likeness import sound
from throughgate.core.names.spelling import tokens
from throughgate.custody.models import Facility

AT_MOST = 20
LABELLED = ("name_be", "name_ru", "name_en", "place_be", "place_ru", "place_lat")  # what a label is made of


def find(text: str) -> list[tuple[str, str]]:
    """(id, label) of the places a text may mean, likeliest first: shipped ones and the organisation's own."""
    matched = [match.institution.code for match in match_institution(text)]
    shipped = {row.code: row for row in Facility.objects.filter(organisation=None, code__in=matched)}
    found = [shipped[code] for code in matched if code in shipped]
    sought = _sounds(text)
    if sought:
        own = Facility.objects.exclude(organisation=None)
        found += [row for row in own if sought & _sounds(f"{row.name_be} {row.name_ru} {row.name_en} {row.place_be}")]
    return [(str(row.id), row.label) for row in found[: AT_MOST + 1]]


def _sounds(text: str) -> set[str]:
    return {sound(token) for token in tokens(text) if len(token) > 2}


def label_of(value: str) -> str | None:
    """The label of one place by its id; None for one that whoever acts may not see."""
    row = find_one(value)
    return row.label if row else None


def find_one(value: str) -> Facility | None:
    try:
        wanted = UUID(str(value))
    except ValueError:
        return None
    return Facility.objects.filter(id=wanted).first()  # type: ignore[no-any-return]  # a guarded manager


def labels(facility_ids: Iterable[str | UUID]) -> dict[str, Facility]:
    """The places of these ids, with one query."""
    wanted = {str(one) for one in facility_ids}
    return {str(row.id): row for row in Facility.objects.filter(id__in=wanted)} if wanted else {}


def choices() -> list[tuple[str, str]]:
    """Every place for a filter, by label."""
    return sorted(((str(row.id), row.label) for row in Facility.objects.only(*LABELLED)), key=lambda pair: pair[1])


def region(code: str) -> str:
    """The oblast in the language of the page."""
    for one in oblasts():
        if one.code == code:
            return {"be": one.name_be, "ru": one.name_ru}.get(language(), one.name_en)
    return code


def regions() -> list[tuple[str, str]]:
    return [(one.code, region(one.code)) for one in oblasts()]
