from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.reading import Read, read, read_clusters, read_file
from throughgate.core.estimation.tables import Table

KOSOVO = Path("tests/data/mse/kosovo_1999.csv")
HISTORIES = "A,B,C,count\n1,0,0,5\n0,1,0,7\n0,0,1,2\n1,1,0,3\n1,1,1,1\n"
TABLE = Table.of("ABC", {"100": 5, "010": 7, "001": 2, "110": 3, "111": 1})


def test_histories_are_read_with_their_counts() -> None:
    assert read(HISTORIES, "file").table == TABLE


def test_a_real_table_is_read() -> None:
    found = read_file(KOSOVO).table
    assert found.lists == ("EXH", "ABA", "OSCE", "HRW")
    assert found.documented == 4400


def test_persons_are_read_one_a_row() -> None:
    rows = "A;B;C\n" + "1;0;0\n" * 5 + "0;1;0\n" * 7 + "0;0;1\n" * 2 + "1;1;0\n" * 3 + "1;1;1\n"
    assert read(rows, "file").table == TABLE


@pytest.mark.parametrize("heading", ["Count", "колькасць", "Количество"])
def test_the_count_has_a_heading_in_any_language(heading: str) -> None:
    assert read(HISTORIES.replace("count", heading), "file").table == TABLE


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    turned = "count,C,B,A\n1,1,1,1\n3,0,1,1\n2,1,0,0\n7,0,1,0\n5,0,0,1\n"
    assert read(turned, "file").table.canonical() == TABLE


def test_persons_on_none_of_the_chosen_lists_are_left_out_and_counted() -> None:
    found = read(HISTORIES, "file", lists=("A", "B"))
    assert found == Read(TABLE.restricted("AB"), {}, dropped=2)


def test_strata_are_parted_by_the_values_of_their_columns() -> None:
    rows = "A,B,C,sex,town,count\n1,0,0,f,Мінск,5\n0,1,1,m,Мінск,7\n0,1,1,m,Гомель,2\n1,1,0,f,Мінск,3\n"
    found = read(rows, "file", strata=("sex", "town"))
    assert {name: table.documented for name, table in found.strata.items()} == {
        "f · Мінск": 8,
        "m · Гомель": 2,
        "m · Мінск": 7,
    }
    assert found.table.documented == 17


def test_other_columns_do_not_disturb_chosen_lists() -> None:
    rows = "name,A,B\nПрыкладаў,1,0\nУзораў,1,1\nВымышленны,0,1\n"
    assert read(rows, "file", lists=("A", "B")).table == Table.of("AB", {"10": 1, "11": 1, "01": 1})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "file is empty."),
        ("A,B,count\n", "file is empty: there are headings and no row."),
        (HISTORIES + "0,1,1,-4\n", "file, line 7: the count -4 is negative."),
        (HISTORIES + "0,1,1,1.5\n", "file, line 7: the count 1.5 is a fraction."),
        (HISTORIES + "0,1,1,many\n", "file, line 7: the count “many” is no number."),
        (HISTORIES + "0,1,1,nan\n", "file, line 7: the count nan is no number of persons."),
        (HISTORIES + "0,1,1,1e99\n", "file, line 7: the count 1e99 is no number of persons."),
        (HISTORIES + "0,0,0,9\n", "file, line 7: a row of persons on no list; how many they are is the question."),
        (HISTORIES + "1,1,0,9\n", "file, line 7: this history is in line 5 already; add its counts up."),
        (HISTORIES + "1,1,0\n", "file, line 7: 3 cells under 4 headings."),
        (HISTORIES + "1,2,0,4\n", "file, line 7: column B holds neither 0 nor 1"),
        (HISTORIES.replace("A,B", "A,A"), "file: two columns are named “A”."),
        (HISTORIES.replace("A,B", "freq,B"), "file: columns freq and count could both be the count."),
        ("A,count\n1,4\n", "file: There is only one list (A): overlaps need two or more."),
        ("A,B,count\n1,0,4\n", "file: List B is empty: leave it out."),
        ("A,B,count\n1,1,4\n", "file: List B is a copy of list A (the same 4 persons): leave one out."),
        (",".join(map(str, range(60))) + "\n" + ",".join("1" * 60), "file: 60 lists are more than can be estimated"),
        ('A,B\n"1,0\n', "cells under 2 headings"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_that_says_where(text: str, sentence: str) -> None:
    with pytest.raises(EstimationError) as error:
        read(text, "file")
    assert sentence in str(error.value)


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(EstimationError, match="there is no column D; there are A, B, C, count"):
        read(HISTORIES, "file", lists=("A", "D"))


def test_a_stratum_is_no_list() -> None:
    with pytest.raises(EstimationError, match="column A cannot be a list and something else too"):
        read(HISTORIES, "file", lists=("A", "B"), strata=("A",))


def test_the_counts_are_no_stratum() -> None:
    with pytest.raises(EstimationError, match="file: column count counts persons"):
        read(HISTORIES, "file", strata=("count",))


def test_a_file_that_is_no_text_or_not_there_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes("Спіс,Б\n".encode("cp1251"))
    with pytest.raises(EstimationError, match=r"x\.csv is no text in UTF-8"):
        read_file(tmp_path / "x.csv")
    with pytest.raises(EstimationError, match="cannot be read"):
        read_file(tmp_path / "none.csv")


CLUSTERS = "source,row,record_id,cluster_id,probability\nA,1,,1,1\nB,1,,1,1\nB,2,,2,1\nA,2,,3,1\nA,3,,3,1\n"


def test_clusters_become_histories(tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    path.write_text(CLUSTERS, encoding="utf-8")
    assert read_clusters([path]) == Read(Table.of("AB", {"11": 1, "01": 1, "10": 1}))


def test_several_linkages_are_several_tables(tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    rows = [f"{row},{draw}" for draw in (1, 2) for row in CLUSTERS.splitlines()[1:]]
    path.write_text("\n".join([CLUSTERS.splitlines()[0] + ",draw", *rows]), encoding="utf-8")
    found = read_clusters([path])
    assert found.draws == (found.table, found.table)


def test_the_order_of_linkages_does_not_matter(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(CLUSTERS, encoding="utf-8")
    other.write_text(CLUSTERS.replace("A,3,,3,1", "A,3,,2,1"), encoding="utf-8")  # one person fewer
    found = read_clusters([one, other])
    assert found == read_clusters([other, one])
    assert (found.table, found.table.documented) == (found.draws[0], 3)


def test_a_fault_is_told_of_the_file_and_the_draw_that_have_it(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(CLUSTERS, encoding="utf-8")
    other.write_text("source,cluster_id,draw\nA,1,7\nA,2,7\n", encoding="utf-8")
    with pytest.raises(EstimationError, match=r"other\.csv, draw 7: List B is empty"):
        read_clusters([one, other])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n1,2\n", "there is no column source"),
        (CLUSTERS + "A,9,,,1\n", "line 7: a record without source or cluster"),
        ("source,cluster_id\nA,1\nA,2\n", "only one list"),
    ],
)
def test_bad_clusters_are_refused_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "clusters.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EstimationError, match=sentence):
        read_clusters([path])


def said(text: str) -> str:
    """What is said of a text that is no table; nothing of a table."""
    try:
        return "" if read(text, "file").table.documented > 0 else "nobody"
    except EstimationError as error:
        return str(error)


@given(st.text(alphabet=st.sampled_from('01AB,;\t"\n\r\0 .-eé') | st.characters(), max_size=60))
def test_no_text_makes_anything_but_a_table_or_a_sentence(text: str) -> None:
    assert said(text) == "" or said(text).startswith("file")


CELL = st.sampled_from(["0", "1", "", " 1", "-1", "0.5", "7", "12", "x", "inf", "1e400", "٣", '"1"', '"'])


@given(st.lists(st.lists(CELL, min_size=3, max_size=4), max_size=6), st.sampled_from(["A,B,C", "A,B,count", "A,,B"]))
def test_no_cells_make_anything_but_a_table_or_a_sentence(rows: list[list[str]], headings: str) -> None:
    text = "\n".join([headings, *(",".join(row) for row in rows)])
    assert said(text) == "" or said(text).startswith("file")
