"""What the sources may report has words in every language, and nothing has words that is never reported."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import throughgate.core.estimation as package
from throughgate.core.estimation.light import AMBERS, REDS
from throughgate.core.estimation.words import LANGUAGES, words

NODES = [
    node
    for path in Path(package.__path__[0]).rglob("*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
]
CALLS = [node for node in NODES if isinstance(node, ast.Call)]


def texts(nodes: Iterable[ast.AST]) -> set[str]:
    """Every text that stands in these places."""
    inside = (part for node in nodes for part in ast.walk(node))
    return {part.value for part in inside if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def arguments(function: str, place: int = 0) -> Iterator[ast.AST]:
    """What stands there in every call of the function or method."""
    for call in CALLS:
        if function in (getattr(call.func, "id", ""), getattr(call.func, "attr", "")) and len(call.args) > place:
            yield call.args[place]


def assigned(*names: str) -> Iterator[ast.AST]:
    """What any of these variables is set to; of a choice, both sides."""
    for node in NODES:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in names:
            yield from (node.value.body, node.value.orelse) if isinstance(node.value, ast.IfExp) else (node.value,)


def renamed() -> Iterator[ast.AST]:
    """The method in every `replace(estimate, method=...)`."""
    for call in CALLS:
        if getattr(call.func, "id", "") == "replace":
            yield from (word.value for word in call.keywords if word.arg == "method")


def literal(nodes: Iterable[ast.AST]) -> set[str]:
    return texts(node for node in nodes if isinstance(node, ast.Constant))


REASONS = literal(arguments("Warning_"))
METHODS = set.union(
    *(literal(arguments(maker)) for maker in ("Estimate", "from_draws", "missing")),
    literal(renamed()),
    literal(assigned("METHOD", "method")),
)
BOUNDS = texts(arguments("AtLeast", 1))
STEPS = literal(arguments("next"))
# Beside what estimators report: what the rows of a picture are called, and what is said of a code without a sentence.
ROWS = {"documented", "at_least", "without", "without_one_of_three"}
OTHER = {"unknown"}


def test_the_sources_were_read() -> None:
    assert {"rhat", "poor_fit", "borrowed", "loglinear_no_estimate"} <= REASONS
    assert {"mixed", "latent", "latent_dependent", "heterogeneity", "combined", "two_lists", "bootstrap"} <= METHODS
    assert {"documented", "every_pair"} <= BOUNDS
    assert {"preparing", "without"} <= STEPS


def test_only_what_is_reported_sets_the_light() -> None:
    assert REDS | AMBERS <= REASONS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("part", "reported"),
    [("reason", REASONS | OTHER), ("method", METHODS | ROWS), ("bound", BOUNDS), ("progress", STEPS)],
)
def test_there_are_words_for_all_that_is_reported_and_for_nothing_else(
    language: str, part: str, reported: set[str]
) -> None:
    assert set(words(language).texts[part]) == reported
