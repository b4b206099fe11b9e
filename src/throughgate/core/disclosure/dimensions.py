"""The dimensions of a table, each with its levels from fine to coarse: month, quarter, year; facility, region."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from throughgate.core.disclosure.errors import DisclosureError

UNKNOWN = "unknown"
ALL = "all"  # what a total is called
TIME = ("month", "quarter", "year")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-[0-9]{2})?|-?[Qq]([1-4]))?")
_LONGEST = 200  # years between the first and the last date


@dataclass(frozen=True)
class Axis:
    """One dimension at one level, with what its labels are called at coarser levels.

    ``coarser`` maps the name of a level to one label for each of ``labels``, which are sorted. A level means the same
    in every table: it is named after its column, a level of time after its column and its unit, as in “date:month”.
    """

    name: str
    level: str
    labels: tuple[str, ...]
    coarser: Mapping[str, tuple[str, ...]]

    def at(self, level: str) -> tuple[str, ...]:
        """The label of every category at *level*: its own, or a coarser one."""
        return self.labels if level == self.level else self.coarser[level]

    @property
    def levels(self) -> tuple[str, ...]:
        return (self.level, *self.coarser)


@dataclass(frozen=True)
class Dimension:
    """An axis at its finest level, and each person's place on it: ``codes`` has shape (persons,)."""

    axis: Axis
    codes: np.ndarray

    def coarsened(self) -> Dimension | None:
        """The same at the next level; None where there is none."""
        if not self.axis.coarser:
            return None
        level, upward = next(iter(self.axis.coarser.items()))
        labels = tuple(sorted(set(upward)))
        place = {label: at for at, label in enumerate(labels)}
        first = {label: upward.index(label) for label in labels}
        rest = {
            name: tuple(above[first[label]] for label in labels)
            for name, above in self.axis.coarser.items()
            if name != level
        }
        moved = np.array([place[label] for label in upward])
        return Dimension(Axis(self.axis.name, level, labels, rest), moved[self.codes])


def of_column(name: str, values: Sequence[str], start: str = "") -> Dimension:
    """A dimension from one column: of time where every value is a date, else of labels as they are.

    *start* names the finest level of time to use. Raises DisclosureError for dates that do not fit together.
    """
    if any(values) and all(not value or _DATE.fullmatch(value) for value in values):
        return _of_dates(name, values, start)
    if start:
        wrong = next((at for at, value in enumerate(values) if value and not _DATE.fullmatch(value)), 0)
        raise DisclosureError(f"Row {wrong + 2}, column {name}: “{values[wrong]}” is no date such as 2021-03-15.")
    return of_levels([(name, values)])


def of_levels(columns: Sequence[tuple[str, Sequence[str]]]) -> Dimension:
    """A dimension from columns fine to coarse. Raises DisclosureError where a fine label has two coarse ones."""
    name, fine = columns[0]
    own = [value or UNKNOWN for value in fine]
    for level, values in columns:
        if ALL in values:
            raise DisclosureError(f"Column {level}: “{ALL}” is what the table calls its totals; write something else.")
    labels = tuple(sorted(set(own)))
    place = {label: at for at, label in enumerate(labels)}
    coarser: dict[str, tuple[str, ...]] = {}
    below_name, below = name, own
    for above_name, values in columns[1:]:
        above = [value or UNKNOWN for value in values]
        _check_nested(below_name, below, above_name, above)
        of = dict(zip(own, above, strict=True))
        coarser[above_name] = tuple(of[label] for label in labels)
        below_name, below = above_name, above
    return Dimension(Axis(name, name, labels, coarser), np.array([place[value] for value in own], dtype=np.int64))


def _check_nested(fine: str, below: Sequence[str], coarse: str, above: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for row, (label, upper) in enumerate(zip(below, above, strict=True), start=2):
        if seen.setdefault(label, upper) != upper:
            raise DisclosureError(
                f"Row {row}: {fine} “{label}” is in {coarse} “{upper}”, and in “{seen[label]}” in a row before."
            )


def _of_dates(name: str, values: Sequence[str], start: str) -> Dimension:
    told = {_precision(value) for value in values if value}
    level = start or TIME[max(told)]
    if not start and len(told) > 1:
        _refuse_mixed(name, values, level)
    for row, value in enumerate(values, start=2):
        if value and TIME.index(level) < _precision(value):
            raise DisclosureError(f"Row {row}, column {name}: “{value}” tells no {level}.")
    own = [_label(value, level) if value else UNKNOWN for value in values]
    labels = (*_every(sorted(set(own) - {UNKNOWN}), level, name), *([UNKNOWN] if UNKNOWN in own else []))
    place = {label: at for at, label in enumerate(labels)}
    coarser = {
        f"{name}:{above}": tuple(label if label == UNKNOWN else _label(label, above) for label in labels)
        for above in TIME[TIME.index(level) + 1 :]
    }
    return Dimension(
        Axis(name, f"{name}:{level}", labels, coarser), np.array([place[value] for value in own], dtype=np.int64)
    )


def _refuse_mixed(name: str, values: Sequence[str], level: str) -> None:
    row = next(at for at, value in enumerate(values, start=2) if value and TIME[_precision(value)] == level)
    raise DisclosureError(
        f"Row {row}, column {name}: “{values[row - 2]}” tells the {level} only and others tell more; "
        f"write --by {name}:{level} to count by {level}."
    )


def _precision(value: str) -> int:
    found = _DATE.fullmatch(value)
    if not found:
        raise DisclosureError(f"“{value}” is no date such as 2021-03-15.")
    if found[2]:
        if not 1 <= int(found[2]) <= 12:
            raise DisclosureError(f"“{value}” is no date: there is no month {found[2]}.")
        return 0
    return 1 if found[3] else 2


def _label(value: str, level: str) -> str:
    found = _DATE.fullmatch(value)
    assert found
    year, month, quarter = found[1], found[2], found[3]
    if level == "month":
        return f"{year}-{month}"
    if level == "quarter":
        return f"{year}-Q{quarter or (int(month) + 2) // 3}"
    return year


def _every(seen: Sequence[str], level: str, name: str) -> list[str]:
    """Every label from the first to the last: a month without anybody must not show by its absence."""
    first, last = int(seen[0][:4]), int(seen[-1][:4])
    if last - first > _LONGEST:
        raise DisclosureError(f"Column {name} reaches from {seen[0]} to {seen[-1]}: one of them is no date of ours.")
    parts = {
        "month": [f"-{month:02}" for month in range(1, 13)],
        "quarter": [f"-Q{quarter}" for quarter in range(1, 5)],
        "year": [""],
    }[level]
    between = [f"{year:04}{part}" for year in range(first, last + 1) for part in parts]
    return [label for label in between if seen[0] <= label <= seen[-1]]
