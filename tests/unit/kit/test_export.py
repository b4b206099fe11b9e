import csv
import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from throughgate.kit.export import as_response, harmless, to_csv, to_xlsx


def read_back(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert harmless(f"{start}HYPERLINK()") == f"'{start}HYPERLINK()"


def test_a_csv_file_begins_with_a_byte_order_mark_and_parts_cells_by_semicolons():
    content = to_csv(["Імя", "Узрост"], [["Узораў; Янка", 31]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")) == [
        ["Імя", "Узрост"],
        ["Узораў; Янка", "31"],
    ]


def test_a_negative_number_is_a_number_and_not_a_danger():
    assert to_csv(["a"], [[-5]]).endswith(b"-5\r\n")


def test_a_formula_in_a_csv_heading_or_cell_is_made_harmless():
    lines = to_csv(["=1+1"], [["@SUM(A1)"]]).decode("utf-8-sig").splitlines()

    assert lines == ["'=1+1", "'@SUM(A1)"]


def test_a_sheet_keeps_days_numbers_and_text_as_what_they_are():
    day = datetime.date(2026, 9, 5)
    moment = datetime.datetime(2026, 9, 5, 14, 30)  # noqa: DTZ001 — sheets know no zones
    rows = read_back(to_xlsx(["a", "b", "c", "d", "e"], [["ў <&> ’", 7, Decimal("1.50"), day, moment]]))

    assert rows[1] == ["ў <&> ’", 7.0, 1.5, day, moment]


def test_a_formula_in_a_sheet_stays_text():
    content = to_xlsx(["a"], [["=1+1"]])

    assert read_back(content)[1] == ["=1+1"]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_a_day_older_than_sheets_can_count_is_text():
    assert read_back(to_xlsx(["a"], [[datetime.date(1898, 5, 1)]]))[1] == ["1898-05-01"]


@given(st.text())
def test_any_text_makes_a_sheet_that_can_be_read(text):
    assert read_back(to_xlsx(["a", "b"], [[text, "end"]]))[1][-1] == "end"


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\r\n\x00", exclude_categories=["Cs"])), min_size=1))
def test_no_cell_of_a_csv_file_begins_as_a_formula(cells):
    row = next(csv.reader(io.StringIO(to_csv(cells, []).decode("utf-8-sig")), delimiter=";"))

    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)


def test_a_sheet_with_thirty_columns_names_them_past_z():
    assert len(read_back(to_xlsx([f"c{i}" for i in range(30)], []))[0]) == 30


def test_an_export_is_a_download_with_a_name():
    response = as_response("xlsx", "releases", ["a"], [])

    assert response["Content-Disposition"] == 'attachment; filename="releases.xlsx"'
