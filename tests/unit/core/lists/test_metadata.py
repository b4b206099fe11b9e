"""What is kept of an upload names nobody who made it."""

import io
import struct
import time
import zipfile
import zlib

import pytest
import xlsxwriter

from tests.unit.core.lists import files
from throughgate.core.lists.errors import NotAList, UnreadableFile
from throughgate.core.lists.metadata import NotStrippable, strip_metadata, strip_office, strip_picture
from throughgate.core.lists.ole import CompoundFile
from throughgate.core.lists.reading import read_list

AUTHOR = "Выдумкіна"
LIST = [files.HEADINGS, *files.ROWS]


def assert_nowhere(data: bytes, *words: str) -> None:
    for name, content in files.parts(data).items():
        for word in words:
            assert word.encode() not in content, name
            assert word not in name


def test_properties_of_a_workbook_are_gone_and_its_cells_are_not():
    data = files.xlsx(("A", LIST), properties={"author": AUTHOR, "company": "Прыдумка", "comments": "тайна"})
    stripped = strip_office(data)
    assert_nowhere(stripped, AUTHOR, "Прыдумка", "тайна", "docProps")
    assert list(read_list(stripped, "a.xlsx").rows) == list(read_list(data, "a.xlsx").rows)


def test_who_commented_a_cell_is_gone_and_the_comment_is_not():
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_comment("A1", "праверыць", {"author": AUTHOR})
    book.close()
    stripped = strip_office(written.getvalue())
    assert_nowhere(stripped, AUTHOR)
    assert "праверыць".encode() in files.parts(stripped)["xl/comments1.xml"]


def test_a_document_loses_reviewers_paths_and_times():
    document = (
        f'<w:document><w:p w:rsidR="00AA11BB"><w:ins w:id="1" w:author="{AUTHOR}" w:date="2024-05-03T10:00:00Z">'
        "<w:r><w:t>тэкст</w:t></w:r></w:ins></w:p></w:document>"
    )
    relations = (
        '<Relationships><Relationship Id="r1" Type="t" Target="docProps/core.xml"/>'
        '<Relationship Id="r2" Type="t" Target="word/document.xml"/>'
        '<Relationship Id="r3" Type="t" Target="file:///C:/Users/vydumkina/a.dotx" TargetMode="External"/>'
        "</Relationships>"
    )
    stripped = files.parts(
        strip_office(
            files.zipped(
                {
                    "[Content_Types].xml": b'<Types><Override PartName="/docProps/core.xml"/></Types>',
                    "_rels/.rels": relations.encode(),
                    "docProps/core.xml": AUTHOR.encode(),
                    "docProps/thumbnail.jpeg": b"x",
                    "word/people.xml": AUTHOR.encode(),
                    "word/document.xml": document.encode(),
                }
            )
        )
    )
    assert sorted(stripped) == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    text = stripped["word/document.xml"].decode()
    assert "тэкст" in text
    assert not any(trace in text for trace in (AUTHOR, "2024-05-03", "00AA11BB"))
    assert b"docProps" not in stripped["_rels/.rels"] + stripped["[Content_Types].xml"]
    assert b"vydumkina" not in stripped["_rels/.rels"]
    assert b"word/document.xml" in stripped["_rels/.rels"]


def test_an_open_document_loses_its_meta_part_and_names_of_commenters():
    meta = f"<office:document-meta><dc:creator>{AUTHOR}</dc:creator></office:document-meta>".encode()
    content = files.parts(files.ods(LIST))["content.xml"].decode()
    noted = content.replace(
        "<text:p>", f"<office:annotation><dc:creator>{AUTHOR}</dc:creator></office:annotation><text:p>"
    )
    data = files.ods_of(noted, **{"meta.xml": meta, "Thumbnails/thumbnail.png": files.png()})
    stripped = strip_office(data)
    assert_nowhere(stripped, AUTHOR, "Thumbnails")
    assert next(iter(files.parts(stripped))) == "mimetype"
    assert [row.cells for row in read_list(stripped, "a.ods").rows] == list(files.ROWS)


def test_pictures_inside_a_document_are_stripped_too():
    data = files.zipped({"[Content_Types].xml": b"<Types/>", "word/media/a.png": files.png((b"tEXt", b"a\x00secret"))})
    assert files.parts(strip_office(data))["word/media/a.png"] == files.png()


@pytest.mark.parametrize(
    ("part", "unit"),
    [
        ("word/document.xml", "<w:rsids "),
        ("word/document.xml", "<fileSharing>"),
        ("word/comments.xml", "<author "),
        ("xl/worksheets/sheet1.xml", "<pageSetup "),
        ("word/settings.xml", "<config:config-item config:name='Path'"),
        ("word/settings.xml", "<config:config-item config:name='Path'>"),
        ("word/_rels/document.xml.rels", "<Relationship "),
    ],
)
def test_tags_that_never_end_cost_no_more_than_others(part, unit):
    """With patterns that look for the end of every one of them this took half a minute, for a file of a kilobyte."""
    data = files.zipped({"[Content_Types].xml": "<Types/>", part: unit * 20_000})
    began = time.process_time()
    stripped = files.parts(strip_office(data))
    assert time.process_time() - began < 3
    assert stripped[part] == (unit * 20_000).encode()


def test_a_setting_about_the_author_goes_and_its_neighbours_stay():
    item = '<config:config-item config:name="{}" config:type="string">{}</config:config-item>'
    settings = item.format("PrinterName", "Прынтар") + item.format("ZoomType", "3") + item.format("OutputURL", "Шлях")
    stripped = files.parts(strip_office(files.zipped({"[Content_Types].xml": "<Types/>", "settings.xml": settings})))
    assert stripped["settings.xml"].decode() == item.format("ZoomType", "3")


def test_an_archive_whose_parts_have_endless_names_is_refused():
    with pytest.raises(UnreadableFile):
        strip_office(files.zipped({"[Content_Types].xml": "<Types/>", "vbaproject" * 60 + ".xml": "<a/>"}))


def test_a_compound_file_whose_streams_lie_in_one_another_is_refused():
    data = bytearray((files.DATA / "office_old.xls").read_bytes())
    for name in ("\x05SummaryInformation", "\x05DocumentSummaryInformation"):
        entry = data.index(name.encode("utf-16-le"))
        data[entry + 116 : entry + 128] = bytes(4) + len(data).to_bytes(8, "little")
    with pytest.raises(UnreadableFile):
        CompoundFile(bytes(data))


def test_every_part_gets_the_same_time():
    with zipfile.ZipFile(io.BytesIO(strip_office(files.xlsx(("A", LIST))))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ["office_small.xlsx", "office_old.xls"])
def test_real_files_read_the_same_after_stripping(name):
    data = (files.DATA / name).read_bytes()
    before, after = read_list(data, name), read_list(strip_metadata(data), name)
    assert list(before.rows) == list(after.rows)


def test_properties_of_an_old_workbook_are_blanked():
    data = bytearray((files.DATA / "office_old.xls").read_bytes())
    stream = CompoundFile(data).stream("\x05SummaryInformation")
    assert stream is not None
    at, _ = stream.pieces[-1]
    data[at : at + 6] = b"Author"
    stripped = strip_metadata(bytes(data))
    assert b"Author" not in CompoundFile(stripped).content(stream)
    assert len(stripped) == len(data)


def test_a_photograph_loses_place_camera_and_comment():
    exif = b"Exif\x00\x00II\x2a\x00" + b"GPS 53.9 27.5"
    data = files.jpeg(
        files.segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
        files.segment(0xE1, exif),
        files.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"),
        files.segment(0xED, b"Photoshop 3.0\x00"),
        files.segment(0xFE, "здымак Выдумкінай".encode()),
    )
    stripped = strip_picture(data + b"a second picture behind the first")
    assert stripped == files.jpeg(files.segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"))


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photograph_still_stands_upright(order):
    mark = {"<": b"II\x2a\x00", ">": b"MM\x00\x2a"}[order]
    entry = struct.pack(order + "IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    stripped = strip_picture(files.jpeg(files.segment(0xE1, b"Exif\x00\x00" + mark + entry + b"Canon GPS")))
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in stripped
    assert b"GPS" not in stripped


def test_a_picture_of_the_screen_loses_its_texts_and_time():
    packed = b"a\x00\x00" + zlib.compress(b"x")
    traces = [(b"tEXt", b"Author\x00x"), (b"zTXt", packed), (b"tIME", bytes(7)), (b"eXIf", b"MM")]
    assert strip_picture(files.png(*traces, (b"gAMA", bytes(4))) + b"trailer") == files.png((b"gAMA", bytes(4)))


@pytest.mark.parametrize("data", [b"", b"GIF89a", files.png()[:-6], files.jpeg()[:-2], b"\xff\xd8\xff\xe1\x00"])
def test_a_picture_that_cannot_be_walked_to_its_end_is_refused(data):
    with pytest.raises(UnreadableFile):
        strip_picture(data)


def test_other_archives_and_documents_are_refused():
    with pytest.raises(NotAList):
        strip_office(files.zipped({"a.txt": b""}))
    with pytest.raises(NotStrippable):
        strip_metadata(b"%PDF-1.7")
    with pytest.raises(NotStrippable):
        strip_metadata(b"GIF89a" + bytes(100))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_text_has_no_metadata(encoding):
    assert strip_metadata("id,імя\n".encode(encoding)) == "id,імя\n".encode(encoding)
