"""Lists that come as text: encodings, delimiters, quotes, ragged rows."""

import io
from pathlib import Path

import pytest

from throughgate.core.lists import errors
from throughgate.core.lists.limits import Limits
from throughgate.core.lists.reading import Row, read_list

TEXT = "Прозвішча;Імя;Дата нараджэння\nПрыкладаў;Ян;05.09.1980\nУзорава;Ніна;1979\n"


def codes(sheet) -> list[str]:
    return [warning.code for warning in sheet.warnings]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "iso8859-5"]
)
def test_the_same_words_come_out_of_every_encoding(encoding):
    sheet = read_list(TEXT.encode(encoding), "спіс.csv")
    assert sheet.headings == ("Прозвішча", "Імя", "Дата нараджэння")
    assert list(sheet.rows) == [Row(2, ("Прыкладаў", "Ян", "05.09.1980")), Row(3, ("Узорава", "Ніна", "1979"))]
    assert sheet.encoding == encoding


@pytest.mark.parametrize("encoding", ["koi8-r", "mac-cyrillic", "cp1251", "cp866"])
def test_russian_is_told_from_the_look_of_its_letters(encoding):
    sheet = read_list("Имя,Заметка\nПримеров Иван,живёт в деревне\n".encode(encoding), "a.csv")
    assert sheet.first(1)[0].cells == ("Примеров Иван", "живёт в деревне")
    assert codes(sheet) == ["encoding_guessed"]


def test_polish_letters_are_not_taken_for_cyrillic():
    text = "Imię;Uwagi\nJan Przykładowy;mieszka w małej wsi pod lasem, dziękuję za życzenia\n" * 5
    assert read_list(text.encode("cp1250"), "a.csv").first(1)[0].cells[0] == "Jan Przykładowy"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = TEXT.replace(";", delimiter)
    sheet = read_list(text.encode(), "a.txt")
    assert sheet.delimiter == delimiter
    assert sheet.row_count == 2


def test_signs_inside_cells_do_not_pass_for_delimiters():
    text = 'id,name,articles\n1,Ян,"Art. 342; Art. 364; Art. 130"\n2,Ніна,"Art. 368; Art. 369; Art. 370"\n'
    sheet = read_list(text.encode(), "a.csv")
    assert sheet.delimiter == ","
    assert sheet.first(1)[0].cells[2] == "Art. 342; Art. 364; Art. 130"


def test_a_sep_line_is_obeyed_and_not_read():
    sheet = read_list(b"sep=|\r\nid|name\r\n1|Jan\r\n", "a.csv")
    assert (sheet.delimiter, sheet.headings, sheet.row_count) == ("|", ("id", "name"), 1)


def test_line_ends_inside_quotes_stay_in_their_cell():
    sheet = read_list(b'id,prison\r\n1,"IK-15\r\nMahilio\xc5\xad"\r\n2,x\r\n', "a.csv")
    assert [row.cells[1] for row in sheet.rows] == ["IK-15\nMahiliоŭ".replace("о", "o"), "x"]


def test_ragged_rows_keep_every_cell_and_are_told():
    sheet = read_list(b"id,name\n1,Jan,surplus\n2\n3,Nina\n", "a.csv")
    assert sheet.headings == ("id", "name", "Column 3")
    assert [row.cells for row in sheet.rows] == [("1", "Jan", "surplus"), ("2", "", ""), ("3", "Nina", "")]
    warning = next(one for one in sheet.warnings if one.code == "ragged_rows")
    assert warning.params == {"count": 2, "row": 2}


def test_a_title_above_the_headings_is_kept_apart():
    text = "Спіс на 1 верасня;;\n;;\n" + TEXT
    sheet = read_list(text.encode(), "a.csv")
    assert sheet.headings[0] == "Прозвішча"
    assert sheet.skipped_preamble == (("Спіс на 1 верасня", "", ""),)
    assert sheet.first(1)[0].number == 4


def test_a_list_without_headings_loses_no_row():
    sheet = read_list("Прыкладаў Ян,05.09.1980\nУзорава Ніна,1979\n".encode(), "a.csv")
    assert sheet.headings == ("Column 1", "Column 2")
    assert sheet.row_count == 2
    assert "no_headings" in codes(sheet)


def test_columns_of_the_same_heading_get_different_names():
    sheet = read_list(b"name,phone,phone\nJan,1,2\n", "a.csv")
    assert sheet.headings == ("name", "phone", "phone (2)")
    assert "same_heading" in codes(sheet)


def test_a_few_broken_bytes_are_shown_not_dropped():
    text = TEXT.encode() * 40 + "Пашкоджан".encode() + b"\xd1;\xd0\xaf\n"
    sheet = read_list(text, "a.csv")
    assert sheet.encoding == "utf-8"
    assert list(sheet.rows)[-1].cells[0] == "Пашкоджан\\xd1"
    assert "bytes_not_read" in codes(sheet)


def test_rows_can_be_gone_through_twice_from_bytes_stream_and_path(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode())
    for data in (TEXT.encode(), io.BytesIO(TEXT.encode()), path):
        sheet = read_list(data, "a.csv")
        assert list(sheet.rows) == list(sheet.rows)
        assert sheet.row_count == 2


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "a.csv", errors.EmptyList),
        (b" \r\n\t\n", "a.csv", errors.EmptyList),
        (b"id,name\n", "a.csv", errors.EmptyList),
        (b"\xff\xfe", "a.csv", errors.EmptyList),
        (b'id,name\n1,"Jan\n2,Nina\n', "a.csv", errors.UnclosedQuote),
        (b"%PDF-1.7 ...", "a.csv", errors.NotAList),
        (b"\x89PNG\r\n\x1a\n", "a.csv", errors.NotAList),
        (bytes(range(256)) * 20, "a.csv", errors.NotText),
        (b"<html><table><tr><td>id", "a.xls", errors.WebPage),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<Workbook xmlns="x">', "a.xls", errors.WebPage),
        ("<table>".encode("utf-16"), "a.xls", errors.WebPage),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "a.xls", errors.OldFormat),
        (TEXT.encode(), "a.xlsx", errors.WrongExtension),
        (TEXT.encode(), "a.ods", errors.WrongExtension),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(data, name, error):
    with pytest.raises(error):
        read_list(data, name)


@pytest.mark.parametrize(
    ("limits", "text", "error"),
    [
        (Limits(file_bytes=10), "id,name\n1,Jan\n", errors.TooBig),
        (Limits(rows=2), "id,name\n" + "1,Jan\n" * 3, errors.TooManyRows),
        (Limits(columns=3), "id,name\n1,Jan,2,3\n", errors.TooManyColumns),
        (Limits(cell_length=20), "id,name\n1," + "x" * 21 + "\n", errors.CellTooLong),
        (Limits(), 'id,name\n1,"' + "x" * 140_000 + '"\n', errors.CellTooLong),
    ],
)
def test_what_is_too_much_is_refused_before_a_row_is_given(limits, text, error):
    with pytest.raises(error):
        read_list(text.encode(), "a.csv", limits=limits)


def test_an_error_says_what_to_do_in_three_languages():
    with pytest.raises(errors.UnclosedQuote) as caught:
        read_list(b'id,name\n1,"Jan\n', "a.csv")
    assert caught.value.params == {"row": 2}
    words = [caught.value.text(language) for language in ("en", "be", "ru")]
    assert len(set(words)) == 3
    assert all("2" in text for text in words)


def test_many_rows_do_not_fill_the_memory():
    import tracemalloc

    data = ("id,name,prison\n" + "".join(f'{n},Прыкладаў Ян,"IK-15\n{n}"\n' for n in range(40_000))).encode()
    sheet = read_list(data, "a.csv")
    tracemalloc.start()
    assert sum(1 for _ in sheet.rows) == 40_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
