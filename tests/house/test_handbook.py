"""The handbook: the same pages in three languages, in the words of the screens and of the field."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import polib
import pytest

from tests.house.test_words import message_ids
from throughgate.core.vocab import vocabulary
from throughgate.kit import handbook
from throughgate.site.catalogues import catalogues

SLUGS = sorted(path.stem for path in (handbook.ROOT / "en").glob("*.md"))
# Its bold words are terms of the glossary, not labels of screens.
GLOSSARY_PAGE = "words"
ABOUT_TROUBLE_AS_A_WHOLE = {"safety", "recovery"}
GONE_WRONG = {
    "en": "When something goes wrong",
    "be": "Калі нешта пайшло не так",
    "ru": "Если что-то пошло не так",
}
LABEL = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
WORD = re.compile(r"[\w’'-]+")
QUOTED = re.compile(r"«([^«»\s]+)»")
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
LINK = re.compile(r"\]\(([^)]+)\)")


def page(language: str, slug: str) -> handbook.Page:
    found = handbook.find_page(language, slug)
    assert found is not None
    return found


def labels(language: str, slug: str) -> set[str]:
    """What a page prints in bold: words of the screens, as they stand there."""
    return {" ".join(label.split()) for label in LABEL.findall(page(language, slug).body)}


@cache
def avoided(language: str) -> frozenset[str]:
    """Single words that the glossary says to avoid and does not itself use in this language."""
    terms = vocabulary("glossary")
    used = {word for term in terms for word in words(term.label(language))}
    return frozenset(word.casefold() for term in terms for word in QUOTED.findall(term.extra["avoid"])) - used


def words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


@cache
def translations(language: str) -> dict[str, set[str]]:
    """Message id -> what the screens say, in every context it stands in."""
    said: dict[str, set[str]] = {}
    for path in catalogues():
        if path.parts[-3] == language:
            for entry in polib.pofile(str(path)):
                if not entry.obsolete and (text := entry.msgstr or entry.msgstr_plural.get(0, "")):
                    said.setdefault(entry.msgid, set()).add(text)
    return said


@cache
def said_by_the_product() -> frozenset[str]:
    return frozenset(said for _where, said in message_ids())


every_page = pytest.mark.parametrize("slug", SLUGS)
every_language = pytest.mark.parametrize("language", handbook.LANGUAGES)
translated = pytest.mark.parametrize("language", ["be", "ru"])


def test_no_page_is_missing_in_a_language() -> None:
    for language in handbook.LANGUAGES:
        written = sorted(path.stem for path in (handbook.ROOT / language).glob("*.md"))
        assert written == SLUGS


@every_page
def test_a_page_stands_in_the_same_place_in_every_language(slug: str) -> None:
    assert len({page(language, slug).order for language in handbook.LANGUAGES}) == 1


def test_no_two_pages_want_the_same_place() -> None:
    orders = [page("en", slug).order for slug in SLUGS]

    assert len(orders) == len(set(orders))


@every_language
@every_page
def test_no_level_of_headings_is_skipped(slug: str, language: str) -> None:
    """The title is the first level; the page itself begins with the second."""
    levels = [1, *(len(marks) for marks in HEADING.findall(page(language, slug).body))]

    assert all(1 < now <= before + 1 for before, now in pairwise(levels)), levels


@every_language
@every_page
def test_a_page_says_what_to_do_when_something_goes_wrong(slug: str, language: str) -> None:
    if slug not in ABOUT_TROUBLE_AS_A_WHOLE | {GLOSSARY_PAGE}:
        assert f"\n## {GONE_WRONG[language]}\n" in page(language, slug).body


@every_language
@every_page
def test_links_lead_to_pages_of_the_handbook(slug: str, language: str) -> None:
    targets = LINK.findall(page(language, slug).body)

    assert [one for one in targets if one.removeprefix("../").rstrip("/") not in SLUGS] == []


@translated
@every_page
def test_words_that_the_field_avoids_are_avoided(slug: str, language: str) -> None:
    found = page(language, slug)

    assert avoided(language).intersection(words(f"{found.title} {found.body}")) == frozenset()


@every_page
def test_what_is_in_bold_stands_on_a_screen(slug: str) -> None:
    if slug != GLOSSARY_PAGE:
        assert labels("en", slug) - said_by_the_product() == set()


@translated
@every_page
def test_a_label_is_written_as_the_screen_writes_it(slug: str, language: str) -> None:
    if slug == GLOSSARY_PAGE:
        return
    said, here = translations(language), labels(language, slug)
    known = {label: said[label] for label in labels("en", slug) if label in said}
    others = here.difference(*known.values())

    assert {label: words for label, words in known.items() if not words & here} == {}
    # Those of rooms that are not translated yet, one for one.
    assert len(others) <= len(labels("en", slug)) - len(known), others


@every_page
def test_belarusian_pages_use_their_own_apostrophe(slug: str) -> None:
    assert re.findall(r"[а-яўі]'[а-яўі]", page("be", slug).body, re.IGNORECASE) == []
