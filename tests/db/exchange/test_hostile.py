"""Files that are broken, too big, or made to do harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import an_organisation
from tests.db.exchange.lists import a_list, csv_of, imported
from tests.db.exchange.test_import import ONE
from throughgate.exchange import actions
from throughgate.exchange.models import ImportedRow, Reading
from throughgate.people.models import Name, Person
from throughgate.vault import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return an_organisation("Прыклад", "coordinator")


def bomb() -> bytes:
    whole = io.BytesIO(a_list(5, kind="xlsx"))
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(200 * 1024 * 1024))
    return whole.getvalue()


BAD = {
    "cut off": ("a.xlsx", lambda: a_list(20, kind="xlsx")[:900]),
    "a picture": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "another kind than its name says": ("a.csv", lambda: a_list(5, kind="xlsx")),
    "empty": ("a.csv", lambda: b" \n"),
    "only headings": ("a.csv", lambda: b"id;name\n"),
    "a zip bomb": ("a.xlsx", bomb),
    "a web page": ("a.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    "a password": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_list_gets_a_clear_answer_and_changes_nothing(house, what):
    name, make = BAD[what]
    stored = list(files.folder().glob("*/*"))

    answer = house.coordinator.signs_in().post("/import/new/", {"file": SimpleUploadedFile(name, make() or b" ")})

    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    assert not Reading.unguarded.exists()
    assert list(files.folder().glob("*/*")) == stored


def test_a_file_that_is_too_large_is_refused(house, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1024
    with house.coordinator.at_work(), pytest.raises(actions.NotTaken):
        actions.upload(a_list(20), file_name="list.csv")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\Хтосьці\\list.csv", "list.csv"),
        ("list\u202evsc.csv", "listvsc.csv"),
        ("a\x00b.csv", "ab.csv"),
    ],
)
def test_the_name_of_a_file_leads_nowhere(house, name, shown):
    with house.coordinator.at_work():
        reading = actions.upload(csv_of(ONE), file_name=name)

        assert reading.file_name == shown
        assert files.path_of(reading.stored).parent.parent == files.folder()


def test_a_formula_stays_text(house):
    formula = "=1+cmd|' calc'!A0"
    with house.coordinator.at_work():
        imported(csv_of(ONE.replace("Прыкладаў Сяргей Іванавіч", formula)))

        assert Name.objects.get().whole == formula
        assert ImportedRow.objects.get().cells["name"] == formula


def test_what_a_file_tells_of_its_author_is_not_kept(house):
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"author": "Хтосьці Канкрэтны", "company": "Установа"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Прозвішча і імя", "Дата нараджэння"])
    sheet.write_row(1, 0, ["Прыкладаў Сяргей", "1991"])
    book.close()
    with house.coordinator.at_work():
        reading = actions.upload(out.getvalue(), file_name="a.xlsx")
        kept = zipfile.ZipFile(io.BytesIO(files.read(reading.stored, reading.secret)))

        assert not any("Канкрэтны".encode() in kept.read(part) for part in kept.namelist())


def test_a_row_without_a_name_is_kept_and_makes_nobody(house):
    with house.coordinator.at_work():
        imported(csv_of("7;;1991;;;;;;"))

        assert not Person.objects.exists()
        assert ImportedRow.objects.get().cells == {"id": "7", "birthday": "1991"}


def test_two_rows_with_one_number_are_two_people(house):
    with house.coordinator.at_work():
        imported(csv_of(ONE, ONE.replace("Сяргей", "Алесь")))

        assert Person.objects.count() == 2
