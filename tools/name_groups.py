"""Forms that Wikidata's groups of names know and our table of given names does not, for review by a reader.

    python tools/name_groups.py rigour-2.6.1-....whl

The groups (CC0) lie in the compiled part of the wheel as one Zstandard frame of lines "form, form => item". Nothing
is written: a form that is right goes by hand into src/throughgate/core/names/data/given_names.csv.
"""

import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from io import BytesIO

import pyarrow  # type: ignore[import-untyped]

from throughgate.core.names.given import full_heads, heads, known_name

FRAME = b"\x28\xb5\x2f\xfd"
LARGEST = 64 << 20
OURS = re.compile("[a-zà-žа-яёіў’-]+")
SHOWN = 20


def groups(wheel: str) -> Iterator[list[str]]:
    """The groups of name forms inside a rigour wheel."""
    with zipfile.ZipFile(wheel) as archive:
        library = next(name for name in archive.namelist() if name.endswith(".so"))
        packed = archive.read(library)
    for line in _largest_frame(packed).decode(errors="replace").splitlines():
        forms, arrow, _ = line.partition(" => Q")
        if arrow:
            yield forms.split(", ")


def _largest_frame(packed: bytes) -> bytes:
    starts = [found.start() for found in re.finditer(re.escape(FRAME), packed)]
    return max((_unpacked(packed[start:]) for start in starts), key=len)


def _unpacked(packed: bytes) -> bytes:
    """The frame at the start of some bytes, without what follows it; nothing if there is none."""
    taken = bytearray()
    try:
        with pyarrow.CompressedInputStream(BytesIO(packed), "zstd") as stream:
            while len(taken) < LARGEST and (piece := stream.read(1 << 16)):
                taken += piece
    except OSError:  # four bytes that only look like a frame, or the end of a true one
        pass
    return bytes(taken)


def unknown(wheel: str) -> dict[str, Counter[str]]:
    """By our name: forms of its groups that our table does not lead to it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for forms in groups(wheel):
        ours = {head for form in forms for head in full_heads(form) if form in known_name(head).belarusian}
        if len(ours) == 1:
            found[ours.pop()].update(form for form in forms if OURS.fullmatch(form) and not heads(form))
    return found


if __name__ == "__main__":
    for head, forms in sorted(unknown(sys.argv[1]).items()):
        print(head, *(form for form, _ in forms.most_common(SHOWN)))
