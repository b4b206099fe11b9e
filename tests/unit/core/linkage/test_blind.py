"""The same people in lists that nobody shows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from throughgate.core.linkage import blind
from throughgate.core.linkage.blind import saying
from throughgate.core.linkage.blind.counting import Estimate
from throughgate.core.linkage.blind.people import Person
from throughgate.core.linkage.blind.tokens import COMBINATIONS, Tokens, decoys, encode

from .blind_people import KEY, lists, people

TODAY = datetime.date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("few_decoys")
OTHER_KEY = blind.Key(b"o" * 32)

CYRILLIC = """Прозвішча,Імя,Імя па бацьку,Дата нараджэння
Узораўская,Алена,Іванаўна,05.09.1985
Прыкладаў,Сяргей,Пятровіч,30.03.1993
Вымышленнікаў,Мікіта,,17.07.1961
"""
PASSPORT = """Name,Date of birth
UZORAUSKAYA Alena,1985-09-05
PRYKLADAU Siarhei,1993-03-30
VYMYSHLENNIKAU Mikita,1961-07-17
"""


@pytest.fixture
def few_decoys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("throughgate.core.linkage.blind.tokens.FEWEST_DECOYS", 1000)


def read(folder: Path, name: str, text: str) -> list[Person]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return blind.read_people(path, today=TODAY)


def test_the_same_people_in_cyrillic_and_in_a_passport_get_equal_tokens(tmp_path: Path) -> None:
    ours = encode(read(tmp_path, "ours.csv", CYRILLIC), KEY)
    theirs = encode(read(tmp_path, "theirs.csv", PASSPORT), KEY)

    for one, other in zip(ours, theirs, strict=True):
        agree = {combination.name for combination, a, b in zip(COMBINATIONS, one, other, strict=True) if a and a == b}
        assert agree == {each.name for each in COMBINATIONS if not {"father", "held"} & {*each.fields}}


def test_a_swapped_day_and_month_leave_a_token_as_it_was() -> None:
    person = people(1)[0]._replace(day="5", month="9")

    [one, other] = encode([person, person._replace(day="9", month="5")], KEY)

    assert agreeing(one, other) == {"surname, given, father", "surname, given, day and month", "surname, given, year",
                                    "surname, given, detention", "given, year, detention"}  # fmt: skip


def test_another_surname_leaves_what_does_not_hold_it() -> None:
    person = people(1)[0]

    [one, other] = encode([person, person._replace(surname="zzz", head="zz", tail="zz")], KEY)

    assert agreeing(one, other) == {"given, date", "given, father, date", "given, year, detention"}


def test_another_key_gives_no_token_in_common() -> None:
    ours, theirs = encode(people(200), KEY), encode(people(200), OTHER_KEY)

    assert not {token for row in ours for token in row} & {token for row in theirs for token in row if token}


def test_a_file_of_tokens_holds_nothing_that_can_be_read(tmp_path: Path) -> None:
    ours = read(tmp_path, "ours.csv", CYRILLIC)
    blind.write_tokens(tmp_path / "tokens.csv", blind.encoded(ours, KEY))

    text = (tmp_path / "tokens.csv").read_text(encoding="ascii")

    assert not any(value in text for person in ours for value in person if len(value) > 3)
    assert not re.search("(?i)uzor|prykl|1985|1993|1961|09-05", text.partition("\n")[2].replace("surname", ""))
    assert [line.split(",")[0] for line in text.splitlines()[2:5]] == ["person"] * 3


def test_the_order_of_a_list_does_not_show_in_its_tokens() -> None:
    ours = people(50)

    assert blind.encoded(ours, KEY) == blind.encoded(ours, KEY)
    assert blind.encoded(ours, KEY).people == blind.encoded(ours[::-1], KEY).people


def test_a_decoy_shares_no_token_with_whom_it_is_mixed_from() -> None:
    ours = [Person(*(f"{field}{number}" for field in Person._fields)) for number in range(30)]
    real = {token for row in encode(ours, KEY) for token in row}

    mixed = {token for row in encode(decoys(ours, Random(1)), KEY) for token in row}

    assert not mixed & real


def test_tokens_come_back_from_a_file_as_they_were(tmp_path: Path) -> None:
    made = blind.encoded(people(20), KEY)

    blind.write_tokens(tmp_path / "tokens.csv", made)

    assert blind.read_tokens(tmp_path / "tokens.csv") == made


def test_a_relay_keeps_who_agrees_with_whom_and_hides_it_from_the_first_key() -> None:
    relay = blind.Key(b"r" * 32)
    ours, theirs = (blind.relayed(file, relay) for file in lists(60, shared=40))

    assert ours.keys == (KEY.fingerprint, relay.fingerprint)
    assert len({*ours.people} & {*theirs.people}) == 40
    assert not {*ours.people} & {*encode(people(60), KEY)}


def test_a_relay_does_not_use_the_key_of_the_lists() -> None:
    with pytest.raises(blind.BlindError, match="needs a key of its own"):
        blind.relayed(lists(60, shared=40)[0], KEY)


def test_people_in_both_lists_are_counted_once() -> None:
    found = blind.count(lists(400, shared=150))

    assert found.records == (400, 400)
    assert found.people.low <= 650 <= found.people.high
    assert found.common[0, 1].number == pytest.approx(150, rel=0.02)


def test_people_in_three_lists_are_counted_once() -> None:
    everybody = people(500)

    found = blind.count([blind.encoded(part, KEY) for part in (everybody[:300], everybody[200:], everybody[100:400])])

    assert found.people.number == pytest.approx(500, rel=0.02)


def test_records_that_tell_nothing_repeat_as_often_as_the_others() -> None:
    mute = [Person(surname=each.surname) for each in people(400)[200:]]
    told = people(400)

    found = blind.count([blind.encoded(told, KEY), blind.encoded(told[:200] + mute, KEY)])

    assert found.common[0, 1].number == pytest.approx(400, rel=0.02)
    assert found.people.high - found.people.low > 100


def test_somebody_written_twice_in_one_list_is_counted_once() -> None:
    ours, theirs = people(200), people(300)[200:]

    found = blind.count([blind.encoded(ours + ours[:50], KEY), blind.encoded(theirs, KEY)])

    assert found.people.number == pytest.approx(300, rel=0.02)


def test_who_shares_only_a_given_name_and_a_birthday_is_not_taken_for_one_person() -> None:
    ours = people(300)
    others = [
        one._replace(surname=f"q{at}", head=f"h{at}", tail=f"t{at}", father="", held="") for at, one in enumerate(ours)
    ]
    crowd = people(6000, start=1000)

    found = blind.count(
        [blind.encoded(ours[:150] + crowd[:3000], KEY), blind.encoded(others[150:] + crowd[3000:], KEY)]
    )

    assert found.common[0, 1].number < 10


def test_a_combination_that_is_rare_by_chance_weighs_more() -> None:
    weights = {each.name: each.weight for each in blind.count(lists(3000, shared=1000)).weights}

    assert weights["surname, date"] > weights["given, date"] > 0


def test_tokens_under_different_keys_are_not_compared() -> None:
    ours, theirs = blind.encoded(people(50), KEY), blind.encoded(people(50), OTHER_KEY)

    with pytest.raises(blind.BlindError, match="different keys"):
        blind.count([ours, theirs])


def test_nothing_is_said_of_a_list_of_few() -> None:
    with pytest.raises(blind.BlindError, match="fewer than 10 people is not counted"):
        blind.count([blind.encoded(people(9), KEY), blind.encoded(people(50), KEY)])


def test_a_number_below_the_floor_is_not_said_nor_given_away_by_the_whole() -> None:
    found = blind.count(lists(100, shared=4))

    assert saying.common(found.common[0, 1], 100, 10) == "fewer than 10"
    low, high = map(int, re.findall(r"\d+", saying.people(found, 10)))
    assert low <= 190
    assert high == 200


@pytest.mark.parametrize("others", [0, 91])
def test_whatever_number_is_withheld_the_whole_is_said_in_the_same_words(others: int) -> None:
    said = {saying.people(blind.count(lists(100, shared=others + few)), 10) for few in range(9)}

    assert len(said) == 1


def test_numbers_of_three_lists_leave_no_small_one_when_they_are_taken_from_each_other() -> None:
    everybody = people(400)
    files = [blind.encoded(some, KEY) for some in (everybody[:200], everybody[150:350], everybody[197:400])]
    found = blind.count(files)

    said = [saying.people(found, 10), *(saying.common(one, 200, 10) for one in found.common.values())]
    assert all(int(number) % 10 == 0 for one in said for number in re.findall(r"\d+", one.replace("(95 %)", "")))


def test_one_list_given_twice_is_told() -> None:
    ours, theirs = lists(50, shared=20)

    with pytest.raises(blind.BlindError, match="one list was given twice"):
        blind.count([ours, theirs, ours])


def test_that_nearly_all_are_in_the_other_list_is_not_said_exactly() -> None:
    assert "97" not in saying.common(Estimate(97, 96, 98), 100, 10)


def agreeing(one: Tokens, other: Tokens) -> set[str]:
    return {combination.name for combination, a, b in zip(COMBINATIONS, one, other, strict=True) if a and a == b}


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:-1],
        lambda lines: lines[:10],
        lambda lines: [*lines[:4], *lines[5:]],
        lambda lines: [*lines, lines[-2]],
        lambda lines: [*lines[:4], lines[4].replace(b"A", b"B").replace(b"a", b"b"), *lines[5:]],
        lambda lines: [lines[0].replace(b"keys ", b"keys 0000000000000000+"), *lines[1:]],
    ],
)
def test_a_file_of_tokens_that_lost_or_changed_rows_is_refused(
    tmp_path: Path, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    path = tmp_path / "tokens.csv"
    blind.write_tokens(path, lists(20, shared=5)[0])
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(change(lines)))

    with pytest.raises(blind.BlindError, match="not whole, or was changed"):
        blind.read_tokens(path)


@pytest.mark.parametrize("text", ["", "Name,Date of birth\n", "Імя\n", "# throughgate blind tokens 1, keys 1\n"])
def test_what_is_no_file_of_tokens_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tokens.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(blind.BlindError, match="is no file of tokens"):
        blind.read_tokens(path)


def test_a_file_of_tokens_that_was_cut_off_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "tokens.csv"
    blind.write_tokens(path, lists(20, shared=5)[0])
    path.write_bytes(path.read_bytes()[:700])

    with pytest.raises(blind.BlindError, match="damaged in row"):
        blind.read_tokens(path)
