"""In which encoding a text was saved: marks and rules first, then the look of the letters."""

import codecs
from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

from charset_normalizer import from_bytes

_CHUNK = 64 * 1024
SAMPLE = 256 * 1024

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = ("cp1251", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")
# Letters from the commonest to the rare, in running Belarusian and Russian text.
_COMMON = "аоенитрсвлкмдпуяыьзбгчжцхшйэюёіў"
_WEIGHT = {letter: 1.0 - position * 0.02 for position, letter in enumerate(_COMMON)}
_WEIGHT |= dict.fromkeys("щфъ", 0.3)


@dataclass(frozen=True, slots=True)
class Encoding:
    """`guessed`: found by the look of the letters. `damaged`: bytes that do not fit are few, and shown."""

    name: str
    guessed: bool = False
    damaged: int = 0


def find_encoding(stream: BinaryIO) -> Encoding:
    """The encoding of a text (`looks_binary` was asked before); reads the stream once."""
    start = stream.read(SAMPLE)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name)
    if unmarked := _unmarked_utf16(start):
        return Encoding(unmarked)
    sample, broken, high = _check_utf8(stream, start)
    if broken == 0:
        return Encoding("utf-8")
    # A few broken bytes in a long UTF-8 text are damage; many mean another encoding.
    if broken * 50 < high:
        return Encoding("utf-8", damaged=broken)
    return Encoding(_by_letters(sample), guessed=True)


def _unmarked_utf16(start: bytes) -> str | None:
    if len(start) < 4:
        return None
    pairs = len(start) // 2
    even, odd = start[0 : pairs * 2 : 2], start[1 : pairs * 2 : 2]
    # In a table tabs, digits and spaces alone give every tenth character a zero byte, and Cyrillic gives 4.
    if (odd.count(0) + odd.count(4)) > pairs * 0.7 and odd.count(0) > pairs * 0.05 and even.count(0) == 0:
        return "utf-16-le"
    if (even.count(0) + even.count(4)) > pairs * 0.7 and even.count(0) > pairs * 0.05 and odd.count(0) == 0:
        return "utf-16-be"
    return None


def looks_binary(start: bytes) -> bool:
    """Whether the beginning of a file has more control bytes than a text ever has."""
    if any(start.startswith(mark) for mark, _ in _MARKS) or _unmarked_utf16(start):
        return False
    strange = sum(start.count(byte) for byte in (*range(9), 11, *range(14, 26), *range(28, 32), 127))
    return strange > 8 + len(start) // 100


def _check_utf8(stream: BinaryIO, start: bytes) -> tuple[bytes, int, int]:
    """A sample rich in high bytes, the number of places that are no UTF-8, and of high bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
    broken = high = 0
    sample = b""
    chunk = start
    while chunk:
        here = len(chunk) - len(chunk.translate(None, bytes(range(128, 256))))
        high += here
        if here and len(sample) < SAMPLE:
            sample += chunk
        broken += _count_escapes(decoder.decode(chunk), chunk)
        chunk = stream.read(_CHUNK)
    broken += _count_escapes(decoder.decode(b"", final=True), b"")
    return sample[:SAMPLE], broken, high


def _count_escapes(text: str, raw: bytes) -> int:
    return max(0, text.count("\\x") - raw.count(b"\\x"))


def _by_letters(sample: bytes) -> str:
    scores = {name: _looks_cyrillic(sample, name) for name in _CYRILLIC}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= 0.45:
        return best
    found = from_bytes(sample[: 32 * 1024]).best()
    return found.encoding if found is not None and found.encoding != "utf_8" else "cp1252"


def _looks_cyrillic(sample: bytes, encoding: str) -> float:
    """0 to 1: how much the high bytes look like words of Belarusian or Russian."""
    text = sample.decode(encoding, "replace")
    high = sum(count for letter, count in Counter(text).items() if ord(letter) > 127)
    if not high:
        return 0.0
    score = 0.0
    previous = " "
    for letter in text:
        if ord(letter) > 127:
            weight = _WEIGHT.get(letter.lower(), -0.5)
            # A capital after a small letter, or two alphabets in a word, is what a wrong encoding looks like.
            if letter.isupper():
                weight = -1.0 if previous.islower() else weight * 0.5
            if previous.isascii() and previous.isalpha():
                weight = -1.0
            score += weight
        previous = letter
    return score / high
