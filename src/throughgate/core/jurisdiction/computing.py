"""The last day of a sentence, step by step, each step under its rule.

Belarusian rules as dated data (see `belarus/README.md`). A told date goes before any
computed one; what is unknown is asked, never filled in.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from throughgate.core.dates import Term
from throughgate.core.jurisdiction import counting
from throughgate.core.jurisdiction.credits import take_off_credits, unbroken_start, without_overlaps
from throughgate.core.jurisdiction.given import Computed, Custody, Extension, Reduction, Sentence
from throughgate.core.jurisdiction.working import Sheet

NOTHING_ASSUMED: Mapping[str, str] = MappingProxyType({})

_WITHOUT_LAST_DAY = {"community_work", "fine", "life", "death"}
_FROM_CUSTODY = {"imprisonment", "criminal_arrest"}
_RANGES = {
    "imprisonment": "CON-03",
    "restriction_open": "CON-04",
    "restriction_home": "CON-04",
    "criminal_arrest": "CON-05",
}
_EXTENSION_RULES = {"411": "EXT-01", "411(1)": "EXT-01", "411(2)": "EXT-02"}


def compute(
    sentences: Sentence | Sequence[Sentence],
    *,
    custody: Iterable[Custody] = (),
    reductions: Iterable[Reduction] = (),
    extensions: Iterable[Extension] = (),
    assumptions: Mapping[str, str] = NOTHING_ASSUMED,
) -> Computed:
    """The last day of one sentence, or of several one after another.

    A later sentence counts from its `starts_on` and either is `final` or is joined as an
    extension is. `assumptions` maps a rule id to the value taken for what it leaves open:
    CRD-05 `not_excluded` | `excluded`, CRD-07 `up`, CRD-13 days credited for a day of house
    arrest (`1`, `1/2`), CON-02 `add_full`. Raises ValueError without a sentence, for a later
    one without `starts_on`, and for a rule id that does not exist (KeyError).
    """
    first, *later = [sentences] if isinstance(sentences, Sentence) else list(sentences)
    for rule_id in assumptions:
        Sheet({}).rule(rule_id)
    sheet = Sheet(assumptions)
    _base(sheet, first, without_overlaps(custody))
    changes: list[Reduction | Extension] = [*reductions, *extensions, *(_as_extension(sentence) for sentence in later)]
    for change in sorted(changes, key=lambda one: one.on or datetime.date.min):
        if first.told_on is not None and (change.on is None or change.on <= first.told_on):
            sheet.note("already_in_told", None, on=change.on or first.told_on)
        elif isinstance(change, Reduction):
            _reduce(sheet, change, first.articles)
        else:
            _extend(sheet, change)
    if sheet.last_day is not None and counting.is_weekend(sheet.last_day):
        # It is a hint for whoever meets the person, so it does not weaken the mark of the date.
        sheet.note("day_off", "CNT-05", cite=False)
    return sheet.computed()


def _as_extension(sentence: Sentence) -> Extension:
    if sentence.starts_on is None:
        raise ValueError("A later sentence needs the day it counts from.")
    if sentence.final:
        return Extension(sentence.starts_on, final_term=sentence.term, article="")
    return Extension(sentence.starts_on, term=sentence.term, article="")


def _base(sheet: Sheet, sentence: Sentence, custody: Sequence[Custody]) -> None:
    """The last day before any later decision."""
    if sentence.last_day_told is not None:
        sheet.move("told", None, sentence.last_day_told)
    elif sentence.kind in _WITHOUT_LAST_DAY:
        sheet.note("no_last_day", None, kind=sentence.kind)
    else:
        term = _term(sheet, sentence)
        start = _start(sheet, sentence, custody)
        if term is None or start is None:
            return
        sheet.run_term(start, term)
        _check_range(sheet, sentence.kind, term)
        _credit(sheet, sentence, custody, start)
        _check_already_served(sheet, sentence, start)


def _term(sheet: Sheet, sentence: Sentence) -> Term | None:
    if sentence.replaced_days is not None:
        rule = sheet.rule("CRD-16")
        exact = sentence.replaced_days * rule.ratio("imprisonment") / rule.ratio("restriction")
        # An odd day is kept: the less favourable reading, as for credits.
        days = -(-exact.numerator // exact.denominator)
        sheet.cite("OPN-05")
        sheet.note("replaced", "CRD-16", unserved=sentence.replaced_days, days=days)
        return Term(days=days)
    if not sentence.term:
        sheet.ask("term_missing")
        return None
    return sentence.term


def _start(sheet: Sheet, sentence: Sentence, custody: Sequence[Custody]) -> datetime.date | None:
    if sentence.starts_on is not None:
        return sentence.starts_on
    if sentence.credit_days is not None:
        start = sentence.in_force_on
    elif sentence.kind in _FROM_CUSTODY:
        start = unbroken_start(custody, sentence.in_force_on)
    else:
        start = None
    if start is None:
        sheet.ask("start_missing")
    return start


def _credit(sheet: Sheet, sentence: Sentence, custody: Sequence[Custody], start: datetime.date) -> None:
    if sentence.credit_days is None:
        take_off_credits(sheet, sentence, custody, start)
    elif sentence.credit_days:
        sheet.take_off("credit_given", "CNT-07", sentence.credit_days)


def _check_range(sheet: Sheet, kind: str, term: Term) -> None:
    """A term outside the range of its kind is worth a second look; it is counted all the same."""
    rule_id = _RANGES.get(kind)
    if rule_id is None or term.whole_months == 0:
        return
    parameters = sheet.rule(rule_id).parameters
    most = max(
        [12 * int(parameters[name]) for name in ("max_years", "especially_grave", "named") if name in parameters]
        or [int(parameters[name]) for name in ("max_months_old", "max_months_later") if name in parameters]
    )
    if not int(parameters["min_months"]) <= term.whole_months <= most:
        sheet.note("out_of_range", rule_id, cite=False, term=term)


def _check_already_served(sheet: Sheet, sentence: Sentence, start: datetime.date) -> None:
    """Nobody leaves before the judgment, or before the law that counted the term anew."""
    earliest = max(start, sentence.in_force_on or start)
    if "CRD-03" in sheet.cited:
        earliest = max(earliest, sheet.rule("CRD-03").valid_from or earliest)
    if sheet.last_day is not None and sheet.last_day < earliest and not sheet.questions:
        sheet.move("already_served", None, earliest, served_on=sheet.last_day)


def _reduce(sheet: Sheet, reduction: Reduction, articles: Sequence[str]) -> None:
    excluding = _excluding(sheet, reduction, articles)
    if not reduction.granted:
        if reduction.rule:
            sheet.cite(reduction.rule)
        sheet.note("reduction_refused", excluding or reduction.rule, kind=reduction.kind)
        return
    if excluding:
        sheet.note("granted_although_excluded", excluding)
    term = reduction.term or _cut_of_rule(sheet, reduction)
    if term is None:
        sheet.ask("reduction_term_missing", reduction.rule)
        return
    if sheet.last_day is None:
        return
    sheet.cite("CNT-06", *_grounds(reduction))
    code = f"reduction_{reduction.kind}"
    sheet.move(code, reduction.rule or "CNT-06", counting.cut(sheet.last_day, term), term=term)


def _grounds(reduction: Reduction) -> tuple[str, ...]:
    if reduction.kind == "amnesty":
        return ("AMN-COND",)
    return ("RPL-06",) if reduction.kind == "pardon" else ()


def _cut_of_rule(sheet: Sheet, reduction: Reduction) -> Term | None:
    if reduction.rule is None or "reduction_years" not in sheet.rule(reduction.rule).parameters:
        return None
    return Term(sheet.rule(reduction.rule).number("reduction_years"))


def _excluding(sheet: Sheet, reduction: Reduction, articles: Sequence[str]) -> str | None:
    """The rule of the amnesty, or its list of exclusions, that names one of the articles."""
    if reduction.rule is None:
        return None
    for rule_id in (reduction.rule, f"{reduction.rule}-X"):
        try:
            excluded = sheet.rule(rule_id).values("excluded_articles")
        except KeyError:
            continue
        if set(excluded) & set(articles):
            return rule_id
    return None


def _extend(sheet: Sheet, extension: Extension) -> None:
    """A new sentence counts from its own day; the old date is never simply moved."""
    rule_id = _EXTENSION_RULES.get(extension.article)
    old = sheet.last_day
    if extension.final_term:
        _start_anew(sheet)
        sheet.run_term(extension.on, extension.final_term, "final_term")
        sheet.cite("CON-02", "CNT-04")
    elif not extension.term:
        sheet.ask("term_missing", rule_id)
    else:
        unserved = _unserved(sheet, extension)
        if unserved is not None:
            _start_anew(sheet)
            sheet.run_term(extension.on, extension.term, "new_term")
            assert sheet.last_day is not None
            sheet.cite("CNT-04")
            sheet.move(
                "unserved_added", "CON-02", sheet.last_day + datetime.timedelta(days=unserved), unserved=unserved
            )
    _check_extension(sheet, extension, rule_id, old)


def _start_anew(sheet: Sheet) -> None:
    """What was open before no longer matters: the new judgment says what is left."""
    sheet.questions.clear()


def _unserved(sheet: Sheet, extension: Extension) -> int | None:
    if extension.unserved_days is not None:
        return extension.unserved_days
    if sheet.last_day is not None and sheet.assumed("CON-02") == "add_full":
        return max(0, (sheet.last_day - extension.on).days + 1)
    sheet.ask("final_term_missing", "CON-02", "add_full", on=extension.on)
    return None


def _check_extension(sheet: Sheet, extension: Extension, rule_id: str | None, old: datetime.date | None) -> None:
    if rule_id is not None:
        sheet.cite(rule_id)
        most = 12 * sheet.rule(rule_id).number("max_years")
        if extension.term and extension.term.whole_months > most:
            sheet.note("out_of_range", rule_id, cite=False, term=extension.term)
    if old is None or extension.unserved_days is None:
        return
    left = max(0, (old - extension.on).days + 1)
    if extension.unserved_days > left:
        sheet.note("unserved_differs", "CON-02", unserved=extension.unserved_days, left=left)
