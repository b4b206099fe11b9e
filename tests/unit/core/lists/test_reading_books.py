"""Workbooks: three formats, several sheets, and files made to do harm."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter

from tests.unit.core.lists import files
from throughgate.core.lists import errors
from throughgate.core.lists.limits import Limits
from throughgate.core.lists.reading import read_list

LIST = [files.HEADINGS, *files.ROWS]


def test_xlsx_and_ods_say_the_same():
    book, open_document = files.xlsx(("Спіс", LIST)), files.ods(LIST)
    for data, name in ((book, "a.xlsx"), (open_document, "a.ods")):
        sheet = read_list(data, name)
        assert sheet.headings == files.HEADINGS
        assert [row.cells for row in sheet.rows] == list(files.ROWS)
        assert sheet.sheet == "Спіс"


def test_the_old_binary_format_is_read():
    sheet = read_list(files.DATA / "office_old.xls", "form.xls")
    assert (sheet.format, sheet.sheet, sheet.headings[:3]) == ("xls", "survey", ("type", "name", "label"))
    assert sheet.row_count > 400


def test_a_real_workbook_of_three_sheets_is_read_and_the_others_are_named():
    sheet = read_list(files.DATA / "office_small.xlsx", "demo.xlsx")
    assert (sheet.sheet, sheet.others) == ("survey", ("choices", "settings"))
    assert "other_sheets" in [warning.code for warning in sheet.warnings]
    assert read_list(files.DATA / "office_small.xlsx", "demo.xlsx", sheet="choices").headings[0] == "list_name"


def test_an_unknown_sheet_is_said_to_be_missing():
    with pytest.raises(errors.NoSuchSheet):
        read_list(files.xlsx(("A", LIST)), "a.xlsx", sheet="B")


def test_dates_and_numbers_keep_their_kind():
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "birthday"])
    sheet.write_number(1, 0, 7)
    sheet.write_datetime(1, 1, datetime.date(1980, 9, 5), book.add_format({"num_format": "dd.mm.yyyy"}))
    book.close()
    (row,) = read_list(written.getvalue(), "a.xlsx").rows
    assert row.cells == (7, datetime.date(1980, 9, 5))


def test_rows_are_numbered_as_the_spreadsheet_shows_them():
    sheet = read_list(files.xlsx(("A", [[], ["Спіс"], [], *LIST])), "a.xlsx")
    assert sheet.rows[0].number == 5
    assert sheet.skipped_preamble == (("Спіс", "", ""),)


def test_one_stray_cell_at_the_far_end_stops_the_reading_and_nothing_else():
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "id")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(errors.TooDemanding):
        read_list(written.getvalue(), "a.xlsx")


def test_a_cell_repeated_without_end_is_refused():
    with pytest.raises(errors.ListError):
        read_list(files.repeating_ods(), "a.ods", limits=Limits(seconds=5))


def test_entities_that_grow_are_not_expanded():
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    content = files.parts(files.ods(LIST))["content.xml"].decode()
    bomb = content.replace("?>", f'?><!DOCTYPE x [<!ENTITY a0 "lol">{lines}]>', 1).replace("Прыкладаў", "&a9;")
    try:
        sheet = read_list(files.ods_of(bomb), "a.ods")
    except errors.ListError:
        return
    assert all(len(str(cell)) < 1000 for row in sheet.rows for cell in row.cells)


def test_a_zip_bomb_is_seen_in_its_directory():
    data = files.zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes(40 * 1024 * 1024)})
    with pytest.raises(errors.ZipBomb):
        read_list(data, "a.xlsx")


def test_a_directory_that_lies_about_lengths_is_found_out():
    data = bytearray(files.zipped({"xl/workbook.xml": b"", "big.xml": bytes(1_000_000)}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    with pytest.raises(errors.UnreadableFile):
        read_list(bytes(data), "a.xlsx")


def test_more_than_is_allowed_inside_is_counted_while_inflating():
    data = files.zipped({"xl/workbook.xml": b"", "big.xml": bytes(3_000_000)})
    with pytest.raises(errors.ZipBomb):
        read_list(data, "a.xlsx", limits=Limits(unpacked_bytes=2_000_000))


def test_two_parts_of_one_name_are_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("xl/workbook.xml", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("xl/workbook.xml", b"2")
    with pytest.raises(errors.UnreadableFile):
        read_list(written.getvalue(), "a.xlsx")


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (files.xlsx(("A", LIST)), "a.csv", errors.WrongExtension),
        (files.xlsx(("A", LIST)), "a.xls", errors.WrongExtension),
        (files.ods(LIST), "a.xlsx", errors.WrongExtension),
        (files.xlsx(("A", LIST))[:-40], "a.xlsx", errors.UnreadableFile),
        (files.xlsx(("A", [])), "a.xlsx", errors.EmptyList),
        (files.xlsx(("A", [files.HEADINGS])), "a.xlsx", errors.EmptyList),
        (files.zipped({"word/document.xml": b""}), "a.xlsx", errors.NotAList),
        (files.zipped({"a.txt": b""}), "a.zip", errors.NotAList),
        (files.zipped({"xl/workbook.xml": b"<broken"}), "a.xlsx", errors.UnreadableFile),
        ((files.DATA / "office_old.xls").read_bytes()[:9000], "a.xls", errors.UnreadableFile),
    ],
)
def test_a_wrong_or_broken_workbook_is_refused_with_its_reason(data, name, error):
    with pytest.raises(error):
        read_list(data, name)


def test_a_password_is_named_as_the_reason():
    manifest = files.parts(files.ods(LIST))["META-INF/manifest.xml"]
    locked = manifest.replace(b"/></manifest", b"><manifest:encryption-data/></manifest:file-entry></manifest")
    with pytest.raises(errors.PasswordProtected):
        read_list(files.ods(LIST, **{"META-INF/manifest.xml": locked}), "a.ods")


def test_the_reader_of_workbooks_inherits_no_secret(monkeypatch):
    import subprocess

    from throughgate.core.lists.reading import workbook

    started = []
    real = subprocess.Popen

    def spy(command, **options):
        started.append(options)
        return real(command, **options)

    monkeypatch.setattr(workbook.subprocess, "Popen", spy)
    read_list(files.xlsx(("A", LIST)), "a.xlsx")
    assert [options["env"] for options in started] == [{}]
