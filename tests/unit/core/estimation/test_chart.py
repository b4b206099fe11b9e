from xml.etree import ElementTree

import pytest

from tests.unit.core.estimation.invented import TABLE, estimate, result
from throughgate.core.estimation.chart import Axis, chart
from throughgate.core.estimation.estimates import Warning_, missing
from throughgate.core.estimation.text import sentences
from throughgate.core.estimation.words import LANGUAGES, words

SVG = "{http://www.w3.org/2000/svg}"
CALM = {"A": estimate(3000), "B": estimate(2800), "C <&>": missing("combined", 900)}


def drawn(*warnings: Warning_, language: str = "en") -> ElementTree.Element:
    return ElementTree.fromstring(chart(result(estimate(3000, *warnings), without=CALM), language))


def bars(picture: ElementTree.Element) -> list[str]:
    return [title.text or "" for title in picture.findall(f"{SVG}g/{SVG}title")]


def test_the_forest_has_every_method_and_every_list_left_out() -> None:
    assert bars(drawn()) == [
        "Documented: 1,484",
        "At least (97.5\u00a0%): at least 2,100",
        "All together: 2,700–3,300",
        "Kinds of persons: 2,700–3,300",
        "Without A (odds ratio from 1/4 to 4): 2,700–3,300",
        "Without B (odds ratio from 1/4 to 4): 2,500–3,100",
        "Without C <&> (odds ratio from 1/4 to 4): no estimate",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_holds_the_three_sentences(language: str) -> None:
    said = drawn(language=language).findtext(f"{SVG}desc", "")
    found = sentences(result(estimate(3000)).whole, words(language))
    assert all(sentence in said for sentence in (*found[1:], words(language).say("sentence.unreachable")))


def test_both_curves_are_drawn() -> None:
    assert len([path for path in drawn().iter(f"{SVG}path") if path.get("class") == "band"]) == 2


def test_a_red_light_leaves_documented_and_at_least() -> None:
    picture = drawn(Warning_("no_upper_end"))
    assert len(bars(picture)) == 2
    assert not [path for path in picture.iter(f"{SVG}path") if path.get("class") == "band"]


def test_a_picture_asks_for_nothing_and_runs_nothing() -> None:
    text = chart(result(estimate(3000)))
    assert all(word not in text for word in ("<script", "href", "url(", "@import", "@font-face", "onload"))
    assert "prefers-color-scheme: dark" in text


@pytest.mark.parametrize(("low", "high"), [(10, 11), (1, 1e10), (95, 160), (1484, 3300)])
def test_an_axis_has_ticks_within_itself(low: float, high: float) -> None:
    ticks = Axis(low, high, 0, 100).ticks()
    assert len(ticks) >= 2
    assert all(low <= tick <= high for tick in ticks)


def test_a_table_with_nobody_unseen_can_be_drawn() -> None:
    found = result(estimate(TABLE.documented, wide=0.0))
    assert "Documented: 1,484" in bars(ElementTree.fromstring(chart(found)))
