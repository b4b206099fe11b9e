"""A result in words: three sentences always in one order, what they rest on, and all that is wrong with them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from throughgate.core.estimation.estimates import Estimate, Interval
from throughgate.core.estimation.limits import FEWEST_LISTS
from throughgate.core.estimation.result import Found, Result
from throughgate.core.estimation.rounding import down, outward
from throughgate.core.estimation.tipping import Point
from throughgate.core.estimation.words import Words, words

# Of the curves, what is told in words; picture and JSON have every point.
SHOWN_TIMES = (1 / 4, 1 / 2, 1.0, 2.0, 4.0)
SHOWN_SHARES = (0.1, 0.2, 0.3, 0.5)


def text(result: Result, language: str = "en") -> str:
    """All there is to say, in lines, without a line end after the last. Raises `EstimationError`: no such language."""
    speaker = words(language)
    blocks = (list(block) for block in _blocks(result, speaker))
    return "\n\n".join("\n".join(block) for block in blocks if block)


def sentences(found: Found, speaker: Words) -> tuple[str, str, str]:
    """Documented; at least; probably between. The third says so where no range may be given."""
    documented = found.table.documented
    least = down(found.at_least, documented)
    return (
        speaker.say("sentence.documented", n=documented, lists=found.table.k),
        speaker.say("sentence.at_least", n=least, assumption=speaker.say("assumption.at_least")),
        _between(found, speaker),
    )


def shown(interval: Interval, documented: int, speaker: Words) -> str:
    """9,000–12,000, rounded outward; "at least 9,000" where there is no upper end."""
    low, high = outward(interval, documented)
    if not isinstance(high, int):
        return speaker.say("text.at_least", n=low)
    return speaker.say("text.range", low=low, high=high)


def _between(found: Found, speaker: Words) -> str:
    if found.interval is None:
        return speaker.say("sentence.no_range")
    low, high = outward(found.interval, found.table.documented)
    return speaker.say("sentence.between", low=low, high=high, assumption=speaker.say("assumption.combined"))


def _blocks(result: Result, speaker: Words) -> Iterator[Iterator[str]]:
    yield _told(result, speaker)
    yield _light(result.whole, speaker)
    yield _rests(result, speaker)
    yield _strata(result, speaker)
    yield _methods(result, speaker)
    yield _without(result, speaker)
    yield from _tipping(result, speaker)
    yield _warnings(result, speaker)
    yield _stamp(result, speaker)


def _told(result: Result, speaker: Words) -> Iterator[str]:
    yield from sentences(result.whole, speaker)
    yield speaker.say("sentence.unreachable")
    if result.linkages > 1:
        yield speaker.say("sentence.linkages", n=result.linkages)
    if result.dropped:
        yield speaker.say("sentence.dropped", n=result.dropped)


def _light(found: Found, speaker: Words) -> Iterator[str]:
    yield f"{speaker.say('heading.light')}: {speaker.say(f'light.{found.light.colour}')}."
    yield from (f"  {speaker.reason(reason)}" for reason in found.light.reasons)


def _rests(result: Result, speaker: Words) -> Iterator[str]:
    yield f"{speaker.say('heading.rests')}:"
    yield f"  {speaker.say('text.identifying')}"
    yield from (f"  {speaker.say(f'bound.{reason}')}" for reason in result.whole.bound)
    if result.tipping and result.tipping.unreachable:
        yield f"  {speaker.say('text.tables')}"


def _strata(result: Result, speaker: Words) -> Iterator[str]:
    if result.strata:
        yield f"{speaker.say('heading.strata')}:"
    for name, found in result.strata.items():
        yield f"  {speaker.say('sentence.stratum', name=name)}"
        yield from (f"    {sentence}" for sentence in sentences(found, speaker))
        yield from (f"    {line}" for line in _light(found, speaker))


def _methods(result: Result, speaker: Words) -> Iterator[str]:
    if result.parts and not result.whole.light.is_red:
        yield f"{speaker.say('heading.methods')}:"
        for each in result.parts:
            yield _row(speaker.method(each.method), each, speaker)


def _without(result: Result, speaker: Words) -> Iterator[str]:
    if result.without and not result.whole.light.is_red:
        yield f"{speaker.say(f'heading.{_left_out(result)}')}:"
        for name, each in result.without.items():
            yield _row(without(name, result, speaker), each, speaker)


def without(name: str, result: Result, speaker: Words) -> str:
    """What came out without that list; the two that three leave give a span of assumptions, and no 95 %."""
    return speaker.say(f"method.{_left_out(result)}", list=name)


def _left_out(result: Result) -> str:
    return "without" if result.table.k > FEWEST_LISTS else "without_one_of_three"


def _row(name: str, estimate: Estimate, speaker: Words) -> str:
    told = shown(estimate.interval, 0, speaker) if estimate.exists else speaker.say("text.none")
    return f"  {speaker.say('text.row', name=name, range=told)}"


def _tipping(result: Result, speaker: Words) -> Iterator[Iterator[str]]:
    if result.tipping is None:
        return
    documented = result.table.documented
    dependence = (point for point in result.tipping.dependence if any(math.isclose(point.at, at) for at in SHOWN_TIMES))
    yield _curve("two_lists" if result.table.k == 2 else "dependence", dependence, documented, speaker)
    if result.table.k == 2:
        return
    shares = (Point(100 * point.at, point.interval) for point in result.tipping.unreachable if point.at in SHOWN_SHARES)
    yield _curve("unreachable", shares, documented, speaker)


def _curve(key: str, points: Iterable[Point], documented: int, speaker: Words) -> Iterator[str]:
    yield f"{speaker.say(f'heading.{key}')}:"
    if key == "two_lists":
        yield f"  {speaker.say('text.two_lists')}"
    for point in points:
        told = shown(point.interval, documented, speaker)
        yield f"  {speaker.say(f'text.{key}_row', at=point.at, range=told)}"


def _warnings(result: Result, speaker: Words) -> Iterator[str]:
    named = [(speaker.method(each.method), each) for each in result.parts]
    named += [(without(name, result, speaker), each) for name, each in result.without.items()]
    lines = [
        f"  {speaker.say('text.row', name=name, range=' '.join(map(speaker.reason, each.warnings)))}"
        for name, each in named
        if each.warnings
    ]
    if lines:
        yield f"{speaker.say('heading.warnings')}:"
        yield from lines


def _stamp(result: Result, speaker: Words) -> Iterator[str]:
    stamp = result.stamp
    settings = "".join(f", {name} {value}" for name, value in stamp.settings.items())
    told = speaker.say("text.stamp", input=stamp.input, version=stamp.version, seed=str(stamp.seed), settings=settings)
    yield f"{speaker.say('heading.stamp')}: {told}"
