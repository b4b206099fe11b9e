"""A map of the oblasts with points on it, as one SVG file without scripts or outside references.

Looks are plain attributes, not styles, so that the picture is the same under any content policy.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from math import cos, radians

from throughgate.core.geo.tables import ATTRIBUTION, oblasts

WIDTH, HEIGHT, MARGIN, FOOT = 720, 640, 16, 44
# Belarus lies around this parallel: a degree of longitude is shortened by its cosine.
MIDDLE_LATITUDE = 53.7
FONT, LINE, LETTER = 13, 16, 7.6
RADIUS = 5
HALO = 'stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
LEADER_STEPS = (0, 14, 28, 42, 60, 80)

LEGEND: Mapping[str, tuple[str, str]] = {
    "en": ("exact place", "town only, exact place not shown"),
    "be": ("дакладнае месца", "толькі горад, дакладнае месца не паказана"),
    "ru": ("точное место", "только город, точное место не показано"),
}

Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Something to show at a place. `exact` is False for the middle of a town. Degrees WGS 84."""

    lat: float
    lon: float
    label: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def is_inside_frame(self) -> bool:
        return self.left >= 2 and self.top >= 2 and self.right <= WIDTH - 2 and self.bottom <= HEIGHT - FOOT


@dataclass(frozen=True, slots=True)
class _Spot:
    """All points of one place: their labels become the lines of one."""

    x: float
    y: float
    exact: bool
    lines: tuple[str, ...]

    def mark(self) -> _Box:
        return _Box(self.x - RADIUS - 2, self.y - RADIUS - 2, self.x + RADIUS + 2, self.y + RADIUS + 2)

    def boxes(self) -> Iterator[_Box]:
        """Where the label may stand: close by first, then further off at the end of a leader."""
        wide = max(map(len, self.lines)) * LETTER + 4
        high = len(self.lines) * LINE
        for step in LEADER_STEPS:
            gap = RADIUS + 4 + step
            for left, top in (
                (self.x + gap, self.y - high / 2),
                (self.x - gap - wide, self.y - high / 2),
                (self.x - wide / 2, self.y - gap - high),
                (self.x - wide / 2, self.y + gap),
                (self.x + gap, self.y - gap - high),
                (self.x + gap, self.y + gap),
                (self.x - gap - wide, self.y - gap - high),
                (self.x - gap - wide, self.y + gap),
            ):
                yield _Box(left, top, left + wide, top + high)


def oblast_map(
    points: Iterable[MapPoint],
    *,
    language: str,
    title: str,
    description: str,
    highlight: Sequence[str] = (),
) -> str:
    """The map as SVG text. `highlight` names oblasts by ISO code ("BY-HO").

    A filled dot is an exact place, a dashed ring the middle of a town. Labels never cover one
    another and stay in the frame; one for which no room is left is only the dot's own title.
    """
    spots = _spots(points)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    spoken = f'role="img" aria-labelledby="title desc" xml:lang="{escape(language)}"'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {spoken}>',
            f'<title id="title">{escape(title)}</title><desc id="desc">{escape(description)}</desc>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            *_oblast_paths(language, frozenset(highlight)),
            '<g font-family="Noto Sans, Arial, sans-serif" fill="#0b0c0c">',
            *_labels(spots),
            *map(_mark, spots),
            *_foot(language),
            "</g></svg>",
        )
    )


def _spots(points: Iterable[MapPoint]) -> list[_Spot]:
    places: dict[tuple[float, float, bool], list[str]] = {}
    for point in points:
        places.setdefault((point.lat, point.lon, point.exact), []).append(point.label)
    return [
        _Spot(*_project(lon, lat), exact, tuple(dict.fromkeys(labels))) for (lat, lon, exact), labels in places.items()
    ]


def _labels(spots: list[_Spot]) -> Iterator[str]:
    taken = [spot.mark() for spot in spots]
    for spot in sorted(spots, key=lambda spot: (spot.x, spot.y)):
        box = next((box for box in spot.boxes() if _is_free(box, taken)), None)
        if box:
            taken.append(box)
            yield _label(spot, box)


def _is_free(box: _Box, taken: list[_Box]) -> bool:
    return box.is_inside_frame() and not any(box.meets(other) for other in taken)


def _label(spot: _Spot, box: _Box) -> str:
    lines = "".join(
        f'<tspan x="{box.left + 2:.1f}" y="{box.top + LINE * number - 4:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(spot.lines, start=1)
    )
    return f'{_leader(spot, box)}<text font-size="{FONT}" {HALO}>{lines}</text>'


def _leader(spot: _Spot, box: _Box) -> str:
    x = min(max(spot.x, box.left), box.right)
    y = min(max(spot.y, box.top), box.bottom)
    if abs(x - spot.x) + abs(y - spot.y) <= 2 * (RADIUS + 4):
        return ""
    return f'<path d="M{spot.x:.1f} {spot.y:.1f}L{x:.1f} {y:.1f}" stroke="#505a5f" stroke-width="1" fill="none"/>'


def _mark(spot: _Spot) -> str:
    look = _look(exact=spot.exact)
    name = escape(", ".join(spot.lines))
    return f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{RADIUS}" {look}><title>{name}</title></circle>'


def _look(*, exact: bool) -> str:
    if exact:
        return 'fill="#0b0c0c" stroke="#ffffff" stroke-width="1"'
    return 'fill="#ffffff" stroke="#0b0c0c" stroke-width="2" stroke-dasharray="3 2"'


def _foot(language: str) -> Iterator[str]:
    x, y = MARGIN + RADIUS, HEIGHT - FOOT + 12
    for exact, words in zip((True, False), LEGEND.get(language[:2], LEGEND["en"]), strict=True):
        yield f'<circle cx="{x}" cy="{y}" r="{RADIUS}" {_look(exact=exact)}/>'
        yield f'<text x="{x + 10}" y="{y + 4}" font-size="12">{escape(words)}</text>'
        x += 30 + round(len(words) * LETTER)
    yield f'<text x="{MARGIN}" y="{HEIGHT - 10}" font-size="10" fill="#505a5f">{escape(ATTRIBUTION)}</text>'


def _oblast_paths(language: str, highlight: frozenset[str]) -> Iterator[str]:
    names = {o.code: {"be": o.name_be, "ru": o.name_ru}.get(language[:2], o.name_en) for o in oblasts()}
    yield '<g stroke="#505a5f" stroke-width="1" stroke-linejoin="round" fill-rule="evenodd">'
    for code, path in _borders().items():
        fill = "#bbd4ea" if code in highlight else "#f3f2f1"
        yield f'<path fill="{fill}" d="{path}"><title>{escape(names[code])}</title></path>'
    yield "</g>"


@cache
def _borders() -> Mapping[str, str]:
    """SVG paths of the oblasts by ISO code, in the frame of the map."""
    return {
        code: "".join(_path([_project(lon, lat) for lon, lat in ring]) for ring in rings)
        for code, rings in _rings().items()
    }


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"


@cache
def _rings() -> Mapping[str, list[Ring]]:
    """The rings of each oblast as (longitude, latitude), decoded from TopoJSON."""
    text = (files("throughgate.core.geo") / "data" / "by_adm1.topo.json").read_text(encoding="utf-8")
    topology = json.loads(text)
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    return {
        shape["id"].replace(".", "-"): [_joined(ring, arcs) for ring in shape["arcs"]]
        for shape in topology["objects"]["blr"]["geometries"]
    }


def _arc(steps: list[list[int]], transform: Mapping[str, list[float]]) -> Ring:
    """An arc of a topology: whole steps from the one before, scaled and moved to degrees."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in steps:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _joined(indexes: list[int], arcs: list[Ring]) -> Ring:
    """A ring made of arcs; a negative index, ~i, is the arc i walked backwards."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


@cache
def _frame() -> tuple[float, float, float]:
    """West edge, north edge, and units of the picture to a degree of latitude."""
    corners = [corner for rings in _rings().values() for ring in rings for corner in ring]
    west, east = min(lon for lon, _ in corners), max(lon for lon, _ in corners)
    south, north = min(lat for _, lat in corners), max(lat for _, lat in corners)
    across = (WIDTH - 2 * MARGIN) / ((east - west) * cos(radians(MIDDLE_LATITUDE)))
    return west, north, min(across, (HEIGHT - FOOT - 2 * MARGIN) / (north - south))


def _project(lon: float, lat: float) -> tuple[float, float]:
    west, north, unit = _frame()
    return MARGIN + (lon - west) * cos(radians(MIDDLE_LATITUDE)) * unit, MARGIN + (north - lat) * unit
