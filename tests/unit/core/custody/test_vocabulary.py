"""The kinds that code knows by name are those of the vocabulary, and fit what it says."""

import csv
import datetime
import importlib.resources

import pytest

from throughgate.core.custody import Event, derive
from throughgate.core.custody import kinds as known
from throughgate.core.dates import PartialDate

DATA = importlib.resources.files("throughgate.core.vocab") / "data" / "custody_events.csv"
ROWS = list(csv.DictReader(DATA.read_text(encoding="utf-8").splitlines()))
KINDS = {row["code"]: (row["group"], row["liberty_after"]) for row in ROWS}
STATES = {row["code"]: row["liberty_after"] for row in ROWS if row["group"] == "state"}
CHANGING = [
    code
    for code, (group, liberty) in KINDS.items()
    if liberty != "unchanged" and group not in ("state", "place_kind", "after")
]
TODAY = datetime.date(2026, 11, 22)
HELD = Event("held", "detained", PartialDate(2024, 1, 1))


def test_every_kind_and_state_that_code_names_is_in_the_vocabulary():
    named = {*known._ROLES, *known._STATES, *known.MOVES, *known.NOT_SIGNS, *known.JUDGMENTS}
    assert named <= KINDS.keys()
    assert {*known._STATES.values(), *known._BY_LIBERTY.values(), *known.RESTRICTED_EPISODES} <= STATES.keys()


@pytest.mark.parametrize("code", [code for code in CHANGING if code != "sentenced_in_absentia"])
def test_the_liberty_after_each_kind_is_the_one_the_vocabulary_gives(code):
    found = derive([HELD, Event("then", code, PartialDate(2024, 3, 1))], KINDS, today=TODAY)
    assert found.liberty == KINDS[code][1]
    assert found.state in STATES
    # Taken to an unknown place and a dropped case leave the state unknown, as their liberty is.
    assert STATES[found.state] == found.liberty


@pytest.mark.parametrize("code", [code for code, (_, liberty) in KINDS.items() if liberty == "unchanged"])
def test_a_kind_that_changes_no_liberty_leaves_the_person_held(code):
    found = derive([HELD, Event("then", code, PartialDate(2024, 3, 1))], KINDS, today=TODAY)
    assert (found.state, found.contradictions) == ("state_detained", ())
