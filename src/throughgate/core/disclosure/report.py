"""What is told to who made a table: how it was made coarser, how much is shown, what it was checked against."""

from __future__ import annotations

from collections.abc import Iterator

from throughgate.core.disclosure.dimensions import TIME
from throughgate.core.disclosure.protecting import Protected
from throughgate.core.disclosure.release import WITHHELD
from throughgate.core.disclosure.words import words
from throughgate.core.estimation.words import Words


def report(made: Protected, *, before: int, add_up: bool, apart: bool = True, language: str = "en") -> str:
    """Lines without a line end after the last. *before*: releases it was checked against. *apart*: whether it is known
    who told of whom. Raises DisclosureError where there is no such language."""
    return "\n".join(_lines(made, before, add_up, apart, words(language)))


def _lines(made: Protected, before: int, add_up: bool, apart: bool, speaker: Words) -> Iterator[str]:
    release = made.release
    by = (
        speaker.say("report.dimension", name=_level(axis.level, speaker), n=len(axis.labels)) for axis in release.axes
    )
    yield speaker.say("report.by", by=", ".join(by))
    yield speaker.say("report.add_up" if add_up else "report.down")
    yield _coarser(made, speaker)
    shown = int((release.shown != WITHHELD).sum())
    yield speaker.say("report.shown", shown=shown, n=release.shown.size)
    yield speaker.say("report.withheld", own=int(release.telling.sum()), others=made.for_others)
    yield speaker.say("report.checked", n=before) if before else speaker.say("report.first")
    if not apart:
        yield speaker.say("report.cells")


def _coarser(made: Protected, speaker: Words) -> str:
    if not made.steps:
        return speaker.say("report.not_coarser")
    steps = (
        speaker.say("report.step", before=_level(before, speaker), after=_level(after, speaker))
        for before, after in made.steps
    )
    return speaker.say("report.coarser", steps="; ".join(steps))


def _level(level: str, speaker: Words) -> str:
    """A level of time as its column and the word for its unit; any other is a column."""
    column, _, unit = level.rpartition(":")
    return f"{column}: {speaker.say(f'level.{unit}')}" if column and unit in TIME else level
