"""A whole row: nothing is lost, and what is odd is said."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.dates import PartialDate
from throughgate.core.lists.cells import ParsedRow, parse_row, parse_rows
from throughgate.core.lists.mapping import Target, propose
from throughgate.core.lists.reading import Row

TODAY = datetime.date(2026, 11, 1)


def read(**cells: object) -> ParsedRow:
    headings = [heading.replace("_", " ") for heading in cells]
    mapping = propose(headings, this_year=2026)
    return parse_row(Row(2, tuple(cells.values())), headings, mapping, today=TODAY)


def codes(row: ParsedRow) -> list[str]:
    return [doubt.code for doubt in row.doubts]


def test_a_row_is_read_field_by_field():
    row = read(
        id="17",
        name="Прыкладаў Ян Янавіч",
        birthday="1980-09-05",
        gender="male",
        arrested="жнівень 2020",
        articles="Art. 342 of the Criminal Code - x",
        penalty="2 years in a general regime colony",
        prison="Penal colony No. 15\nMahilioŭ",
        judge="Суддзя Прыкладны",
        status="active",
    )
    assert row.list_id == "17"
    assert row.name is not None
    assert row.name.surname == "Прыкладаў"
    assert (row.birth, row.detained_on) == (PartialDate(1980, 9, 5), PartialDate(2020, 8))
    assert row.articles[0].article == "342"
    assert row.sentences[0].regime == "general"
    assert row.place is not None
    assert row.place.match is not None
    assert (row.sex, row.status, row.text(Target.JUDGE)) == ("male", "active", "Суддзя Прыкладны")
    assert (row.doubts, row.leftovers) == ((), {})


def test_parts_of_a_name_from_their_own_columns():
    row = read(Фамилия="ПРИМЕРОВ", Имя="Иван", Отчество="Иванович", Пол="м")
    assert row.name is not None
    assert (row.name.surname, row.name.given, row.name.patronymic) == ("Примеров", "Иван", "Иванович")


def test_what_is_not_understood_is_kept_with_its_heading():
    row = read(name="Прыкладаў Ян", birthday="31.02.1980", Колер="сіні", articles="незразумела; 342")
    assert row.leftovers == {"birthday": "31.02.1980", "Колер": "сіні", "articles": "незразумела"}
    assert row.original["birthday"] == "31.02.1980"
    assert codes(row) == ["date_unread", "article_unread"]


def test_a_regime_from_its_own_column_joins_the_sentence():
    row = read(name="Прыкладаў Ян", Срок="4 года колонии", Режим="усиленный")
    assert row.sentences[0].regime == "reinforced"
    assert row.leftovers == {}


def test_events_in_the_wrong_order_are_doubted():
    row = read(name="Прыкладаў Ян", arrested="2022-05-01", verdict_date="2021-05-01")
    assert codes(row) == ["date_order"]
    assert row.doubts[0].serious
    assert "2022-05-01" in row.doubts[0].text("be")


def test_a_date_that_may_be_in_order_is_not_doubted():
    assert codes(read(name="Прыкладаў Ян", arrested="2022-05-01", verdict_date="2022")) == []


def test_the_future_and_an_unlikely_age_are_doubted():
    row = read(name="Прыкладаў Ян", birthday="2015", arrested="2027-01-01")
    assert codes(row) == ["date_in_future", "age_unlikely"]


def test_a_row_without_name_or_number_says_so():
    assert codes(read(id="", name="", gender="m")) == ["name_missing", "id_missing"]


def test_a_status_that_contradicts_the_place_is_doubted():
    assert codes(read(name="Прыкладаў Ян", status="active", prison="Вызвалены")) == ["status_contradicts"]


def test_a_number_that_comes_twice_is_doubted_and_both_rows_stay():
    headings = ["id", "name"]
    mapping = propose(headings, this_year=2026)
    rows = [Row(2, ("1", "Прыкладаў Ян")), Row(3, ("1", "Узораў Ян"))]
    first, second = parse_rows(rows, headings, mapping, today=TODAY)
    assert first.doubts == ()
    assert second.doubts[0].params == {"id": "1", "row": 2}


_CELL = st.one_of(
    st.text(max_size=60),
    st.integers(-10, 60_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.text(alphabet="0123456789.,-/ стчгодKКУ№()", max_size=40),
)


@given(st.data())
def test_any_cells_are_read_and_none_is_lost(data):
    targets = data.draw(st.lists(st.sampled_from([None, *Target]), min_size=1, max_size=6))
    headings = [f"c{number}" for number in range(len(targets))]
    mapping = propose(headings, this_year=2026).chosen(dict(zip(headings, targets, strict=True)))
    cells = tuple(data.draw(_CELL) for _ in targets)
    row = parse_row(Row(2, cells), headings, mapping, today=TODAY)
    for heading, target, cell in zip(headings, targets, cells, strict=True):
        if cell != "":
            assert heading in row.original
            assert target is not None or heading in row.leftovers
    assert all(doubt.text("ru") for doubt in row.doubts)


def test_a_cell_as_long_as_a_book_is_kept_and_not_interpreted():
    story = ("(ПК-1 " * 5000).strip()
    row = read(name="Прыкладаў Ян", prison=story)

    assert codes(row) == ["cell_is_a_story"]
    assert story in row.leftovers.values()
