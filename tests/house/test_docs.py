"""Tables in the documentation are made from the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import docs


@pytest.mark.parametrize("path", docs.pages(), ids=lambda path: path.name)
def test_the_page_is_what_the_sources_say(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == docs.pages()[path], "run `make docs`"
