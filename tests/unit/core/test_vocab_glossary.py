"""docs/GLOSSARY.md says what the glossary data say."""

from pathlib import Path

from throughgate.core.vocab import vocabulary
from throughgate.core.vocab.glossary import render

PAGE = Path(__file__).parents[3] / "docs" / "GLOSSARY.md"


def test_the_page_is_the_rendering_of_the_data() -> None:
    assert PAGE.read_text(encoding="utf-8") == render()


def test_every_term_has_a_whole_line() -> None:
    lines = [line for line in render().splitlines() if line.startswith("| ")][2:]
    assert len(lines) == len(vocabulary("glossary"))
    assert {line.count(" | ") for line in lines} == {4}


def test_every_term_is_explained() -> None:
    assert [term.en for term in vocabulary("glossary") if not term.extra["definition_en"]] == []
