"""What the calculator of release dates is given, read from the rows of one person."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acts import CannotDo
from throughgate.core import jurisdiction
from throughgate.core.custody import Standing as Derived
from throughgate.core.custody import derive
from throughgate.core.jurisdiction import Computed, Custody, Eligibility
from throughgate.custody import projecting
from throughgate.custody.models import Charge, Credit, CustodyEvent, Extension, Reduction, Sentence
from throughgate.people.models import Person

# State of the person -> kind of custody that may be credited.
_STAYS: dict[str, Any] = {
    "state_detained": "detention",
    "state_unknown": "detention",
    "state_remand": "remand",
    "state_hospital_custody": "remand",
    "state_administrative_arrest": "administrative_arrest",
    "state_house_arrest": "house_arrest",
}
_SERVING = ("state_serving", "state_serving_open", "state_serving_home", "state_forced_treatment")
_DAY = datetime.timedelta(days=1)
_ARRESTS = ("administrative_arrest", "administrative_arrest_repeated")


@dataclass(frozen=True)
class Given:
    """Everything about one person that a calculation reads."""

    events: Sequence[CustodyEvent]
    sentences: Sequence[Sentence] = ()
    charges: Sequence[Charge] = ()
    credits: Sequence[Credit] = ()
    reductions: Sequence[Reduction] = ()
    extensions: Sequence[Extension] = ()


def given(person: Person) -> Given:
    models: tuple[Any, ...] = (CustodyEvent, Sentence, Charge, Credit, Reduction, Extension)
    return Given(*(list(model.objects.about(person)) for model in models))


def calculate(person: Person, assumptions: Mapping[str, str] | None = None) -> Computed:
    """The end of the present sentence, or of the administrative arrests where there is none.

    Raises:
        CannotDo: there is nothing to compute from; the text says what is missing.
    """
    return calculate_from(given(person), assumptions)


def calculate_from(read: Given, assumptions: Mapping[str, str] | None = None) -> Computed:
    """The same from rows that were read, or made, before."""
    found = projecting.derived(read.events, today=timezone.localdate())
    sentences = _present(read.sentences, found)
    if not sentences:
        return _arrests(read.events, found, assumptions or {})
    first, *later = sentences
    return jurisdiction.compute(
        [_sentence(first, _articles(read.charges)), *(_later(one) for one in later)],
        custody=_custody(read, first),
        reductions=[_reduction(one) for one in read.reductions],
        extensions=[_extension(one) for one in read.extensions],
        assumptions=assumptions or {},
    )


def present_sentences(person: Person, found: Derived) -> list[Sentence]:
    """Those that stand and are not of an earlier custody, in the order they were pronounced."""
    return _present(Sentence.objects.about(person), found)


def _present(sentences: Iterable[Sentence], found: Derived) -> list[Sentence]:
    episode = projecting.lasting(found)
    start = episode.start.earliest if episode is not None and episode.start is not None else datetime.date.min
    rows = [one for one in sentences if one.set_aside_at is None]
    present = [one for one in rows if pronounced(one) is None or (pronounced(one) or start) >= start]
    return sorted(present, key=lambda one: (pronounced(one) or datetime.date.max, one.created_at))


def pronounced(sentence: Sentence) -> datetime.date | None:
    """The best known day of a sentence, to put several in order."""
    judged = sentence.judgment_on.latest if sentence.judgment_on else None
    days = [day for day in (judged, sentence.in_force_on, sentence.starts_on) if day is not None]
    return max(days) if days else None


def _sentence(row: Sentence, articles: Sequence[str]) -> jurisdiction.Sentence:
    return jurisdiction.Sentence(
        kind=row.kind,  # type: ignore[arg-type]  # the choices are the calculator's kinds
        term=row.term,
        regime=row.regime or None,  # type: ignore[arg-type]  # likewise
        starts_on=row.starts_on,
        in_force_on=row.in_force_on,
        credit_days=row.credit_days,
        last_day_told=row.last_day_told,
        told_on=row.told_on,
        final=row.final,
        replaced_days=row.replaced_days,
        articles=tuple(articles),
    )


def _later(row: Sentence) -> jurisdiction.Sentence:
    start = row.starts_on or row.in_force_on or (row.judgment_on.as_date() if row.judgment_on else None)
    if start is None:
        raise CannotDo(gettext("The later sentence needs the day from which it counts."))
    return jurisdiction.Sentence(
        kind=row.kind,  # type: ignore[arg-type]  # the choices are the calculator's kinds
        term=row.term,
        starts_on=start,
        final=row.final,
    )


def _articles(charges: Iterable[Charge]) -> list[str]:
    """The articles of the sentence: those convicted under, else those charged."""
    kept = [one for one in charges if one.outcome not in ("acquitted", "dropped", "changed")]
    convicted = [one for one in kept if one.outcome == "convicted"] or kept
    return sorted({one.article for one in convicted})


def _reduction(row: Reduction) -> jurisdiction.Reduction:
    return jurisdiction.Reduction(
        row.kind,  # type: ignore[arg-type]  # the choices are the calculator's kinds
        row.term,
        row.on,
        granted=row.granted,
        rule=row.rule or None,
    )


def _extension(row: Extension) -> jurisdiction.Extension:
    if row.final:
        return jurisdiction.Extension(row.on, final_term=row.term, article=row.article)
    return jurisdiction.Extension(row.on, row.term, row.unserved_days, article=row.article)


def _custody(read: Given, sentence: Sentence) -> list[Custody]:
    """The stays before the judgment: those written down for it, else those that the events tell."""
    if read.credits:
        return [Custody(one.kind, one.start, one.end) for one in read.credits]  # type: ignore[arg-type]  # likewise
    return stays(read.events, until=sentence.in_force_on)


def stays(events: Iterable[CustodyEvent], *, until: datetime.date | None) -> list[Custody]:
    """Custody by events known to the day, since the last time another sentence was served.

    A stay that ran on into the sentence has no end.
    """
    exact = [(row.on.as_date(), projecting.as_event(row)) for row in events if row.stands and row.on is not None]
    known = sorted(
        [(day, event) for day, event in exact if day is not None], key=lambda pair: (pair[0], pair[1].kind, pair[1].id)
    )
    marks: list[tuple[datetime.date, str]] = []
    for place, (day, _event) in enumerate(known):
        if until is not None and day > until:
            break
        so_far = derive([event for _day, event in known[: place + 1]], projecting.kinds(), today=day)
        marks.append((day, so_far.state if projecting.lasting(so_far) else ""))
    return _joined(marks, until)


def _joined(marks: Sequence[tuple[datetime.date, str]], until: datetime.date | None) -> list[Custody]:
    """States on days, made into stays; both days of a stay count."""
    spans: list[Custody] = []
    for place, (day, state) in enumerate(marks):
        if state in _SERVING and (until is None or day < until):
            spans.clear()  # what was served before belongs to an earlier sentence
        if state not in _STAYS:
            continue
        end = _end(marks[place + 1] if place + 1 < len(marks) else None)
        if end is not None and end < day:
            continue
        stay = Custody(_STAYS[state], day, end)
        before = spans[-1] if spans else None
        if before and _is_one(before, stay):
            # Custody that ran without a break is one stay: half days are rounded once.
            spans[-1] = replace(before, kind=stay.kind, end=end)
        else:
            spans.append(stay)
    return spans


def _is_one(before: Custody, stay: Custody) -> bool:
    """Whether a stay runs on without a break in custody of the same worth."""
    unbroken = before.end is None or before.end >= stay.start - _DAY
    return unbroken and (before.kind == stay.kind or {before.kind, stay.kind} <= {"detention", "remand"})


def _end(following: tuple[datetime.date, str] | None) -> datetime.date | None:
    """The last day of a stay by what came next; None where it ran on into a sentence, or lasts."""
    if following is None or following[1] in _SERVING:
        return None
    day, state = following
    return day - _DAY if state else day


def _arrests(events: Sequence[CustodyEvent], found: Derived, assumptions: Mapping[str, str]) -> Computed:
    """Administrative arrests of the present custody, one after another."""
    episode = projecting.lasting(found)
    arrests = [row for row in events if row.stands and row.kind in _ARRESTS and row.days]
    if episode is None or episode.start is None or not arrests:
        raise CannotDo(gettext("There is no sentence yet, and no arrest with its number of days, to compute from."))
    begun = episode.start.earliest
    terms = [row.days or 0 for row in arrests if not row.on or row.on.latest >= begun]
    day = episode.start.as_date()
    if day is None or not terms:
        raise CannotDo(gettext("The day on which the arrest began is not known."))
    first = next((row for row in events if str(row.id) == episode.start_event), None)
    detained = datetime.datetime.combine(day, first.hour) if first is not None and first.hour else day
    return jurisdiction.compute_administrative(detained, terms, assumptions=assumptions)


def may_ask_from(sentence: Sentence, computed: Computed) -> Eligibility | None:
    """The first day on which early release can be asked for; None while it cannot be told."""
    start = next((dict(line.params)["start"] for line in computed.lines if line.code == "term"), None)
    if not sentence.category or not sentence.term or not isinstance(start, datetime.date):
        return None
    return jurisdiction.parole_eligibility(
        start,
        sentence.term,
        sentence.category,  # type: ignore[arg-type]  # the choices are the calculator's
        extremist=None,
        assumptions={"PAR-06": "not_excluded", "PAR-07": "no"},
    )
