"""Two readings of one list."""

import pytest

from throughgate.core.dates import PartialDate
from throughgate.core.lists.cells import NameParts, ParsedRow
from throughgate.core.lists.compare import Difference, compare, keyed, row_key
from throughgate.core.lists.mapping import Target


def row(list_id: str = "", surname: str = "Прыкладаў", given: str = "Ян", **original: str) -> ParsedRow:
    return ParsedRow(
        2,
        list_id=list_id,
        name=NameParts(f"{surname} {given}", surname, given),
        dates={Target.BIRTH_DATE: PartialDate(1980)},
        original=original,
    )


def test_new_gone_and_changed_rows_are_told_apart():
    before = keyed([row("1", place="СІЗА"), row("2"), row("3")])
    after = keyed([row("1", place="ПК-15"), row("2"), row("4")])
    found = compare(before, after)
    assert (found.new, found.gone) == (("4",), ("3",))
    assert found.changed == (("1", {"place": ("СІЗА", "ПК-15")}),)
    assert (found.total_before, found.total_after) == (3, 3)


def test_the_same_list_is_no_news():
    rows = keyed([row("1", name="Прыкладаў  Ян"), row("2")])
    assert compare(rows, keyed([row("1", name="Прыкладаў Ян"), row("2")])).same


def test_a_cell_that_came_or_went_is_a_change():
    found = compare(keyed([row("1", a="x")]), keyed([row("1", b="y")]))
    assert found.changed == (("1", {"b": ("", "y"), "a": ("x", "")}),)


def test_a_running_number_is_no_change():
    assert compare(keyed([row("1", n="1")]), keyed([row("1", n="2")]), ignore=["n"]).same


def test_without_numbers_people_are_met_by_sound_and_birth():
    assert row_key(row(surname="Прыкладаў", given="Ян")) == row_key(row(surname="ПРИКЛАДОВ", given="Ян"))
    assert row_key(row(surname="Прыкладаў")) != row_key(row(surname="Узораў"))


def test_rows_with_one_key_are_both_kept():
    assert list(keyed([row("1"), row("1"), row("1")])) == ["1", "1#2", "1#3"]


@pytest.mark.parametrize(("after", "too_much"), [(1000, False), (970, False), (969, True), (0, True), (1100, False)])
def test_a_list_that_shrank_by_more_than_three_of_a_hundred_is_stopped(after, too_much):
    assert Difference((), (), (), 1000, after).shrank_too_much() is too_much


def test_a_first_list_did_not_shrink():
    assert not Difference((), (), (), 0, 0).shrank_too_much()
