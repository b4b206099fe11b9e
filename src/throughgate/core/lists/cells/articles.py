"""Articles of the codes, in the ways lists write them.

"Art. 342 of the Criminal Code - ...; Art. 130 ...", "ст. 342 ч. 1 УК РБ", "ч. 1 ст. 342", "арт. 361-1 КК",
"342 (ч.1), 364", "24.23 КаАП", "361.1 УК", "361¹".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Code = Literal["criminal", "administrative", "unknown"]

# The Criminal Code of 1999 (Law No. 275-Z) ends with article 466.
LAST_CRIMINAL_ARTICLE = 466


@dataclass(frozen=True, slots=True)
class Article:
    """`article`: "342", "361-1", "24.23". `part`: "1", or None. `text`: the piece of the cell it came from."""

    code: Code
    article: str
    part: str | None
    text: str


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CRIMINAL = re.compile(r"\b(?:ук|кк)\b|criminal|крымінальн|уголовн", re.IGNORECASE)
_ADMINISTRATIVE = re.compile(
    r"\b(?:коап|каап|кааб|аап)\b|\bcao\b|administrative|адміністрацыйн|административн", re.IGNORECASE
)
_DATE = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b(?:19|20)\d{2}\b")
_DASH = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s+|:\s+")
_POINT = re.compile(r"(?:\bпп?\.|\bпункт\w*|\bpoints?\b)\s*\d+(?:\s*(?:,|и|і|and)\s*\d+(?![\d.-]))*", re.IGNORECASE)
_PARTS = r"[1-9](?![\d]|[-.–]\d)(?:\s*(?:,|и|і|ды|and|&)\s*[1-9](?![\d]|[-.–]\d))*"
_TOKEN = re.compile(
    rf"(?:\b(?:ч|чч|част\w*|частк\w*|parts?|para|paras|paragraphs?)\b\.?\s*(?P<part>{_PARTS}))"
    r"|(?<![\d.-])(?P<article>\d{1,3}(?:[.]\d{1,2}(?:[.-]\d)?)?(?:\s?[-–]\s?\d{1,2}(?!\d))?(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)(?!\d)",
    re.IGNORECASE,
)


def read_articles(text: str) -> tuple[list[Article], list[tuple[str, str]]]:
    """The articles, and doubts as (code, piece of text).

    Doubts: article_unread for a piece without a number, article_out_of_range, article_code_unsure.
    """
    found: list[Article] = []
    doubts: list[tuple[str, str]] = []
    whole_code = _code_said(text)
    for raw in re.split(r"[;\n]+", text):
        piece = " ".join(raw.split())
        if not piece.strip(" .,-–—"):
            continue
        here = list(_read_piece(piece, _code_said(piece) or whole_code))
        found += here
        if not here:
            doubts.append(("article_unread", piece))
    for article in found:
        if article.code == "unknown":
            doubts.append(("article_code_unsure", article.article))
        elif article.code == "criminal" and not 1 <= _number(article) <= LAST_CRIMINAL_ARTICLE:
            doubts.append(("article_out_of_range", article.article))
    return list(dict.fromkeys(found)), doubts


def _number(article: Article) -> int:
    return int(re.split(r"[-.]", article.article)[0])


def _code_said(text: str) -> Code | None:
    """The code that is named, if it is one only."""
    criminal, administrative = _CRIMINAL.search(text), _ADMINISTRATIVE.search(text)
    if criminal and not administrative:
        return "criminal"
    return "administrative" if administrative and not criminal else None


def _read_piece(piece: str, code: Code | None) -> Iterator[Article]:
    head = _head(piece)
    tokens = list(_TOKEN.finditer(head))
    parts: dict[int, list[str]] = {index: [] for index, token in enumerate(tokens) if token["article"]}
    for index, token in enumerate(tokens):
        owner = None if token["article"] else _owner(index, tokens, head)
        if owner is not None:
            parts[owner] += re.findall(r"\d", token["part"])
    for index, its_parts in parts.items():
        for name, its_code in _named(tokens[index]["article"], code):
            if not its_parts:
                yield Article(its_code, name, None, piece)
            yield from (Article(its_code, name, part, piece) for part in its_parts)


def _owner(index: int, tokens: list[re.Match[str]], head: str) -> int | None:
    """The article a part belongs to: its neighbour without a comma between, else the one before."""
    before = next((one for one in range(index - 1, -1, -1) if tokens[one]["article"]), None)
    after = index + 1 if index + 1 < len(tokens) and tokens[index + 1]["article"] else None
    if before is None or after is None:
        return after if before is None else before
    joined = "," not in head[tokens[before].end() : tokens[index].start()]
    follows = "," not in head[tokens[index].end() : tokens[after].start()]
    return after if follows and not joined else before


def _head(piece: str) -> str:
    """The piece up to its explanation, without dates and points."""
    head, *tail = _DASH.split(piece, maxsplit=1)
    if not re.search(r"\d", head):
        head = piece
    elif tail and (part := re.match(r"\s*(?:ч\.|част|частк|part)\s*\S*\s*\d", tail[0], re.IGNORECASE)):
        head += " " + part[0]
    return _POINT.sub(" ", _DATE.sub(" ", head))


def _named(written: str, code: Code | None) -> Iterator[tuple[str, Code]]:
    """The number as the codes print it, and the code it belongs to."""
    mark = re.search(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+$", written)
    base = written[: mark.start()] if mark else written
    base = re.sub(r"\s*[-–]\s*", "-", base)
    if mark:
        base = f"{base}-{mark[0].translate(_SUPERSCRIPTS)}"
    first, _, second = base.partition("-")
    if "." in first:
        chapter, _, number = first.partition(".")
        if code == "criminal" or (code is None and int(chapter) > 30):
            yield f"{chapter}-{number}", "criminal"
        else:
            yield base, "administrative"
        return
    if second and int(second) > 20:  # two articles with a stroke between them
        yield from ((one, _by_number(one, code)) for one in (first, second))
        return
    yield base, _by_number(first, code)


def _by_number(number: str, code: Code | None) -> Code:
    """Articles of the Code of Administrative Offences have a dot; above a hundred without it is criminal."""
    if int(number) >= 100:
        return "criminal"
    return code if code == "criminal" else "unknown"
