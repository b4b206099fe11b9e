"""The handbook: Markdown pages in three languages, shipped in the package, searched by their words."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1] / "handbook"
LANGUAGES = ("be", "ru", "en")
AROUND = 90  # letters shown on each side of a find

_FRONT = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True)
class Page:
    """One page; `text` is Markdown without its heading lines' marks, for searching."""

    slug: str
    language: str
    title: str
    order: int
    body: str

    @property
    def html(self) -> SafeString:
        # Raw HTML is off and links are checked by the renderer; the pages are ours.
        html: str = _renderer().render(self.body)
        return mark_safe(html)  # noqa: S308

    @property
    def text(self) -> str:
        return re.sub(r"[#*_`>|]|\]\([^)]*\)|\[", " ", self.body)


@dataclass(frozen=True)
class Find:
    page: Page
    excerpt: SafeString


@functools.cache
def pages(language: str, root: Path = ROOT) -> tuple[Page, ...]:
    """All pages in their order; one not written in `language` yet is given in English."""
    own = {path.stem: _read(path, language) for path in sorted((root / language).glob("*.md"))}
    english = {path.stem: _read(path, "en") for path in sorted((root / "en").glob("*.md"))}
    return tuple(sorted({**english, **own}.values(), key=lambda page: (page.order, page.title)))


def find_page(language: str, slug: str) -> Page | None:
    return next((page for page in pages(language) if page.slug == slug), None)


def search(language: str, typed: str, root: Path = ROOT) -> list[Find]:
    """Pages in which every typed word begins some word; the title counts most, then how often."""
    words = [_fold(word) for word in _WORD.findall(typed)]
    if not words:
        return []
    scored = []
    for page in pages(language, root):
        score = [_score(page, word) for word in words]
        if all(score):
            scored.append((-sum(score), page.order, page))
    return [Find(page, excerpt(page.text, words)) for _s, _o, page in sorted(scored, key=lambda one: one[:2])]


def excerpt(text: str, words: list[str]) -> SafeString:
    """A piece of the text around the first find, the find marked."""
    flat = " ".join(text.split())
    hit = next((m for m in _WORD.finditer(flat) if _begins(m[0], words)), None)
    if hit is None:
        return conditional_escape(flat[: 2 * AROUND])
    start, end = max(0, hit.start() - AROUND), min(len(flat), hit.end() + AROUND)
    before = ("…" if start else "") + flat[start : hit.start()]
    after = flat[hit.end() : end] + ("…" if end < len(flat) else "")
    return format_html("{}<mark>{}</mark>{}", before, hit[0], after)


def _fold(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("ў", "у").replace("’", "'")


def _begins(word: str, wanted: list[str]) -> bool:
    return any(_fold(word).startswith(one) for one in wanted)


def _score(page: Page, word: str) -> int:
    title = sum(_begins(w, [word]) for w in _WORD.findall(page.title))
    return 10 * title + sum(_begins(w, [word]) for w in _WORD.findall(page.text))


def _read(path: Path, language: str) -> Page:
    match = _FRONT.match(path.read_text("utf-8"))
    if match is None:
        raise ValueError(f"{path.name} ({language}) does not begin with its title and order between --- lines")
    head = dict(line.split(":", 1) for line in match["head"].splitlines() if ":" in line)
    return Page(path.stem, language, head["title"].strip(), int(head.get("order", "100")), match["body"])


@functools.cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
