import ast
from pathlib import Path

import pytest

import throughgate.core.estimation as package
from throughgate.core.estimation.light import AMBERS, REDS
from throughgate.core.estimation.words import LANGUAGES, words


def codes() -> set[str]:
    """The code of every warning there is in the sources."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in Path(package.__path__[0]).rglob("*.py"))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (call.args[0] for call in calls if call.args and getattr(call.func, "id", "") == "Warning_")
    return {str(code.value) for code in named if isinstance(code, ast.Constant)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_warning_has_its_sentence(language: str) -> None:
    assert {code for code in codes() | REDS | AMBERS if not words(language).knows(f"reason.{code}")} == set()
