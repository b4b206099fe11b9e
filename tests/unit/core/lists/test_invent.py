"""Invented lists: the same for the same seed, read back by our own reader, and plainly nobody."""

import datetime
import io
import random

import pytest

from throughgate.core.lists.cells import parse_rows
from throughgate.core.lists.compare import compare, keyed
from throughgate.core.lists.invent import LAYOUTS, invent_person, invent_rows, write_csv, write_ods, write_xlsx
from throughgate.core.lists.invent.people import to_latin
from throughgate.core.lists.mapping import Target, propose
from throughgate.core.lists.messages import data_rows
from throughgate.core.lists.reading import read_list

TODAY = datetime.date(2026, 11, 1)


def as_csv(layout, count=60, seed=1, edition=1, **options) -> bytes:
    out = io.BytesIO()
    write_csv(invent_rows(count, seed, layout, today=TODAY, edition=edition), out, **options)
    return out.getvalue()


def parsed(data: bytes):
    sheet = read_list(data, "list.csv")
    mapping = propose(sheet.headings, sheet.first(200), this_year=2026)
    return list(parse_rows(sheet.rows, sheet.headings, mapping, today=TODAY))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_seed_writes_the_same_bytes(layout):
    assert as_csv(layout) == as_csv(layout)
    assert as_csv(layout) != as_csv(layout, seed=2)


def test_a_longer_list_begins_with_the_shorter_one():
    assert as_csv("machine", count=80).startswith(as_csv("machine", count=60))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_our_reader_understands_most_of_what_was_invented(layout):
    rows = parsed(as_csv(layout, count=300))
    assert len(rows) == 300
    serious = sum(any(doubt.serious for doubt in row.doubts) for row in rows)
    assert 0 < serious < 30
    assert sum(row.name is not None and bool(row.name.surname) for row in rows) == 300
    assert sum(row.place is not None and row.place.match is not None for row in rows) > 100


def test_what_is_read_of_a_date_is_what_was_invented():
    lives = {str(10_000 + number): life for number, life, _ in _lives(200)}
    for row in parsed(as_csv("machine", count=200)):
        if row.list_id and row.detained_on and row.detained_on.day:
            assert row.detained_on.as_date() == lives[row.list_id].detained


def _lives(count):
    from throughgate.core.lists.invent import invent_lives

    return invent_lives(count, 1, today=TODAY)


def test_the_small_list_comes_in_an_old_encoding_under_two_lines_of_title():
    sheet = read_list(as_csv("small-ngo", encoding="cp1251", delimiter=";"), "list.csv")
    assert (sheet.encoding, sheet.delimiter, len(sheet.skipped_preamble)) == ("cp1251", ";", 2)
    assert sheet.row_count == 60


@pytest.mark.parametrize(("write", "name"), [(write_xlsx, "a.xlsx"), (write_ods, "a.ods")])
def test_workbooks_hold_the_same_cells_as_text(write, name):
    content = invent_rows(40, 1, "page-be", today=TODAY)
    out = io.BytesIO()
    write(content, out)
    assert [row.cells for row in read_list(out.getvalue(), name).rows] == list(content)


def test_a_later_edition_has_new_gone_and_changed_people_and_hardly_shrinks():
    first = keyed(parsed(as_csv("machine", count=600)))
    second = keyed(parsed(as_csv("machine", count=600, edition=2)))
    found = compare(first, second)
    assert found.new
    assert found.gone
    assert found.changed
    assert not found.shrank_too_much()


def test_a_person_has_a_name_in_three_scripts_and_a_sex_that_agrees():
    rng = random.Random(1)
    people = [invent_person(rng) for _ in range(300)]
    assert {person.sex for person in people} == {"male", "female"}
    for person in people:
        assert person.name("be").surname
        assert person.name("en").surname.isascii()
        assert person.be.patronymic.endswith("на" if person.sex == "female" else "іч")
        assert person.ru.patronymic.endswith("на" if person.sex == "female" else "ич")


def test_every_surname_is_made_of_our_own_stems():
    firsts = tuple(row["be"] for row in data_rows("invented_stems.csv") if row["place"] == "first")
    whole = [row["be"] for row in data_rows("invented_stems.csv") if row["place"] == "whole"]
    wholes = {form for forms in whole for form in forms.split("|")}
    rng = random.Random(2)
    for _ in range(500):
        surname = invent_person(rng).be.surname
        assert surname.startswith(firsts) or surname in wholes


@pytest.mark.parametrize(
    ("text", "latin"), [("Юрый", "Yuryi"), ("Ціхаверб", "Tsikhavierb"), ("Наталля", "Natallia"), ("Яўген", "Yauhien")]
)
def test_latin_letters_are_near_those_of_passports(text, latin):
    assert to_latin(text) == latin


def test_headings_of_every_layout_name_a_person():
    for layout in LAYOUTS:
        mapping = propose(invent_rows(1, 1, layout).headings, this_year=2026)
        assert mapping.headings(Target.NAME) or mapping.headings(Target.SURNAME)
