"""Every template: it compiles, and holds nothing that the content policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

from tests.house.sources import PACKAGE, templates

FORBIDDEN = {
    "a script": re.compile(r"<script\b", re.IGNORECASE),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "inline SVG": re.compile(r"<svg\b", re.IGNORECASE),  # Tor Browser's safest mode turns it into loose words
    "another host": re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "a word past escaping": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}

EVERY = pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(PACKAGE)))


@EVERY
def test_it_compiles(path: Path) -> None:
    engines["django"].from_string(path.read_text(encoding="utf-8"))


@EVERY
def test_it_holds_nothing_forbidden(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@EVERY
def test_it_stands_in_a_folder_named_as_its_room(path: Path) -> None:
    room, _, first = path.relative_to(PACKAGE).parts[:3]

    # Error pages have names that Django fixes; they stand at the top.
    assert first == room or re.fullmatch(r"\d{3}(_csrf)?\.html", first)
