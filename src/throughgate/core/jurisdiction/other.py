"""Dates beside the sentence: administrative arrests and the right to ask for early release."""

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction

from throughgate.core.dates import Term
from throughgate.core.jurisdiction import counting
from throughgate.core.jurisdiction.computing import NOTHING_ASSUMED
from throughgate.core.jurisdiction.given import Category, Computed, Eligibility
from throughgate.core.jurisdiction.working import Sheet

_FRACTIONS: dict[Category, str] = {
    "minor": "PAR-02",
    "less_grave": "PAR-02",
    "grave": "PAR-03",
    "especially_grave": "PAR-04",
}


def compute_administrative(
    detained: datetime.datetime | datetime.date,
    terms: Sequence[int],
    *,
    assumptions: Mapping[str, str] = NOTHING_ASSUMED,
) -> Computed:
    """The end of administrative arrests served one after another, `terms` in days.

    Counted in spans of 24 hours from the hour of detention (ADM-08); without the hour the day
    is the same and a note says so. `assumptions={"ADM-08": "calendar_days"}` counts the first
    day in, which ends a day earlier. Raises ValueError for no terms or a term under one day.
    """
    if not terms or min(terms) < 1:
        raise ValueError("An administrative arrest lasts at least one day.")
    sheet = Sheet(assumptions)
    has_hour = isinstance(detained, datetime.datetime)
    day = detained.date() if isinstance(detained, datetime.datetime) else detained
    total = sum(terms)
    calendar_days = sheet.assumed("ADM-08") == "calendar_days"
    last_day = day + datetime.timedelta(days=total - (1 if calendar_days else 0))
    sheet.move("administrative", "ADM-08", last_day, start=day, arrest=total)
    if len(terms) > 1:
        sheet.note("arrests_in_a_row", "ADM-04", count=len(terms))
    _check_arrests(sheet, day, max(terms))
    if not has_hour:
        sheet.note("hour_missing", "ADM-08")
    at = detained + datetime.timedelta(days=total) if isinstance(detained, datetime.datetime) else None
    return sheet.computed(None if calendar_days else at)


def _check_arrests(sheet: Sheet, day: datetime.date, longest: int) -> None:
    usual = sheet.rule("ADM-01") if sheet.rule("ADM-01").applies_on(day) else sheet.rule("ADM-03")
    sheet.cite(usual.id)
    if longest <= usual.number("max_days"):
        return
    repeated = sheet.rule("ADM-02")
    if repeated.applies_on(day) and longest <= repeated.number("max_days"):
        sheet.note("repeated_breach", "ADM-02")
    else:
        sheet.note("out_of_range", usual.id, cite=False, term=Term(days=longest))


def parole_eligibility(
    start: datetime.date,
    term: Term,
    category: Category,
    *,
    extremist: bool | None,
    convicted_as_minor: bool = False,
    stricter: str | None = None,
    assumptions: Mapping[str, str] = NOTHING_ASSUMED,
) -> Eligibility:
    """The first day early release may be asked for: a date to ask, never a date of release.

    `start` is the first day of the term. `extremist`: convicted under an article treated as
    extremist or terrorist, None if not known; then PAR-06 has to be assumed (`not_excluded`).
    `stricter`: `earlier_imprisonment` or `reoffended_on_parole`. PAR-07 (`no`) has to be
    assumed too: credited days are never counted here. Raises ValueError for an empty term.
    """
    if not term:
        raise ValueError("A term is needed.")
    sheet = Sheet(assumptions)
    rule_id, fraction = _fraction(sheet, category, convicted_as_minor, stricter)
    last, missing, in_days = counting.fraction_of_term(start, term, fraction.numerator, fraction.denominator)
    sheet.cite("CNT-02")
    sheet.move("fraction", rule_id, last, start=start, term=term, fraction=str(fraction))
    if missing:
        sheet.note("day_missing", "CNT-03", day=start.day)
    if in_days:
        sheet.note("fraction_in_days", "PAR-09")
    _at_least(sheet, start)
    _ask_about_parole(sheet, extremist)
    assert sheet.last_day is not None
    sheet.move("ask_from", "PAR-09", sheet.last_day + datetime.timedelta(days=1))
    sheet.note("only_administration", "PAR-01")
    found = sheet.computed()
    return Eligibility(found.last_day, found.lines, found.rules, found.verified, found.questions)


def _fraction(sheet: Sheet, category: Category, convicted_as_minor: bool, stricter: str | None) -> tuple[str, Fraction]:
    if convicted_as_minor:
        name = "minor_less_grave" if category in ("minor", "less_grave") else category
        return "RPL-04", sheet.rule("RPL-04").ratio(name)
    rule_ids = [_FRACTIONS[category]]
    if stricter is not None:
        rule_ids += [one for one in ("PAR-03", "PAR-04") if stricter in sheet.rule(one).values("category")]
    rule_id = max(rule_ids, key=lambda one: sheet.rule(one).ratio("fraction"))
    return rule_id, sheet.rule(rule_id).ratio("fraction")


def _at_least(sheet: Sheet, start: datetime.date) -> None:
    least = counting.end_of_term(start, Term(months=sheet.rule("PAR-05").number("min_months"))).last_day
    sheet.cite("PAR-05")
    if sheet.last_day is not None and least > sheet.last_day:
        sheet.move("at_least_served", "PAR-05", least)


def _ask_about_parole(sheet: Sheet, extremist: bool | None) -> None:
    if extremist is not False and sheet.assumed("PAR-06") != "not_excluded":
        sheet.ask("parole_excluded_unknown", "PAR-06", "not_excluded")
    if sheet.assumed("PAR-07") is None:
        sheet.ask("parole_credit_unknown", "PAR-07", "no")
