"""The map is one safe picture whose labels can be read."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from throughgate.core.geo import MapPoint, institutions, oblast_map
from throughgate.core.geo.maps import FOOT, HEIGHT, WIDTH, _borders, _labels, _project, _spots

SVG = "{http://www.w3.org/2000/svg}"
ALL = [MapPoint(e.lat, e.lon, e.code, e.coord_precision == "site") for e in institutions() if e.lat and e.lon]


def drawn(*points: MapPoint, highlight: tuple[str, ...] = (), language: str = "be") -> ET.Element:
    return ET.fromstring(
        oblast_map(points, language=language, title="Месцы <&>", description="Апісанне", highlight=highlight)
    )


def test_it_says_what_it_shows() -> None:
    picture = drawn()
    assert picture.findtext(f"{SVG}title") == "Месцы <&>"
    assert picture.findtext(f"{SVG}desc") == "Апісанне"
    assert picture.get("role") == "img"


def test_nothing_in_it_runs_or_reaches_out() -> None:
    text = oblast_map([MapPoint(53.9, 27.5, '"><script>', exact=True)], language="en", title="t", description="d")
    assert "<script" not in text
    assert re.findall(r"href|url\(|style|\bon\w+=|@import", text) == []
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]


def test_all_oblasts_are_drawn_inside_the_frame() -> None:
    assert len(_borders()) == 7
    for path in _borders().values():
        for x, y in re.findall(r"([\d.]+) ([\d.]+)", path):
            assert 0 <= float(x) <= WIDTH
            assert 0 <= float(y) <= HEIGHT - FOOT


def test_borders_are_closed_and_join_their_arcs_without_jumps() -> None:
    for path in _borders().values():
        for ring in path.split("M")[1:]:
            corners = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", ring)]
            assert corners[0] == corners[-1]
            assert max(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(corners)) < 40


def test_north_is_up_and_east_is_right() -> None:
    (brest_x, brest_y), (viciebsk_x, viciebsk_y) = _project(23.7, 52.1), _project(30.2, 55.2)
    assert brest_x < viciebsk_x
    assert brest_y > viciebsk_y


def test_a_highlighted_oblast_looks_different() -> None:
    fills = {p.findtext(f"{SVG}title"): p.get("fill") for p in drawn(highlight=("BY-HO",)).iter(f"{SVG}path")}
    assert fills["Гомельская вобласць"] != fills["Брэсцкая вобласць"]


def test_the_middle_of_a_town_looks_different_from_an_exact_place() -> None:
    picture = drawn(MapPoint(53, 27, "горад"), MapPoint(54, 28, "месца", exact=True))
    looks = {c.findtext(f"{SVG}title"): c.get("stroke-dasharray") for c in picture.iter(f"{SVG}circle")}
    assert looks["горад"]
    assert looks["месца"] is None


def test_points_of_one_place_share_a_mark_and_a_label() -> None:
    picture = drawn(MapPoint(53, 27, "першае"), MapPoint(53, 27, "другое"))
    assert "першае, другое" in [circle.findtext(f"{SVG}title") for circle in picture.iter(f"{SVG}circle")]
    assert [line.text for line in picture.iter(f"{SVG}tspan")] == ["першае", "другое"]


@pytest.mark.parametrize("crowd", [ALL, [MapPoint(53 + i / 50, 27, f"Пункт {i}") for i in range(60)]])
def test_labels_stay_in_the_frame_and_apart(crowd: list[MapPoint]) -> None:
    boxes = []
    for label in _labels(_spots(crowd)):
        lines = re.findall(r'<tspan x="([-\d.]+)" y="([-\d.]+)">([^<]*)<', label)
        boxes += [(float(x), float(y) - 12, float(x) + 7.6 * len(words), float(y)) for x, y, words in lines]
    assert len(boxes) >= 30
    assert all(left >= 0 and top >= 0 and right <= WIDTH and low <= HEIGHT for left, top, right, low in boxes)
    for number, a in enumerate(boxes):
        for b in boxes[number + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_the_legend_and_the_owners_of_the_data_are_named() -> None:
    words = " ".join(text.text or "" for text in drawn(language="ru").iter(f"{SVG}text"))
    assert "точное место" in words
    assert "GeoNames, CC BY 4.0" in words
