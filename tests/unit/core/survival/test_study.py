import json
import random
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.chart import draw
from throughgate.core.survival.cohorts import window
from throughgate.core.survival.persons import Persons
from throughgate.core.survival.reading import read
from throughgate.core.survival.study import Settings, Study, study
from throughgate.core.survival.telling import tell
from throughgate.core.survival.words import EVENTS, LANGUAGES, SENTENCES
from throughgate.core.survival.writing import as_json, as_table

ENDS = ["return_political", "return_other", "death", "exile", "lost", "none"]


def table(n: int = 60, *, roughly: bool = False) -> list[str]:
    chance = random.Random(7)
    lines = []
    for number in range(n):
        start = f"2023-{chance.randint(1, 12):02d}" + (
            "" if roughly and number % 3 == 0 else f"-{chance.randint(1, 28):02d}"
        )
        end = f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        lines.append(f"p{number},{start},{end},{chance.choice(ENDS)},{'ab'[number % 2]},{chance.randint(20, 60)}")
    return lines


def made(lines: list[str], **settings: object) -> Study:
    releases = read(
        "person,start,end,event,region,age\n" + "\n".join(lines),
        columns=("region", "age"),
        repeated=bool(settings.get("repeated")),
    )
    return study(releases, Settings(**settings))  # type: ignore[arg-type]


FULL = {"days": (180, 365), "groups": ("region",), "columns": ("age",), "event": "return_political"}


@pytest.mark.parametrize("roughly", [False, True])
def test_the_same_rows_in_any_order_say_the_same_to_the_last_bit(roughly: bool) -> None:
    lines = table(roughly=roughly)
    turned = random.Random(3).sample(lines, len(lines))
    renamed = [f"x{number}," + line.split(",", 1)[1] for number, line in enumerate(turned)]
    one, other = made(lines, **FULL), made(turned, **FULL)
    assert json.dumps(as_json(one)) == json.dumps(as_json(other))
    assert as_table(one) == as_table(other) == as_table(made(renamed, **FULL))


def test_another_seed_draws_other_days_where_they_are_known_roughly() -> None:
    lines = table(roughly=True)
    assert as_table(made(lines, seed=1)) != as_table(made(lines, seed=2))
    assert as_table(made(table(), seed=1)) == as_table(made(table(), seed=2))


def test_days_known_roughly_widen_the_interval() -> None:
    sharp = [f"p{n},2023-01-16,2023-07-{n % 28 + 1:02d},{'death' if n % 2 else 'none'},a,30" for n in range(60)]
    rough = [line.replace("2023-01-16", "2023-01-01/2023-01-31") for line in sharp]
    one, other = (made(lines, days=(170,)).groups[0].readings[0].share for lines in (sharp, rough))
    assert other.high - other.low > (one.high - one.low) * 1.01


def test_shares_from_the_limits_alone_are_told_beside_those_from_drawn_days() -> None:
    found = made(table(roughly=True), days=(180, 365), groups=("region",), turnbull=True)
    for group in found.groups:
        assert [(each.day, each.event) for each in group.undrawn] == [(each.day, each.event) for each in group.readings]
        for limit, reading in zip(group.undrawn, group.readings, strict=True):
            assert limit.low <= limit.least <= limit.greatest <= limit.high
            assert limit.least - 0.05 <= reading.share.share <= limit.greatest + 0.05
    written = as_json(found)["groups"][0]["without_draws"][0]  # type: ignore[index]
    assert set(written) == {"day", "event", "least", "greatest", "low", "high"}
    assert SENTENCES["undrawn"]["be"] in tell(found, "be")
    assert SENTENCES["undrawn"]["ru"] in draw(found, "ru")


def test_with_exact_days_the_limits_say_the_same_as_the_curves() -> None:
    group = made(table(), days=(180, 365), turnbull=True).groups[0]
    for limit, reading in zip(group.undrawn, group.readings, strict=True):
        assert limit.least == pytest.approx(reading.share.share, abs=1e-3)


def test_limits_are_refused_for_those_who_came_into_view_late() -> None:
    releases = read("time,event,entry\n50,exile,5\n60,none,\n70,exile,\n")
    found = study(releases, Settings(days=(55,), turnbull=True))
    assert found.groups[0].undrawn == ()
    assert [(note.code, note.sentence) for note in found.notes] == [("refused", "limits_late")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_is_said_in_the_reader_s_language(language: str) -> None:
    text = tell(made(table(14), columns=("age",)), language)
    refused = [
        line for line in text.splitlines() if line.startswith("  " + SENTENCES["refused"][language].split("{")[0])
    ]
    wanted = SENTENCES["few_events"][language].split("{")[0]
    assert refused
    assert all(
        EVENTS["return_other"][language] in line or EVENTS["return_political"][language] in line for line in refused
    )
    assert any(wanted in line for line in refused)


def test_weights_make_the_tests_robust_and_the_text_says_so() -> None:
    rows = [f"{10 + place},{ENDS[place % 6]},{'ab'[place % 2]},{1 + place % 3}" for place in range(60)]
    releases = read("time,event,region,weight\n" + "\n".join(rows), columns=("region",))
    found = study(releases, Settings(days=(30,), groups=("region",)))
    assert {test.variance for tests in found.tests.values() for test in tests} == {"robust"}
    for language in LANGUAGES:
        assert SENTENCES["robust"][language] in tell(found, language)


def test_an_event_to_explain_needs_something_to_explain_it() -> None:
    with pytest.raises(EstimationError, match="needs columns to explain it by"):
        made(table(), event="death")


def test_those_lost_widen_what_can_be_said() -> None:
    for reading in made(table(), days=(365,)).groups[0].readings:
        assert reading.best is not None
        assert reading.worst is not None
        assert reading.best.share <= reading.share.share <= reading.worst.share


def test_rates_are_of_completed_windows_with_the_unknown_beside() -> None:
    times = [100.0, 200.0, 400.0, 300.0, 50.0, 30.0]
    persons = Persons.of(times, ["return_political", "lost", "none", "death", "return_political", "none"])
    possible = np.array([500.0, 500.0, 500.0, 500.0, 60.0, 40.0])
    found = window(persons, possible, 365)
    assert (found.complete, found.waiting, found.free, found.unknown) == (4, 2, 1, 1)
    assert found.had == {"death": 1, "return_political": 1}
    assert found.shares["return_political"] == (0.25, 0.5)


def test_a_window_that_is_over_for_nobody_has_no_rate() -> None:
    assert [each.day for each in made(table(), days=(30, 5000)).groups[0].windows] == [30]
    with pytest.raises(EstimationError, match="Day 365 is not over for anybody"):
        window(Persons.of([5], ["none"]), np.array([5.0]), 365)


def test_nothing_is_said_of_days_that_nobody_reached() -> None:
    group = made([*table(), "z,2023-01-01,2024-12-31,none,a,30"], days=(365, 5000)).groups[0]
    assert group.beyond == (5000,)
    assert {each.day for each in group.readings} == {365}


def test_repeated_returns_are_counted_from_the_first_release() -> None:
    lines = [
        "a,2023-01-01,2023-03-01,return_political,x,30",
        "a,2023-05-01,2023-06-01,return_other,x,30",
        "b,2023-01-01,2023-12-31,none,x,40",
        "c,2023-01-01,2023-02-01,death,x,50",
        "d,2023-01-01,2023-12-31,none,x,50",
    ]
    group = made(lines, days=(300,), repeated=True).groups[0]
    assert group.persons == 4
    assert group.counts[""].at(300)[0] == pytest.approx(0.5)  # two returns of four released; the dead stay counted
    assert group.counts["return_other"].at(300)[0] == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("a,2023-02-01,2023-06-01,none,x,30", "before the end in row 2"),
        ("a,2023-05,2023-06-01,none,x,30", "need exact days"),
    ],
)
def test_impossible_returns_are_refused(second: str, said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        made(["a,2023-01-01,2023-03-01,return_other,x,30", second], repeated=True)


def test_after_death_nobody_is_released() -> None:
    with pytest.raises(EstimationError, match="row 2 does not end in a return"):
        made(["a,2023-01-01,2023-03-01,death,x,30", "a,2023-05-01,2023-06-01,none,x,30"], repeated=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_whole_in_every_language(language: str) -> None:
    text = tell(made(table(roughly=True), **FULL), language)
    for event in ("return_political", "death", "exile"):
        assert EVENTS[event][language] in text
    for code in ("competing", "political", "missing", "ninety_five", "assume", "windows"):
        assert SENTENCES[code][language] in text
    assert "{" not in text
    assert "None" not in text


@pytest.mark.parametrize("code", [*SENTENCES, *EVENTS])
def test_every_sentence_names_the_same_in_all_languages(code: str) -> None:
    said = SENTENCES.get(code) or EVENTS[code]
    named = [sorted(part.split("}")[0] for part in said[language].split("{")[1:]) for language in LANGUAGES]
    assert named[0] == named[1] == named[2]


def test_no_word_blames_those_who_were_taken_again() -> None:
    said = json.dumps([SENTENCES, EVENTS], ensure_ascii=False).lower()
    assert not [word for word in ("recidiv", "рэцыды", "рецидив", "reoffend", "судзім", "судим") if word in said]


def test_the_picture_says_its_numbers_and_needs_no_script() -> None:
    picture = draw(made(table(), **FULL), "be")
    root = ElementTree.fromstring(picture)
    words = "".join(root.itertext())
    assert EVENTS["death"]["be"] in words
    assert "у полі зроку" in words
    assert "region = a" in words
    assert "<script" not in picture
    assert "href" not in picture


def test_a_name_cannot_break_the_picture_or_make_a_formula() -> None:
    found = made([line.replace(",death,", ",<b>=1,") for line in table()])
    ElementTree.fromstring(draw(found))
    assert "'=SUM" in as_table(made([line.replace(",death,", ",=SUM(A1),") for line in table()]))


def test_the_stamp_tells_other_rows_and_settings() -> None:
    one = made(table()).stamp
    assert one != made(table()[:-1]).stamp
    assert one != made(table(), seed=1).stamp
    assert one == made(table()[::-1]).stamp


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(ENDS), st.sampled_from("ab")),
        min_size=1, max_size=14,
    )
)  # fmt: skip
def test_no_small_table_makes_a_traceback(drawn: list[tuple[int, int, str, str]]) -> None:
    lines = [
        f"p{place},2023-01-{start + 1:02d},2023-0{1 + more // 4}-{start + 1 + more:02d},{event},{region},{30 + more}"
        for place, (start, more, event, region) in enumerate(drawn)
    ]
    try:
        found = made(lines, days=(5, 20), groups=("region",), columns=("age",))
    except EstimationError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both ways are right
    else:
        assert tell(found)
        json.dumps(as_json(found), allow_nan=False)
        ElementTree.fromstring(draw(found))
