"""A result as one SVG picture: the forest of all methods, and the curves of what cannot be checked.

No script, no font, nothing from elsewhere. Title and description are what a screen reader says of it, so they hold the
three sentences. Colours follow the reader's light or dark theme; nothing is told by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from throughgate.core.estimation.estimates import Estimate, Interval
from throughgate.core.estimation.result import Result
from throughgate.core.estimation.text import sentences, shown, without
from throughgate.core.estimation.tipping import Point
from throughgate.core.estimation.words import Words, words

WIDTH = 880
LEFT = 410
RIGHT = WIDTH - 30
ROW = 26
PANEL = 220
STYLE = """
.paper { fill: #fff } text { fill: #1a1a1a; font: 14px sans-serif } .small { font-size: 12px }
.head { font-weight: bold } line, path.line { stroke: #1a1a1a; stroke-width: 2; fill: none }
line.grid { stroke: #c8c8c8; stroke-width: 1 }
line.main { stroke: #00508c; stroke-width: 6 } path.mark { fill: #1a1a1a } path.band { fill: #9cc3e0; stroke: none }
@media (prefers-color-scheme: dark) {
.paper { fill: #16181b } text { fill: #f0f0f0 } line, path.line { stroke: #f0f0f0 } line.grid { stroke: #4a4f55 }
line.main { stroke: #7cc0f5 } path.mark { fill: #f0f0f0 } path.band { fill: #2d5675 }
}
"""


@dataclass(frozen=True)
class Bar:
    """A line of the forest. A bar whose end is infinite leaves the picture as an arrow."""

    name: str
    interval: Interval
    told: str
    main: bool = False


@dataclass(frozen=True)
class Axis:
    """Persons -> pixels, logarithmic."""

    low: float
    high: float
    left: float
    right: float

    def at(self, persons: float) -> float:
        share = math.log(min(max(persons, self.low), self.high) / self.low) / math.log(self.high / self.low)
        return round(self.left + share * (self.right - self.left), 1)

    def ticks(self) -> list[int]:
        """1, 2 and 5 times the powers of ten within; where those are few, every power's tenth."""
        for steps in ((1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9)):
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            found = sorted({round(step * 10**power) for power in powers for step in steps})
            inside = [tick for tick in found if self.low <= tick <= self.high]
            if len(inside) >= 3:
                return inside
        return sorted({math.ceil(self.low), math.floor(self.high)})


def chart(result: Result, language: str = "en") -> str:
    """The picture. Raises `EstimationError`: no such language."""
    speaker = words(language)
    bars = list(_bars(result, speaker))
    body: list[str] = []
    y = _forest(body, bars, speaker.say("chart.forest"), speaker)
    for key, points, unit in _curves(result):
        y = _curve(body, points, speaker.say(f"chart.{key}"), unit, y, speaker)
    y = _foot(body, result, speaker, y)
    return "\n".join([*_head(result, speaker, y), *body, "</svg>", ""])


def _head(result: Result, speaker: Words, height: float) -> Iterator[str]:
    _, at_least, between = sentences(result.whole, speaker)
    desc = speaker.say(
        "chart.desc",
        documented=result.table.documented,
        at_least=at_least,
        between=between,
        unreachable=speaker.say("sentence.unreachable"),
    )
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" lang="{speaker.language}" aria-labelledby="title desc">'
    )
    yield f'<title id="title">{escape(speaker.say("chart.title"))}</title>'
    yield f'<desc id="desc">{escape(desc)}</desc>'
    yield f"<style>{STYLE}</style>"
    yield f'<rect class="paper" width="{WIDTH}" height="{height}"/>'


def _bars(result: Result, speaker: Words) -> Iterator[Bar]:
    whole = result.whole
    documented = whole.table.documented
    yield Bar(speaker.method("documented"), Interval(documented, documented), speaker.say("number.plain", n=documented))
    bound = Interval(float(max(whole.at_least, documented)), math.inf)
    yield Bar(speaker.method("at_least"), bound, shown(bound, documented, speaker))
    if whole.interval is None:
        return
    yield Bar(speaker.method("combined"), whole.interval, shown(whole.interval, documented, speaker), main=True)
    yield from (_bar(speaker.method(each.method), each, speaker) for each in result.parts)
    for name, each in result.without.items():
        yield _bar(without(name, result, speaker), each, speaker)


def _bar(name: str, estimate: Estimate, speaker: Words) -> Bar:
    told = shown(estimate.interval, 0, speaker) if estimate.exists else speaker.say("text.none")
    return Bar(name, estimate.interval, told)


def _axis(intervals: Sequence[Interval], left: float) -> Axis:
    ends = [end for interval in intervals for end in interval if math.isfinite(end)]
    low, high = max(min(ends), 1.0), max(ends)
    return Axis(low / 1.05, max(high, low * 1.5) * 1.15, left, RIGHT)


def _forest(body: list[str], bars: Sequence[Bar], title: str, speaker: Words) -> float:
    axis = _axis([bar.interval for bar in bars], LEFT)
    top, bottom = 50.0, 50.0 + ROW * len(bars)
    body.append(_text(20, 28, title, "head"))
    _ticks(body, axis, top - 10, bottom, speaker)
    for number, bar in enumerate(bars):
        body.extend(_drawn(bar, axis, top + ROW * number + 8))
    return bottom + 50


def _ticks(body: list[str], axis: Axis, top: float, bottom: float, speaker: Words) -> None:
    last = -math.inf
    for tick in axis.ticks():
        x = axis.at(tick)
        if x - last < 58:
            continue
        last = x
        body.append(f'<line class="grid" x1="{x}" y1="{top}" x2="{x}" y2="{bottom}"/>')
        body.append(_text(x, bottom + 18, speaker.shown(tick), "small", anchor="middle"))


def _drawn(bar: Bar, axis: Axis, y: float) -> Iterator[str]:
    yield f"<g><title>{escape(bar.name)}: {escape(bar.told)}</title>"
    yield _text(20, y + 5, _short(bar.name, 54), "head" if bar.main else "")
    left, right = axis.at(bar.interval.low), axis.at(bar.interval.high)
    kind = ' class="main"' if bar.main else ""
    if right - left < 3:
        yield f'<path class="mark" d="M{left - 5} {y} l5 -6 l5 6 l-5 6z"/>'
    else:
        yield f'<line{kind} x1="{left}" y1="{y}" x2="{right}" y2="{y}"/>'
        yield f'<line x1="{left}" y1="{y - 6}" x2="{left}" y2="{y + 6}"/>'
    if math.isinf(bar.interval.high):
        yield f'<path class="mark" d="M{right} {y - 6} l9 6 l-9 6z"/>'
    elif right - left >= 3:
        yield f'<line x1="{right}" y1="{y - 6}" x2="{right}" y2="{y + 6}"/>'
    yield "</g>"


def _curves(result: Result) -> Iterator[tuple[str, tuple[Point, ...], float]]:
    """Which curve, its points, and by what the values on its axis are multiplied to be read."""
    if result.tipping is None:
        return
    key = "tipping_two_lists" if result.table.k == 2 else "tipping_dependence"
    for name, points, unit in ((key, result.tipping.dependence, 1), (
        "tipping_unreachable", result.tipping.unreachable, 100
    )):  # fmt: skip
        if points:
            yield name, points, unit


def _curve(body: list[str], points: tuple[Point, ...], title: str, unit: float, top: float, speaker: Words) -> float:
    """A band between both ends of the interval, over the values tried, evenly spaced."""
    finite = [point for point in points if math.isfinite(point.interval.high)]
    if len(finite) < 2:
        return top
    axis = _axis([point.interval for point in finite], 0)
    upper, lower = top + 45, top + PANEL - 40

    def y(persons: float) -> float:
        share = axis.at(persons) / RIGHT
        return round(lower - share * (lower - upper), 1)

    def x(number: int) -> float:
        return round(100 + number * (RIGHT - 100) / (len(finite) - 1), 1)

    body.append(_text(20, top + 22, title, "head"))
    highs = [f"{x(number)} {y(point.interval.high)}" for number, point in enumerate(finite)]
    lows = [f"{x(number)} {y(point.interval.low)}" for number, point in enumerate(finite)]
    last = math.inf
    for tick in axis.ticks():
        if last - y(tick) < 18:
            continue
        last = y(tick)
        body.append(f'<line class="grid" x1="100" y1="{y(tick)}" x2="{RIGHT}" y2="{y(tick)}"/>')
        body.append(_text(92, y(tick) + 4, speaker.shown(tick), "small", anchor="end"))
    body.append(f'<path class="band" d="M{" L".join([*highs, *reversed(lows)])}z"/>')
    body.extend(f'<path class="line" d="M{" L".join(ends)}"/>' for ends in (highs, lows))
    every = 1 if len(finite) <= 11 else 4
    for number, point in list(enumerate(finite))[::every]:
        body.append(_text(x(number), lower + 20, speaker.shown(unit * point.at), "small", anchor="middle"))
    return top + PANEL + 20


def _foot(body: list[str], result: Result, speaker: Words, top: float) -> float:
    """What must go wherever the picture goes: what is not included, and the light."""
    light = result.whole.light
    told = (
        speaker.say("sentence.unreachable"),
        f"{speaker.say('heading.light')}: {speaker.say(f'light.{light.colour}')}.",
        *(speaker.reason(reason) for reason in light.reasons),
    )
    for number, line in enumerate(told):
        body.append(_text(20, top + 18 * number, _short(line, 135), "small"))
    return top + 18 * len(told) + 10


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{escape(text)}</text>'


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
