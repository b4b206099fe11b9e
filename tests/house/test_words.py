"""What the product says, in three languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
import polib
import pytest
from django.utils.translation.template import templatize

from tests.house.sources import PACKAGE, modules, templates
from throughgate.site.catalogues import catalogues

LANGUAGES = ("be", "ru")
# Which arguments of a translating function are message ids.
ARGUMENTS = {
    "_": (0,),
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
    "pgettext": (1,),
    "pgettext_lazy": (1,),
    "npgettext": (1, 2),
}
SHOWN_CALL = re.compile(r"(?:^|\W)((?:_|n?p?gettext)\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\))")
NAMED = re.compile(r"%\((\w+)\)[sd]|(?<!{){(\w+)}")
UNNAMED = re.compile(r"(?<!%)%[sdr]|{}|{\d}")


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a translating function, by any of the ways to write its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ARGUMENTS:
                yield name, node


def ids(name: str, call: ast.Call) -> list[ast.expr]:
    return [call.args[place] for place in ARGUMENTS[name] if place < len(call.args)]


def in_template(path: Path) -> Iterator[str]:
    """Message ids of a template, through Django's own way of showing them to gettext."""
    shown = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call in SHOWN_CALL.findall(shown):
        for name, parsed in calls(ast.parse(call, mode="eval")):
            yield from (each.value for each in ids(name, parsed) if isinstance(each, ast.Constant))


def message_ids() -> set[tuple[str, str]]:
    found = {
        (source, each.value)
        for source, tree in modules()
        for name, call in calls(tree)
        for each in ids(name, call)
        if isinstance(each, ast.Constant)
    }
    return found | {(str(path.relative_to(PACKAGE)), said) for path in templates() for said in in_template(path)}


def placeholders(text: str) -> set[str]:
    return {one or other for one, other in NAMED.findall(text)}


@cache
def entries(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


EVERY = pytest.mark.parametrize("path", list(catalogues()), ids=lambda path: str(path.relative_to(PACKAGE)))


@pytest.mark.parametrize(("source", "tree"), modules(), ids=[name for name, _ in modules()])
def test_a_message_is_one_whole_string(source: str, tree: ast.Module) -> None:
    glued = [
        ast.unparse(call)
        for name, call in calls(tree)
        for each in ids(name, call)
        if not (isinstance(each, ast.Constant) and isinstance(each.value, str))
    ]

    assert glued == []


def test_placeholders_have_names() -> None:
    assert [said for said in sorted(message_ids()) if UNNAMED.search(said[1])] == []


@EVERY
def test_every_entry_is_translated_and_nothing_is_fuzzy(path: Path) -> None:
    assert [entry.msgid for entry in entries(path) if entry.fuzzy or not entry.translated()] == []


@EVERY
def test_placeholders_are_the_same_in_both_languages(path: Path) -> None:
    for entry in entries(path):
        asked = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
        for said in [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values():
            # A form for one may leave the number out; nothing may be added.
            missing = asked - placeholders(said)
            assert placeholders(said) <= asked, entry.msgid
            assert not missing or (entry.msgid_plural and len(missing) == 1), entry.msgid


@EVERY
def test_plurals_have_four_forms(path: Path) -> None:
    assert "nplurals=4" in polib.pofile(str(path)).metadata["Plural-Forms"]
    assert [entry.msgid for entry in entries(path) if entry.msgid_plural and len(entry.msgstr_plural) != 4] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_product_says_is_translated(language: str) -> None:
    stock = Path(django.__file__).parent.glob(f"**/locale/{language}/LC_MESSAGES/django.po")
    ours = [path for path in catalogues() if path.parts[-3] == language]
    known = {said for path in (*stock, *ours) for entry in entries(path) for said in (entry.msgid, entry.msgid_plural)}

    assert sorted((where, said) for where, said in message_ids() if said and said not in known) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_words_are_translated_in_the_same_way_everywhere(language: str) -> None:
    """Catalogues are merged: of two translations one would show in every room. Give one of them a context."""
    said: dict[tuple[str | None, str], dict[str, list[str]]] = {}
    for path in catalogues():
        if path.parts[-3] == language:
            for entry in entries(path):
                forms = entry.msgstr or " | ".join(entry.msgstr_plural[one] for one in sorted(entry.msgstr_plural))
                rooms = said.setdefault((entry.msgctxt, entry.msgid), {}).setdefault(forms, [])
                rooms.append(path.relative_to(PACKAGE).parts[0])

    assert {key: words for key, words in said.items() if len(words) > 1} == {}


@EVERY
def test_belarusian_is_written_with_its_own_apostrophe(path: Path) -> None:
    """Official orthography: U+2019 between letters, never the typewriter's."""
    if path.parts[-3] == "be":
        said = [text for entry in entries(path) for text in (entry.msgstr, *entry.msgstr_plural.values())]
        assert [text for text in said if re.search(r"[а-яўі]'[а-яўі]", text, re.IGNORECASE)] == []
