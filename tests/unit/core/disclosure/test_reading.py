import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.disclosure.invented import KEY
from throughgate.core.disclosure import Columns, DisclosureError, of_rows, protect, read

HEAD = "person,date,place,organisations\n"

FIELD = st.text("0129-Q;aб ", max_size=10)


def told(tmp_path: Path, text: str, *by: str, cells: bool = False) -> str:
    path = tmp_path / "persons.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DisclosureError) as caught:
        read(path, Columns(by, cells=cells))
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "by", "sentence"),
    [
        ("", "place", "has no column “person”"),
        (HEAD, "place", "has no rows"),
        (HEAD + "1,2024-01-02,a,A\n1,2024-01-02,a,B\n", "place", "Rows 2 and 3 are one person"),
        (HEAD + ",2024-01-02,a,A\n", "place", "Row 2: the column person is empty"),
        (HEAD + "1,2024-01-02,a,\n", "place", "Row 2: no organisation is named"),
        (HEAD + "1,2024-01-02,a\n", "place", "row 2: it has not as many columns"),
        (HEAD + "1,2024-13-02,a,A\n", "date", "there is no month 13"),
        (HEAD + "1,2024-01-02,a,A\n2,2024,a,A\n", "date", "write --by date:year"),
        (HEAD + "1,soon,a,A\n", "date:quarter", "Row 2, column date: “soon” is no date"),
        (HEAD + "1,2024,a,A\n", "date:quarter", "“2024” tells no quarter"),
        (HEAD + "1,0001-01-02,a,A\n2,2024-01-02,a,A\n", "date", "reaches from 0001-01 to 2024-01"),
        (HEAD + "1,2024-01-02,a,A\n", "town", "has no column “town”"),
        (HEAD + "1,2024-01-02,all,A\n", "place", "“all” is what the table calls its totals"),
        (HEAD + "1,2024-01-02,a\0,A\n", "place", "row 2: column place holds a character that cannot be shown"),
        ("person,place,place,organisations\n1,a,a,A\n", "place", "two columns or dimensions “place”"),
    ],
)
def test_what_cannot_be_counted_gets_a_sentence(tmp_path: Path, text: str, by: str, sentence: str) -> None:
    assert sentence in told(tmp_path, text, by)


def test_a_place_in_two_regions_is_refused(tmp_path: Path) -> None:
    text = "person,place,region,organisations\n1,a,x,A\n2,a,y,A\n"
    assert "place “a” is in region “y”, and in “x”" in told(tmp_path, text, "place:region")


def test_one_column_in_two_dimensions_is_refused(tmp_path: Path) -> None:
    text = "person,place,region,organisations\n1,a,x,A\n"
    assert "“region”: it may be named once" in told(tmp_path, text, "place:region", "region")


def test_one_organisation_in_several_spellings_is_one_source() -> None:
    rows = [{"person": str(at), "place": "a", "organisations": "Узор;узор ;  УЗОР"} for at in range(40)]
    made = protect(of_rows(rows, Columns(("place",))), name="one", key=KEY).release
    assert (made.shown == -1).all()


def test_one_letter_in_two_codings_is_one_label(tmp_path: Path) -> None:
    path = tmp_path / "persons.csv"
    rows = (f"{at},2024-01-01,{'й' if at % 2 else 'и' + chr(0x306)},A;B\n" for at in range(40))
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    assert read(path, Columns(("place",))).dimensions[0].axis.labels == ("й",)


def test_a_person_in_two_cells_is_refused(tmp_path: Path) -> None:
    text = "place,person,organisations\na,1;2,A\nb,2;3,A\n"
    assert "Two cells hold the same person" in told(tmp_path, text, "place", cells=True)


def test_a_file_that_is_missing_or_no_text_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match="cannot be read"):
        read(tmp_path / "none.csv", Columns(("place",)))
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DisclosureError, match="no CSV in UTF-8"):
        read(tmp_path / "bytes.csv", Columns(("place",)))


def test_cells_of_persons_count_like_persons() -> None:
    cells = [{"place": "a", "person": ";".join(map(str, range(12))), "organisations": "A;B"}]
    persons = [{"place": "a", "person": str(at), "organisations": "A;B"} for at in range(12)]
    one = protect(of_rows(cells, Columns(("place",), cells=True)), name="one", key=KEY).release
    two = protect(of_rows(persons, Columns(("place",))), name="one", key=KEY).release
    assert (one.prints == two.prints).all()
    assert (one.shown == two.shown).all()


def test_a_table_of_too_many_cells_is_refused() -> None:
    rows = [{"person": str(at), "a": f"a{at}", "b": f"b{at}", "organisations": "A;B"} for at in range(400)]
    with pytest.raises(DisclosureError, match="160,801 cells"):
        protect(of_rows(rows, Columns(("a", "b"))), name="one", key=KEY)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(("person", "date", "organisations"), FIELD))))
def test_no_rows_make_a_traceback(rows: list[dict[str, str]]) -> None:
    with contextlib.suppress(DisclosureError):
        made = protect(of_rows(rows, Columns(("date",))), name="one", key=KEY)
        assert not ((made.release.counts < 10) & (made.release.shown >= 0)).any()
