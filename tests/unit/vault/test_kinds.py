"""What a file is, told from its bytes."""

import io
import zipfile

import pytest

from throughgate.vault.kinds import sniff


def a_zip(*names, **contents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parcel:
        for name in names:
            parcel.writestr(name, contents.get(name.replace("/", "_").replace(".", "_"), ""))
    return out.getvalue()


@pytest.mark.parametrize(("start", "code"), [
    (b"%PDF-1.7", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff\xe0", "jpg"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
    (b"GIF89a", "gif"), (b"OggS", "ogg"), (b"ID3\x04", "mp3"),
    (b"\0\0\0\x20ftypM4A ", "m4a"), (b"\0\0\0\x20ftypisom", "mp4"),
])  # fmt: skip
def test_a_kind_is_known_by_its_first_bytes(start, code):
    assert sniff(start + b"\0" * 64).code == code


def test_office_files_are_known_by_what_is_inside():
    assert sniff(a_zip("[Content_Types].xml", "word/document.xml")).code == "docx"
    assert sniff(a_zip("[Content_Types].xml", "xl/workbook.xml")).code == "xlsx"
    assert sniff(a_zip("mimetype", mimetype="application/vnd.oasis.opendocument.text")).code == "odt"


def test_a_document_with_macros_is_not_kept():
    assert sniff(a_zip("word/document.xml", "word/vbaProject.bin")) is None


@pytest.mark.parametrize("data", [b"", b"MZ\x90\0\x03", b"\x7fELF\x02", b"PK\x03\x04broken", b"\0\0\0\x20ftypheic"])
def test_programs_broken_archives_and_unknown_bytes_are_not_kept(data):
    assert sniff(data) is None


def test_an_archive_is_not_kept():
    assert sniff(a_zip("a.txt", "b.exe")) is None


def test_text_is_text_whatever_it_is_called():
    assert sniff("Прыклад".encode(), "photo.jpg").code == "txt"
    assert sniff("имя;год\nУзоров;1990".encode("cp1251"), "list.csv").code == "csv"
    assert sniff(b"<script>alert(1)</script>", "page.html").code == "txt"
