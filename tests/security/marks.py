"""Marks that are told apart from everything else, in every form in which they might lie around."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

# Every mark begins with one of these, so looking for these is looking for all of them.
STEMS = ("Жаўрукоў", "Skylarkau")
CYRILLIC, LATIN = "абвгдеклмн", "abcdefghij"


class Marks:
    """A mark for each place where something is typed: "Жаўрукоўабв Skylarkauabc"."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}
        self._codes = itertools.product(range(10), repeat=3)

    def __call__(self, place: str) -> str:
        if place not in self.given:
            code = next(self._codes)
            self.given[place] = " ".join(
                stem + "".join(letters[one] for one in code)
                for stem, letters in zip(STEMS, (CYRILLIC, LATIN), strict=True)
            )
        return self.given[place]


def forms(text: str) -> Iterator[tuple[str, bytes]]:
    """(what form, bytes) of a text that is looked for."""
    for case in dict.fromkeys([text, text.lower(), text.upper()]):
        plain = case.encode()
        yield "UTF-8", plain
        yield "UTF-16", case.encode("utf-16-le")
        yield "UTF-16, other order", case.encode("utf-16-be")
        yield "cp1251", case.encode("cp1251")
        yield "hexadecimal", plain.hex().encode()
        yield "hexadecimal, capitals", plain.hex().upper().encode()
        yield "an address", quote(case).encode()
        for escaped in dict.fromkeys([json.dumps(case)[1:-1], json.dumps(case)[1:-1].upper().replace("\\U", "\\u")]):
            yield "JSON", escaped.encode()
        yield from (("base64", part) for part in _base64(plain))
        yield from (("base64 of UTF-16", part) for part in _base64(case.encode("utf-16-le")))


def _base64(plain: bytes) -> Iterator[bytes]:
    """The part that stays the same wherever in the encoded bytes the text begins."""
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + plain)
        start = -(-shift * 8 // 6)
        yield encoded[start : (shift + len(plain)) * 8 // 6]


NEEDLES = [(f"{stem} as {name}", needle) for stem in STEMS for name, needle in forms(stem)]


def found_in(where: str, content: bytes, more: Iterable[str] = ()) -> list[str]:
    """What of the marks stands in *content*, each in a line that says where; *more* are further secrets."""
    extra = [(f"{text[:12]}… as {name}", needle) for text in more for name, needle in forms(text)]
    return [
        f"{where}: {name} ({content[max(0, at - 40) : at + 60]!r})"
        for name, needle in [*NEEDLES, *extra]
        if (at := content.find(needle)) >= 0
    ]
