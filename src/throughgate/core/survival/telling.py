"""A study as a text for a reader, in English, Belarusian or Russian. No share is told without its interval."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator

from throughgate.core.dates.showing import format_date, known_language
from throughgate.core.survival.cox import Regression
from throughgate.core.survival.refusing import Note
from throughgate.core.survival.study import Group, Reading, Study
from throughgate.core.survival.words import EVENTS, SENTENCES

MOVES = 0.01  # a coefficient with a smaller p of changing over time is told to change


def tell(study: Study, language: str = "en") -> str:
    """The whole text, sections divided by empty lines."""
    say = Sayer(known_language(language))
    parts = [[say("title")], *([[say.as_of(study.as_of)]] if study.as_of else [])]
    for group in study.groups:
        parts += [list(section) for section in _group(group, say)]
    parts += [list(_tests(study, say)), *([*_regression(each, say)] for each in study.regressions)]
    parts.append(list(_reading(study, say)))
    parts.append([say("stamp", **{name: study.stamp[name] for name in ("input", "version", "seed")})])
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


class Sayer:
    """Sentences, names of events, and numbers in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, code: str, **values: object) -> str:
        return SENTENCES[code][self.language].format_map(values)

    def event(self, name: str) -> str:
        """The event in words; a name of the user's own is told as it is."""
        return EVENTS.get(name, {}).get(self.language, name)

    def percent(self, share: float, *, up: bool) -> str:
        """Two figures at most, rounded away from the middle of the interval."""
        number = min(max(share, 0.0), 1.0) * 100
        step = 0.1 if number < 1 else 1.0
        rounded = (math.ceil(number / step - 1e-9) if up else math.floor(number / step + 1e-9)) * step
        shown = f"{rounded:.1f}" if 0 < rounded < 1 else f"{rounded:.0f}"
        return f"{self.decimal(shown)} %"

    def number(self, value: float, *, up: bool, figures: int = 2) -> str:
        """So many figures at most, rounded away from the middle."""
        if value <= 0:
            return "0"
        step = 10.0 ** (math.floor(math.log10(value)) - figures + 1)
        rounded = (math.ceil(value / step - 1e-9) if up else math.floor(value / step + 1e-9)) * step
        return self.decimal(f"{rounded:.{max(0, -math.floor(math.log10(step)))}f}")

    def days(self, value: float, *, up: bool) -> str:
        """Whole days, rounded away from the middle."""
        return str(math.ceil(value - 1e-9) if up else math.floor(value + 1e-9))

    def decimal(self, shown: str) -> str:
        return shown if self.language == "en" else shown.replace(".", ",")

    def as_of(self, day: int) -> str:
        text = self("as_of", date=format_date(datetime.date.fromordinal(day), self.language))
        return text.replace("г..", "г.")

    def name(self, group: Group) -> str:
        return ", ".join(f"{heading} = {value}" for heading, value in group.name) or self("everybody")


def _group(group: Group, say: Sayer) -> Iterator[Iterator[str]]:
    yield _counted(group, say)
    for day in dict.fromkeys(each.day for each in group.readings):
        yield _by_day(day, [each for each in group.readings if each.day == day], say)
    if group.undrawn:
        yield _undrawn(group, say)
    if group.beyond:
        yield iter([say("beyond", days=min(group.beyond))])
    if group.windows:
        yield _windows(group, say)
    if group.means:
        yield _means(group, say)
    if group.counts:
        yield _counts(group, say)


def _counted(group: Group, say: Sayer) -> Iterator[str]:
    yield f"== {say.name(group)} =="
    yield say("persons", n=group.persons)
    for event, number in group.ended.items():
        yield f"  {say.event(event)}: {number}"
    yield "  " + say("followed", n=group.followed)
    yield "  " + say("lost", n=group.lost)
    if group.late:
        yield "  " + say("late", n=group.late)


def _by_day(day: int, readings: list[Reading], say: Sayer) -> Iterator[str]:
    yield say("by_day", day=day)
    for each in readings:
        low, high = say.percent(each.share.low, up=False), say.percent(each.share.high, up=True)
        if each.best is None or each.worst is None:
            yield "  " + say("share", event=say.event(each.event), low=low, high=high)
            continue
        least = say.percent(min(each.best.low, each.share.low), up=False)
        most = say.percent(max(each.worst.high, each.share.high), up=True)
        yield "  " + say("share_lost", event=say.event(each.event), low=low, high=high, least=least, most=most)


def _undrawn(group: Group, say: Sayer) -> Iterator[str]:
    yield say("undrawn")
    for each in group.undrawn:
        low, high = say.percent(each.low, up=False), say.percent(each.high, up=True)
        yield "  " + say("count", day=each.day, event=say.event(each.event), low=low, high=high)


def _windows(group: Group, say: Sayer) -> Iterator[str]:
    yield say("windows")
    for each in group.windows:
        yield "  " + say(
            "window", day=each.day, complete=each.complete, waiting=each.waiting, free=each.free, unknown=each.unknown
        )
        for event, number in each.had.items():
            low, high = each.shares[event]
            yield "    " + say(
                "rate",
                event=say.event(event),
                n=number,
                low=say.percent(low, up=False),
                high=say.percent(high, up=True),
            )


def _means(group: Group, say: Sayer) -> Iterator[str]:
    means = group.means
    assert means is not None
    low, high = say.days(means.free.low, up=False), say.days(means.free.high, up=True)
    yield say("means", tau=f"{means.tau:g}", low=low, high=high)
    for event, lost in means.lost.items():
        low, high = say.days(lost.low, up=False), say.days(lost.high, up=True)
        yield "  " + say("days_lost", event=say.event(event), low=low, high=high)


def _counts(group: Group, say: Sayer) -> Iterator[str]:
    yield say("repeated")
    for event, count in group.counts.items():
        for day in dict.fromkeys(each.day for each in group.readings):
            if day <= count.until:
                _, low, high = count.at(day)
                low_said, high_said = say.number(100 * low, up=False), say.number(100 * high, up=True)
                yield "  " + say("count", day=day, event=say.event(event), low=low_said, high=high_said)


def _tests(study: Study, say: Sayer) -> Iterator[str]:
    if study.tests:
        yield say("comparisons")
    for event, tests in study.tests.items():
        for test in tests:
            p = say.percent(test.p, up=True)
            yield "  " + say(test.name, event=say.event(event), p=say("differ", p=p))


def _regression(found: Regression, say: Sayer) -> Iterator[str]:
    yield say("regression", event=say.event(found.event), persons=found.persons, events=found.events)
    for each in found.coefficients:
        low, high = say.number(each.low, up=False, figures=4), say.number(each.high, up=True, figures=4)
        yield "  " + say("ratio", column=each.name, low=low, high=high)
    for name, p in found.moving.items():
        if p < MOVES:
            yield "  " + say("moving", column=name)


def _reading(study: Study, say: Sayer) -> Iterator[str]:
    yield say("assumptions")
    codes = ["ninety_five", "assume", *(["assume_lost"] if study.groups[0].lost else []), "competing"]
    events = study.groups[0].shares.names
    codes += ["political"] if any("political" in event for event in events) else []
    codes += ["missing", "exact"]
    codes += ["weighted"] if study.weighted else []
    codes += ["no_windows"] if not study.groups[0].windows else []
    codes += ["imputed"] if study.fuzzy else []
    codes += ["robust"] if any(test.variance == "robust" for tests in study.tests.values() for test in tests) else []
    for code in codes:
        yield "  " + say(code)
    for note in study.notes:
        if note.code == "refused":
            yield "  " + say(
                "refused",
                where=": ".join(part for part in (note.about and say.event(note.about), _why(note, say)) if part),
            )
        elif note.code != "imputed":
            yield "  " + say(note.code, where=note.about or say("everybody"))


def _why(note: Note, say: Sayer) -> str:
    """In the reader's language, or in English where there is no such sentence."""
    values = {name: say.event(value) if isinstance(value, str) else value for name, value in note.values}
    return say(note.sentence, **values) if note.sentence else note.why
