"""Outcomes of a case as a table of questions and points."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from throughgate.access.acting import current_actor
from throughgate.casework.forms.outcomes import (
    DECLINED,
    NOT_ASKED,
    POINTS,
    QUESTIONS,
    UNKNOWN,
    answer_words,
    question_words,
)
from throughgate.casework.models import Case, Outcome
from throughgate.casework.rights import Right
from throughgate.codelists import codes
from throughgate.custody.models import Standing
from throughgate.kit import show
from throughgate.people.models import Person


@dataclass(frozen=True)
class Point:
    """A column: its words, the day it falls on where the release is known, where and whether it was recorded."""

    words: str
    day: date | None
    url: str
    status: SafeString


@dataclass(frozen=True)
class Cell:
    words: str
    html: SafeString
    empty: bool


@dataclass(frozen=True)
class Grid:
    """The outcomes of one release of one case. `lines`: (question, its cell at each point)."""

    title: str
    points: list[Point]
    lines: list[tuple[str, list[Cell]]]
    may_record: bool


def point_words(point: int) -> str:
    if point == 0:
        return gettext("day of release")
    return ngettext("day %(count)s", "day %(count)s", point) % {"count": point}


def shown_answer(row: Outcome | None) -> SafeString:
    """An answer with how we know; not known, declined, not asked and nothing recorded look different."""
    if row is None:
        return show.EMPTY
    words = answer_words(row.question, row.answer)
    if row.answer == UNKNOWN:
        return format_html('<span class="tg-unknown">{}</span>', words)
    if row.answer == DECLINED:
        return show.tag(words, "neutral")
    if row.answer == NOT_ASKED:
        return format_html('<span class="tg-muted">{}</span>', words)
    how = codes.label("evidence_grade", row.evidence)
    return format_html('{}<br><span class="tg-muted tg-small">{}</span>', words, how)


def grids(person: Person) -> list[Grid]:
    """A grid for every active case, and for every earlier release that has outcomes. Three queries."""
    cases = list(Case.objects.about(person).order_by("-created_at"))
    found: dict[tuple[Any, int], dict[tuple[int, str], Outcome]] = {}
    for row in Outcome.objects.about(person):
        found.setdefault((row.case_id, row.round), {})[row.point, row.question] = row
    standing = Standing.objects.about(person).first()
    released = standing.released_on.earliest if standing and standing.released_on else None
    shown = []
    for case in cases:
        if case.is_active or (case.id, case.round) in found:
            shown.append(_grid(case, case.round, found.get((case.id, case.round), {}), released))
        shown += [
            _grid(case, number, rows, None)
            for (case_id, number), rows in found.items()
            if case_id == case.id and number != case.round
        ]
    return shown


def _grid(case: Case, number: int, rows: dict[tuple[int, str], Outcome], released: date | None) -> Grid:
    now = number == case.round
    counts = Counter(point for point, _question in rows)
    points = [_point(case, point, released, counts[point]) for point in POINTS]
    lines = [(question_words(name), [_cell(point, rows.get((point, name))) for point in POINTS]) for name in QUESTIONS]
    title = gettext("%(case)s, %(reference)s") % {
        "case": codes.label("case_kind", case.kind),
        "reference": case.reference,
    }
    if not now:
        title = gettext("%(title)s, earlier release") % {"title": title}
    return Grid(title, points, lines, now and case.is_active and current_actor().has(Right.WORK))


def _cell(point: int, row: Outcome | None) -> Cell:
    return Cell(point_words(point), shown_answer(row), row is None)


def _point(case: Case, point: int, released: date | None, recorded: int) -> Point:
    day = released + timedelta(days=point) if released else None
    url = reverse("casework:measure_outcomes", args=[case.reference, point])
    return Point(point_words(point), day, url, _status(day, recorded))


def _status(day: date | None, recorded: int) -> SafeString:
    if recorded:
        words = ngettext("%(count)s answer", "%(count)s answers", recorded) % {"count": recorded}
        return show.tag(words, "good" if recorded == len(QUESTIONS) else "progress")
    if day is not None and day <= timezone.localdate():
        return show.tag(gettext("to be asked"), "warn")
    return SafeString("")
