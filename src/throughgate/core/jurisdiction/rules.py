"""The rules, articles and entitlements of one jurisdiction, read from its data files.

Only Belarus is known so far; its files and how far they can be trusted are described in
`belarus/README.md`. Every row keeps its source and a `verified` mark.
"""

import csv
import datetime
import functools
import importlib.resources
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, cast

from throughgate.core.dates.showing import known_language

Verified = Literal["yes", "partly", "no"]
Jurisdiction = Literal["belarus"]

_WEAKNESS: dict[Verified, int] = {"yes": 0, "partly": 1, "no": 2}
_NO_LABELS: Mapping[str, str] = MappingProxyType({})


def weakest(marks: "list[Verified]") -> Verified:
    """The least certain of the marks; `yes` when there are none."""
    return max(marks, key=_WEAKNESS.__getitem__, default="yes")


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated rule. `text` is our English wording, `parameters` what a calculation reads.

    `valid_from` and `valid_to` are both inclusive; None means not known or still in force.
    """

    id: str
    topic: str
    law: str
    article: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    text: str
    parameters: Mapping[str, str] = field(hash=False)
    source: str
    verified: Verified
    labels: Mapping[str, str] = field(hash=False, default_factory=lambda: _NO_LABELS)

    @property
    def is_open(self) -> bool:
        """Whether something in it is unknown, so that a calculation has to ask."""
        return any("unknown" in value for value in self.parameters.values())

    def label(self, language: str) -> str:
        """The short name of the rule in be, ru or en."""
        return self.labels.get(known_language(language)) or self.text

    def applies_on(self, day: datetime.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def ratio(self, name: str) -> Fraction:
        """A parameter such as `1.5` or `2/3` as an exact number; KeyError if it has none."""
        return Fraction(self.parameters[name])

    def number(self, name: str) -> int:
        """A whole-number parameter; KeyError if the rule has none of that name."""
        return int(self.parameters[name])

    def values(self, name: str) -> tuple[str, ...]:
        """A parameter that lists several values; empty if it is not there."""
        return tuple(part for part in self.parameters.get(name, "").replace("|", ",").split(",") if part)


@dataclass(frozen=True, slots=True)
class Article:
    """An article met in political cases; labels are short working labels, not official titles."""

    code: Literal["criminal", "administrative"]
    number: str
    former_number: str
    labels: Mapping[str, str] = field(hash=False)
    group: str
    iccpr: tuple[str, ...]
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    source: str
    verified: Verified
    note: str

    def label(self, language: str) -> str:
        return self.labels[known_language(language)]


@dataclass(frozen=True, slots=True)
class Entitlement:
    """How much of something a regime allows; a `number` of None means not found, never zero."""

    regime: str
    condition: str
    item: str
    number: Decimal | None
    unlimited: bool
    per: str
    unit: str
    source: str
    verified: Verified


@dataclass(frozen=True, slots=True)
class Label:
    """A code of a small list (punishments, criteria, entitlement words) in three languages."""

    list: str
    code: str
    labels: Mapping[str, str] = field(hash=False)
    note: str = ""

    def label(self, language: str) -> str:
        return self.labels[known_language(language)]


def _rows(jurisdiction: Jurisdiction, name: str) -> list[dict[str, str]]:
    source = importlib.resources.files(__package__) / jurisdiction / f"{name}.csv"
    return list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _labels(row: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({language: row[f"label_{language}"] for language in ("en", "be", "ru")})


@functools.cache
def rules(jurisdiction: Jurisdiction = "belarus") -> Mapping[str, Rule]:
    """Every rule by its id."""
    labels = {row["rule_id"]: _labels(row) for row in _rows(jurisdiction, "rule_labels")}
    found = {}
    for row in _rows(jurisdiction, "rules"):
        pairs = (pair.split("=", 1) for pair in row["parameters"].split(";") if "=" in pair)
        found[row["rule_id"]] = Rule(
            id=row["rule_id"],
            topic=row["topic"],
            law=row["law"],
            article=row["article"],
            valid_from=_day(row["from_date"]),
            valid_to=_day(row["to_date"]),
            text=row["rule"],
            parameters=MappingProxyType(dict(pairs)),
            source=row["source"],
            verified=cast("Verified", row["verified"]),
            labels=labels.get(row["rule_id"], _NO_LABELS),
        )
    return MappingProxyType(found)


@functools.cache
def articles(jurisdiction: Jurisdiction = "belarus") -> tuple[Article, ...]:
    """The articles of the criminal and the administrative code, in that order."""
    return tuple(
        Article(
            code=cast("Literal['criminal', 'administrative']", row["code"]),
            number=row["article"],
            former_number=row["former_article"],
            labels=_labels(row),
            group=row["group"],
            iccpr=tuple(part for part in row["iccpr_articles_affected"].split(",") if part),
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
            verified=cast("Verified", row["verified"]),
            note=row["note"],
        )
        for row in _rows(jurisdiction, "articles")
    )


@functools.cache
def _entitlements(jurisdiction: Jurisdiction) -> tuple[Entitlement, ...]:
    return tuple(
        Entitlement(
            regime=row["regime"],
            condition=row["condition"],
            item=row["item"],
            number=Decimal(row["number"]) if row["number"] not in ("", "unlimited") else None,
            unlimited=row["number"] == "unlimited",
            per=row["per"],
            unit=row["unit"],
            source=row["source"],
            verified=cast("Verified", row["verified"]),
        )
        for row in _rows(jurisdiction, "entitlements")
    )


def entitlements(
    regime: str | None = None, condition: str | None = None, *, jurisdiction: Jurisdiction = "belarus"
) -> tuple[Entitlement, ...]:
    """The entitlements of a regime under a condition; leave either out for all of them."""
    return tuple(
        one
        for one in _entitlements(jurisdiction)
        if regime in (None, one.regime) and condition in (None, one.condition)
    )


@functools.cache
def labels(jurisdiction: Jurisdiction = "belarus") -> Mapping[tuple[str, str], Label]:
    """Labels of the small lists by (list, code).

    Lists: punishment, political_prisoner (codes such as `PACE-1900:a`), regime, condition,
    item, per and unit (the last five are the words of entitlements).
    """
    found = (Label(row["list"], row["code"], _labels(row), row["note"]) for row in _rows(jurisdiction, "labels"))
    return MappingProxyType({(one.list, one.code): one for one in found})
