"""Many tables in one process, for simulation studies: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import json
from typing import Any

from throughgate.core.estimation.assess import assess
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.light import Colour
from throughgate.core.estimation.reading import Read
from throughgate.core.estimation.result import Result, finite
from throughgate.core.estimation.tables import Table

Answer = dict[str, Any]


def answer(line: str, *, seed: int = 0) -> Answer:
    """What is found in `{"id", "lists", "table": [["0110", 12], ...]}`.

    A line that is no such table is refused like any other that lets nothing be said: `declined`, with `error`, a
    sentence, beside the reasons. Numbers are not rounded. So that thousands of tables can be asked, fewer draws are
    taken than for one alone, and no list is left out: the light is lit by what else there is.
    """
    name: object = None
    try:
        asked = _asked(line)
        name = _name(asked.get("id"))
        return {"id": name, **_found(assess(Read(_table(asked)), seed=seed, quick=True))}
    except EstimationError as error:
        return {"id": name, **_refused(str(error))}


def _asked(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise EstimationError("This line is no JSON.") from None
    if not isinstance(asked, dict):
        raise EstimationError("A line is an object with id, lists and table.")
    return asked


def _no_number(text: str) -> None:
    """NaN and the like, which Python reads and JSON does not have."""
    raise ValueError(text)


def _name(given: object) -> str | int | None:
    if isinstance(given, str | int | None):
        return given
    raise EstimationError("“id” is neither a text nor a whole number.")


def _table(asked: dict[str, Any]) -> Table:
    lists, cells = asked.get("lists"), asked.get("table")
    if not isinstance(lists, list):
        raise EstimationError("“lists” is not a list of names.")
    if not isinstance(cells, list) or any(not isinstance(cell, list) or len(cell) != 2 for cell in cells):
        raise EstimationError("“table” is not a list of pairs of a history and a count.")
    return Table.of(lists, [(history, count) for history, count in cells])


def _found(result: Result) -> Answer:
    whole = result.whole
    low, high = whole.interval or (None, None)
    return {
        "est": None if low is None else max(whole.headline.estimate, low),
        "lo": low,
        "hi": None if high is None else finite(high),
        "at_least": whole.at_least,
        "declined": whole.interval is None,
        "light": whole.light.colour.value,
        "reasons": [reason.code for reason in whole.light.reasons],
    }


def _refused(error: str) -> Answer:
    nothing = dict.fromkeys(("est", "lo", "hi", "at_least"))
    return {**nothing, "declined": True, "light": Colour.RED.value, "reasons": ["refused"], "error": error}
