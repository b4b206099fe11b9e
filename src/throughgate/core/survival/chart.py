"""A picture of the curves: shares with each event by group, their intervals, and how many are in view.

SVG without script or font; readable on light and on dark, and without colours: lines are dashed differently.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np

from throughgate.core.survival.persons import Floats
from throughgate.core.survival.study import Group, Study
from throughgate.core.survival.telling import Sayer

WIDTH, HEIGHT, LEFT, TOP, LINE = 720, 300, 64, 30, 18
PLOT = WIDTH - LEFT - 24
COLOURS = ("#1f6fb4", "#c4520a", "#2b8a4b", "#a33a8e", "#8a6d00", "#5b5bd6", "#b3263c", "#3c7f8c")
DASHES = ("", "8 4", "2 3", "10 3 2 3", "4 4", "1 4", "12 4", "6 2 2 2")
TOPS = (0.04, 0.08, 0.2, 0.4, 0.6, 0.8, 1.0)  # ends of the axis whose quarters are round
POINTS = 300  # steps drawn of one curve at most
STYLE = (
    "text{font:13px sans-serif;fill:#1a1a1a}.axis{stroke:#767676;stroke-width:1}"
    ".grid{stroke:#767676;stroke-opacity:.25}"
    ".paper{fill:#fff}.mark{fill:none;stroke:#767676;stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#eee}.paper{fill:#1a1a1a}.axis{stroke:#999}}"
)


def draw(study: Study, language: str = "en") -> str:
    """The picture; one panel for each group (everybody alone where there are none)."""
    say = Sayer(language)
    groups = study.groups[1:] or study.groups
    shown = max(float(group.shares.days[-1]) for group in groups)
    until = max(1.0, min(shown, float(max(study.settings.days))))
    highest = max(_highest(group, until) for group in groups)
    top = next(top for top in TOPS if top >= highest)
    names = study.groups[0].shares.names
    marked = any(group.undrawn for group in groups)
    legend = 12 + LINE * (len(names) + marked)
    panel = TOP + HEIGHT + 3 * LINE + 24
    height = legend + panel * len(groups) + LINE
    title = say("title")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" lang="{say.language}">',
        f"<title>{escape(title)}</title><desc>{escape(_described(study, say))}</desc>",
        f'<style>{STYLE}</style><rect class="paper" width="{WIDTH}" height="{height}"/>',
        *_legend(names, say, marked=marked),
    ]
    for number, group in enumerate(groups):
        parts.append(f'<g transform="translate(0 {legend + number * panel})">')
        parts += _panel(group, until, top, say)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>\n"])


def _described(study: Study, say: Sayer) -> str:
    last = study.groups[0].readings[-len(study.groups[0].shares.names) or 1 :]
    return "; ".join(
        say("by_day", day=each.day) + " " + say(
            "share", event=say.event(each.event), low=say.percent(each.share.low, up=False),
            high=say.percent(each.share.high, up=True),
        )
        for each in last
    )  # fmt: skip


def _highest(group: Group, until: float) -> float:
    shown = group.shares.days <= until
    highs = [*group.shares.share[2][:, shown].max(axis=1, initial=0), *(each.high for each in group.undrawn)]
    return float(min(1.0, max(highs, default=0)))


def _legend(names: tuple[str, ...], say: Sayer, *, marked: bool) -> Iterator[str]:
    for number, name in enumerate(names):
        y = 14 + LINE * number
        yield f'<path d="M{LEFT} {y}h36" {_line(number)}/>'
        yield f'<text x="{LEFT + 46}" y="{y + 4}">{escape(say.event(name))}</text>'
    if marked:
        y = 14 + LINE * len(names)
        yield f'<path class="mark" d="{_bar(LEFT + 18, y - 7, y + 7)}"/>'
        yield f'<text x="{LEFT + 46}" y="{y + 4}">{escape(say("undrawn"))}</text>'


def _panel(group: Group, until: float, top: float, say: Sayer) -> Iterator[str]:
    yield f'<text x="{LEFT}" y="{TOP - 10}" font-weight="bold">{escape(say.name(group))}</text>'
    yield from _axes(group, until, top, say)
    shares = group.shares
    for number in range(len(shares.names)):
        low, high = (part[number] for part in shares.share[1:])
        yield _band(shares.days, low, high, until, top, COLOURS[number % len(COLOURS)])
    for number in range(len(shares.names)):
        path = _steps(shares.days, shares.share[0][number], until, top)
        yield f'<path d="M{path}" {_line(number)}/>'
    for each in group.undrawn:
        if each.day <= until:
            number = shares.names.index(each.event)
            x = LEFT + each.day / until * PLOT - 6 * (len(shares.names) - number)
            high, low = (TOP + HEIGHT - share / top * HEIGHT for share in (each.high, each.low))
            yield f'<path d="{_bar(x, high, low)}" {_line(number, dashed=False)}/>'


def _bar(x: float, high: float, low: float) -> str:
    """An interval at one day."""
    return f"M{x - 3:.1f} {high:.1f}h6M{x - 3:.1f} {low:.1f}h6M{x:.1f} {high:.1f}V{low:.1f}"


def _axes(group: Group, until: float, top: float, say: Sayer) -> Iterator[str]:
    bottom = TOP + HEIGHT
    for part in range(5):
        y, share = bottom - part / 4 * HEIGHT, top * part / 4
        yield f'<path class="grid" d="M{LEFT} {y:.1f}h{PLOT}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{say.decimal(f"{share * 100:.3g}")} %</text>'
    yield f'<path class="axis" fill="none" d="M{LEFT} {TOP}v{HEIGHT}h{PLOT}"/>'
    for day in _ticks(until):
        x = LEFT + day / until * PLOT
        place = int(np.searchsorted(group.shares.days, day, side="right")) - 1
        people = int(group.shares.people[place])
        yield f'<text x="{x:.1f}" y="{bottom + LINE}" text-anchor="middle">{day:g}</text>'
        yield f'<text x="{x:.1f}" y="{bottom + 3 * LINE}" text-anchor="middle">{people}</text>'
    yield f'<text x="{LEFT + PLOT / 2}" y="{bottom + 2 * LINE}" text-anchor="middle">{escape(say("axis_days"))}</text>'
    yield f'<text x="4" y="{bottom + 4 * LINE - 4}">{escape(say("at_risk"))} ↑</text>'


def _ticks(until: float) -> list[float]:
    for step in (1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730, 1095):
        if until / step <= 8:
            return [float(day) for day in range(0, int(until) + 1, step)]
    return [0.0, until]


def _band(days: Floats, low: Floats, high: Floats, until: float, top: float, colour: str) -> str:
    forth = _steps(days, high, until, top)
    back = _steps(days, low, until, top).split("L")
    return f'<path d="M{forth}L{"L".join(reversed(back))}Z" fill="{colour}" fill-opacity=".16"/>'


def _steps(days: Floats, values: Floats, until: float, top: float) -> str:
    """Corners of a step function, thinned where there are more than can be seen."""
    shown = np.flatnonzero(days <= until)
    if len(shown) > POINTS:
        shown = shown[np.linspace(0, len(shown) - 1, POINTS).astype(int)]
    x = LEFT + np.append(days[shown], until) / until * PLOT
    y = TOP + HEIGHT - np.minimum(values[shown], top) / top * HEIGHT
    corners = [f"{x[0]:.1f} {y[0]:.1f}"]
    for place in range(1, len(x)):
        corners.append(f"{x[place]:.1f} {y[place - 1]:.1f}")
        if place < len(y):
            corners.append(f"{x[place]:.1f} {y[place]:.1f}")
    return "L".join(corners)


def _line(number: int, *, dashed: bool = True) -> str:
    dash = DASHES[number % len(DASHES)] if dashed else ""
    said = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="none" stroke="{COLOURS[number % len(COLOURS)]}" stroke-width="2"{said}'
