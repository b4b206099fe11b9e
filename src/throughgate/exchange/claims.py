"""What a row of a list claims, as plain values: from here it is rows of people and custody, or a difference."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from throughgate.core.dates import PartialDate
from throughgate.core.lists.cells import NameParts, ParsedRow, Sentence
from throughgate.core.lists.mapping import Target
from throughgate.core.lookalikes import Known
from throughgate.core.names import parse

NAME_PARTS = ("surname", "given", "patronymic")
# Punishments of a list -> kinds of `custody.Sentence`. What is not here stays in the words of the list.
KINDS = {
    "deprivation_colony": "imprisonment",
    "deprivation_prison": "imprisonment",
    "arrest_criminal": "criminal_arrest",
    "restriction_open": "restriction_open",
    "restriction_home": "restriction_home",
    "corrective_work": "corrective_work",
    "community_work": "community_work",
    "fine": "fine",
    "life": "life",
    "death": "death",
}
REGIMES = {"general", "reinforced", "strict", "special"}
# Punishments -> the event that a judgment with them is, the gravest first.
JUDGMENTS = (
    ({"death"}, "death_sentence"),
    ({"life", "deprivation_colony", "deprivation_prison", "arrest_criminal"}, "sentenced"),
    ({"compulsory_treatment"}, "forced_treatment_ordered"),
    ({"restriction_open"}, "sentenced_restriction_open"),
    ({"restriction_home"}, "sentenced_restriction_home"),
    ({"fine", "corrective_work", "community_work", "ban_office", "compensation"}, "sentenced_non_custodial"),
)
# Places where sentences are served: whoever is held there has a judgment in force.
SERVING = frozenset({"IK", "T", "VK", "IKP"})
AT_LIBERTY = frozenset({"released", "at_liberty"})


@dataclass(frozen=True)
class Fact:
    """One row to be: its model and fields. `as_of`: `on` is only the day of the list, no part of the claim."""

    model: str
    fields: tuple[tuple[str, Any], ...]
    as_of: bool = False

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.fields)

    @property
    def said(self) -> tuple[Any, ...]:
        """What two readings are compared by."""
        return (self.model, *(pair for pair in self.fields if not (self.as_of and pair[0] == "on")))


def fact(model: str, *, as_of: bool = False, **fields: Any) -> Fact:
    """Without what is not said."""
    return Fact(model, tuple((name, value) for name, value in fields.items() if value not in (None, "")), as_of)


@dataclass(frozen=True)
class Claims:
    """names: parts as `people.Name` keeps them, the first to be shown; facts: in the order they happened."""

    names: tuple[dict[str, str], ...] = ()
    birth: PartialDate | None = None
    sex: str = ""
    facts: tuple[Fact, ...] = field(default_factory=tuple)

    @property
    def known(self) -> Known:
        """What the row is compared with people by."""
        names = ((parts.get("whole", ""), {part: parts.get(part, "") for part in NAME_PARTS}) for parts in self.names)
        return Known(tuple(parse(whole, **parts) for whole, parts in names), self.birth, self.sex)

    def beyond(self, other: Claims) -> Claims:
        """What these claim and *other* did not."""
        told = {one.said for one in other.facts}
        return Claims(
            tuple(name for name in self.names if name not in other.names),
            self.birth if self.birth != other.birth else None,
            self.sex if self.sex != other.sex else "",
            tuple(one for one in self.facts if one.said not in told),
        )


def claims(row: ParsedRow, *, today: datetime.date) -> Claims:
    """What a row says; *today* is the day as of which the list says it."""
    facts = [*_charges(row), *_events(row, today), *_sentences(row), *_hearings(row), *_release_dates(row, today)]
    sex = {"male": "m", "female": "f"}.get(row.sex or "", "")
    return Claims(tuple(_names(row.name)) if row.name else (), row.birth, sex, tuple(facts))


def _names(name: NameParts) -> Iterator[dict[str, str]]:
    parts = {"surname": name.surname, "given": name.given, "patronymic": name.patronymic}
    known = {part: text for part, text in parts.items() if text}
    yield known or {"whole": name.text}
    for other in dict.fromkeys(name.other):
        yield {"whole": other}


def _charges(row: ParsedRow) -> Iterator[Fact]:
    stage = "decided" if row.verdict_date or row.sentences else "charged"
    for article in row.articles:
        if article.code != "unknown":
            yield fact("charge", code=article.code, article=article.article, part=article.part, stage=stage)


def _events(row: ParsedRow, today: datetime.date) -> Iterator[Fact]:
    ended = _ending(row, today)
    if row.detained_on:
        yield fact("event", kind="detained", on=row.detained_on)
    judgment = _judgment(row)
    place = row.place
    code = place.match.institution.code if place and place.match and not ended else ""
    if judgment == "sentenced_restriction_open" and code:
        # Arriving at an open-type institution is no deprivation of liberty.
        yield fact("event", kind=judgment, on=row.verdict_date, facility=code)
        code = ""
    elif judgment:
        yield fact("event", kind=judgment, on=row.verdict_date)
    if code and place and place.match:
        on = PartialDate.from_date(today, about=True)
        yield fact("event", kind="arrived_at_facility", on=on, facility=code, as_of=True)
        if judgment == "sentenced" and place.match.institution.kind in SERVING:
            yield fact("event", kind="sentence_in_force", on=on, as_of=True)
    elif place and not place.match and place.liberty is None and not ended:
        # The words of the place, so that nothing is lost where it was not recognised.
        on = PartialDate.from_date(today, about=True)
        yield fact("event", kind="transferred", on=on, note=place.text, as_of=True)
    if row.status in ("active", "former"):
        yield fact("event", kind="status_recognised", note=row.text(Target.DECLARATION))
    yield from ended


def _judgment(row: ParsedRow) -> str:
    if not row.sentences:
        return "sentenced_unknown" if row.verdict_date else ""
    kinds = {one.kind for one in row.sentences if not one.suspended}
    for named, kind in JUDGMENTS:
        if kinds & named:
            return kind
    return "sentenced_non_custodial" if any(one.suspended for one in row.sentences) else "sentenced_unknown"


def _ending(row: ParsedRow, today: datetime.date) -> list[Fact]:
    """How custody ended, where the row says that it did."""
    liberty = row.place.liberty if row.place else None
    released = row.release_date if row.release_date and row.release_date.earliest <= today else None
    free = liberty == "released" or row.status in ("released", "former") or (liberty == "at_liberty" and bool(released))
    free = free or (liberty == "at_liberty" and _judgment(row) in ("", "sentenced_unknown", "sentenced"))
    if row.place and row.place.match:
        free = free and released is not None
    found = []
    if free and row.detained_on and _in_order(row.detained_on, released):
        found.append(fact("event", kind="released", on=released))
    if row.died or "died" in (liberty, row.status):
        found.append(fact("event", kind="died_after_release" if found else "died", on=row.died))
    elif "abroad" in (liberty, row.status):
        found.append(fact("event", kind="left_country"))
    return found


def _in_order(detained: PartialDate, released: PartialDate | None) -> bool:
    return released is None or detained.earliest <= released.latest


def _sentences(row: ParsedRow) -> Iterator[Fact]:
    for one in row.sentences:
        if one.kind in KINDS and not one.suspended:
            yield fact("sentence", kind=KINDS[one.kind], judgment_on=row.verdict_date, court=row.text(Target.COURT),
                       regime=_regime(one), note=one.text, **_term(one))  # fmt: skip


def _regime(sentence: Sentence) -> str:
    if sentence.kind == "deprivation_prison":
        return "prison"
    return sentence.regime if sentence.regime in REGIMES else ""


def _term(sentence: Sentence) -> dict[str, Any]:
    term = sentence.term
    return {"years": term.years, "months": term.months, "days": term.days} if term else {}


def _hearings(row: ParsedRow) -> Iterator[Fact]:
    if on := row.dates.get(Target.HEARING_DATE):
        yield fact("hearing", on=on, kind="trial", court=row.text(Target.COURT))


def _release_dates(row: ParsedRow, today: datetime.date) -> Iterator[Fact]:
    """Nobody says who told the list: a date to come is passed on as hearsay, beside whatever else is known."""
    expected = row.dates.get(Target.RELEASE_EXPECTED)
    date = row.release_date
    held = row.place is not None and row.place.match is not None
    if date and (date.earliest > today or held) and expected is None:
        expected = date
    if expected is not None:
        yield fact("release_date", type="rumoured", on=expected, certainty="possible")
