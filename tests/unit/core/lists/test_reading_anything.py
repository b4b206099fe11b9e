"""Whatever bytes come: a sheet, or an error that says why. Never another exception."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.core.lists import files
from throughgate.core.lists.errors import ListError
from throughgate.core.lists.metadata import strip_metadata
from throughgate.core.lists.ole import MAGIC
from throughgate.core.lists.reading import read_list

_BOOK = files.xlsx(("A", [files.HEADINGS, *files.ROWS]))
_OLD = (files.DATA / "office_old.xls").read_bytes()[:20_000]
_PICTURES = (files.png((b"tEXt", b"x\x00y")), files.jpeg(files.segment(0xE1, b"Exif\x00\x00MM\x00\x2a")))
_NAMES = st.sampled_from(["", "a", "a.csv", "a.xlsx", "a.xls", "a.ods", "спіс.TXT"])
_TABLE = st.text(alphabet=st.sampled_from('аў1,;\t|"\n\r\x00\ufeff¹ '), max_size=200)


def attempt(data: bytes, name: str) -> None:
    try:
        sheet = read_list(data, name)
        rows = list(sheet.rows)
    except ListError:
        return
    assert len(rows) == sheet.row_count > 0
    assert len(set(sheet.headings)) == len(sheet.headings)
    assert all(len(row.cells) == len(sheet.headings) for row in rows)


@given(st.binary(max_size=400), _NAMES)
def test_any_bytes(data, name):
    attempt(data, name)


@given(_TABLE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"]), _NAMES)
def test_any_text(text, encoding, name):
    attempt(text.encode(encoding, "replace"), name)


@given(st.binary(max_size=300))
def test_any_bytes_behind_the_mark_of_an_office_file(data):
    attempt(b"PK\x03\x04" + data, "a.xlsx")
    attempt(MAGIC + data, "a.xls")


def damage(original: bytes, places: list[tuple[int, int]], cut: int) -> bytes:
    data = bytearray(original)
    for place, value in places:
        data[place % len(data)] = value
    return bytes(data[: len(data) - cut % len(data)])


_PLACES = st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 255)), max_size=6)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([_BOOK, _OLD]), _PLACES, st.sampled_from([0, 0, 0, 7, 500]))
def test_a_damaged_workbook(original, places, cut):
    attempt(damage(original, places, cut), "")


@given(st.sampled_from([_BOOK, _OLD, *_PICTURES]), _PLACES, st.integers(0, 60))
def test_a_damaged_file_is_stripped_or_refused(original, places, cut):
    with suppress(ListError):
        strip_metadata(damage(original, places, cut))
