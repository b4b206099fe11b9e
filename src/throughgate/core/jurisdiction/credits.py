"""Days in custody before the judgment is in force, and what they take off a sentence."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from throughgate.core.jurisdiction.given import FULL_CUSTODY, Custody, CustodyKind, Sentence
from throughgate.core.jurisdiction.working import Sheet

_DAY = datetime.timedelta(days=1)
_FULL_RATIO = {
    "criminal_arrest": ("CRD-10", "arrest"),
    "restriction_open": ("CRD-08", "restriction"),
    "restriction_home": ("CRD-08", "restriction"),
    "corrective_work": ("CRD-09", "corrective_work"),
}
_FAVOURED = {"general": "colony_general", "reinforced": "colony_reinforced"}
_PLAIN = {"strict": "colony_strict", "special": "colony_special", "prison": "prison"}


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay with both ends known; `derived` when its end was taken from the judgment's day."""

    kind: CustodyKind
    start: datetime.date
    end: datetime.date
    derived: bool = False

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def without_overlaps(custody: Iterable[Custody]) -> list[Custody]:
    """The stays in order, a day shared by two of them kept once, by custody in full if it can."""
    ordered: list[Custody] = []
    for stay in sorted(custody, key=lambda one: (one.start, one.end or datetime.date.max)):
        before = ordered[-1] if ordered else None
        if before is None or (before.end is not None and before.end < stay.start):
            ordered.append(stay)
        elif stay.kind in FULL_CUSTODY and before.kind not in FULL_CUSTODY and before.start < stay.start:
            ordered[-1] = replace(before, end=stay.start - _DAY)
            ordered.append(stay)
        elif before.end is not None and (stay.end is None or stay.end > before.end):
            ordered.append(replace(stay, start=before.end + _DAY))
    return ordered


def unbroken_start(custody: Sequence[Custody], in_force_on: datetime.date | None) -> datetime.date | None:
    """The first day of the custody that ran without a break into the sentence, if it did."""
    full = [stay for stay in custody if stay.kind in FULL_CUSTODY]
    if not full:
        return None
    last = full[-1]
    if last.end is not None and (in_force_on is None or last.end < in_force_on - _DAY):
        return None
    start = last.start
    for stay in reversed(full[:-1]):
        if stay.end is None or stay.end < start - _DAY:
            break
        start = stay.start
    return start


def take_off_credits(sheet: Sheet, sentence: Sentence, custody: Sequence[Custody], start: datetime.date) -> None:
    """Take off what the stays are worth, for a term whose first day is `start`.

    Days before `start` count whole; days of the unbroken custody inside the term shorten it
    only by what the ratio gives above one.
    """
    full = [stay for stay in custody if stay.kind in FULL_CUSTODY]
    ratio = _custody_ratio(sheet, sentence, full) if full else None
    if ratio is not None:
        _take_off_full(sheet, sentence, full, start, *ratio)
    for stay in custody:
        if stay.kind == "house_arrest":
            _take_off_house_arrest(sheet, sentence, stay, start)
        elif stay.kind == "administrative_arrest":
            sheet.note("administrative_not_credited", "CRD-14", start=stay.start)


def _custody_ratio(sheet: Sheet, sentence: Sentence, full: Sequence[Custody]) -> tuple[Fraction, str] | None:
    """Days of the punishment for a day in custody, and the rule; None after asking."""
    if sentence.kind != "imprisonment":
        rule_id, name = _FULL_RATIO[sentence.kind]
        rule = sheet.rule(rule_id)
        sheet.cite(rule_id)
        return rule.ratio(name) / rule.ratio("remand"), rule_id
    if sentence.regime is None:
        sheet.ask("regime_missing", "CRD-02")
        return None
    return _colony_ratio(sheet, sentence.regime, full)


def _colony_ratio(sheet: Sheet, regime: str, full: Sequence[Custody]) -> tuple[Fraction, str] | None:
    changed_on = sheet.rule("CRD-02").valid_from
    assert changed_on is not None
    held_before = any(stay.start < changed_on for stay in full)
    if held_before:
        sheet.note("one_for_one_before", "CRD-01", since=changed_on)
    if sheet.last_day is not None and sheet.last_day < changed_on:
        return sheet.rule("CRD-01").ratio("colony"), "CRD-01"
    if regime in _PLAIN:
        sheet.note("one_for_one_regime", "CRD-04", regime=regime)
        return sheet.rule("CRD-04").ratio(_PLAIN[regime]), "CRD-04"
    excluded = sheet.assumed("CRD-05")
    if excluded is None:
        sheet.ask("excluded_unknown", "CRD-05", "not_excluded", "excluded")
        return None
    if excluded == "excluded":
        return Fraction(1), "CRD-05"
    if held_before:
        sheet.note("recalculated", "CRD-03", since=changed_on)
    return sheet.rule("CRD-02").ratio(_FAVOURED[regime]), "CRD-02"


def _take_off_full(
    sheet: Sheet,
    sentence: Sentence,
    full: Sequence[Custody],
    start: datetime.date,
    ratio: Fraction,
    rule_id: str,
) -> None:
    for custody in full:
        stay = _closed(sheet, sentence, custody, start, ratio)
        if stay is None:
            continue
        if stay.start < start:
            outside = replace(stay, end=min(stay.end, start - _DAY))
            _take_off_stay(sheet, "credit_full", rule_id, outside, outside.days * ratio)
        if stay.end >= start and ratio > 1:
            inside = replace(stay, start=max(stay.start, start))
            if inside.derived:
                sheet.cite("CRD-06")
            _take_off_stay(sheet, "credit_surplus", rule_id, inside, inside.days * (ratio - 1))


def _closed(sheet: Sheet, sentence: Sentence, custody: Custody, start: datetime.date, ratio: Fraction) -> Stay | None:
    """The stay up to the day before the judgment is in force, or None if nothing is left."""
    limit = sentence.in_force_on - _DAY if sentence.in_force_on is not None else None
    if custody.end is not None and (limit is None or custody.end <= limit):
        return Stay(custody.kind, custody.start, custody.end)
    if limit is None:
        # At one for one the days inside the term change nothing, whenever they end.
        if ratio == 1:
            return Stay(custody.kind, custody.start, max(custody.start, start - _DAY))
        sheet.ask("in_force_missing", "CRD-06")
        return None
    return Stay(custody.kind, custody.start, limit, derived=True) if custody.start <= limit else None


def _take_off_stay(sheet: Sheet, code: str, rule_id: str, stay: Stay, exact: Fraction) -> None:
    days = _rounded(sheet, exact)
    sheet.take_off(code, rule_id, days, start=stay.start, end=stay.end, held=stay.days)


def _rounded(sheet: Sheet, exact: Fraction) -> int:
    if exact.denominator == 1:
        return int(exact)
    up = sheet.assumed("CRD-07") == "up"
    sheet.note("half_day_up" if up else "half_day_down", "CRD-07")
    return ceil(exact) if up else floor(exact)


def _take_off_house_arrest(sheet: Sheet, sentence: Sentence, custody: Custody, start: datetime.date) -> None:
    rule = sheet.rule("CRD-13")
    given = sheet.assumed("CRD-13")
    if given is None and sentence.kind != "imprisonment":
        sheet.ask("house_arrest_ratio", "CRD-13", "1", "1/2", "2")
        return
    ratio = Fraction(given) if given else rule.ratio("imprisonment") / rule.ratio("house_arrest")
    until = custody.end or (sentence.in_force_on - _DAY if sentence.in_force_on else None)
    if until is None:
        sheet.ask("in_force_missing", "CRD-06")
        return
    stay = Stay(custody.kind, custody.start, min(until, start - _DAY))
    if stay.days > 0:
        _take_off_stay(sheet, "credit_house_arrest", "CRD-13", stay, stay.days * ratio)
