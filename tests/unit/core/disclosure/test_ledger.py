from pathlib import Path

import numpy as np
import pytest

from tests.unit.core.disclosure.invented import KEY, persons
from throughgate.core.disclosure import DisclosureError, Rules, ledger, protect, table

RULES = Rules(withheld=1)
COUNTS = {("2024-01", "a"): 14, ("2024-01", "b"): 9, ("2024-02", "a"): 30, ("2024-02", "b"): 33}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "ledger"
    ledger.start(path, KEY, RULES)
    for at, name in enumerate(("one", "two")):
        former = ledger.read(path, KEY, RULES)
        made = protect(persons(COUNTS), name=name, key=KEY, former=former, rules=RULES).release
        ledger.append(path, made, KEY, after=at)
    return path


def test_a_release_comes_back_as_it_was_entered(kept: Path) -> None:
    made = protect(persons(COUNTS), name="one", key=KEY, rules=RULES).release
    found = ledger.read(kept, KEY, RULES)[0]
    assert (found.name, found.axes) == (made.name, made.axes)
    for name in ("counts", "prints", "shown", "low", "high", "anchors", "telling"):
        assert np.array_equal(getattr(found, name), getattr(made, name)), name


def test_a_ledger_that_grew_meanwhile_takes_no_release_that_was_not_checked_against_all(kept: Path) -> None:
    made = protect(persons(COUNTS), name="three", key=KEY, rules=RULES).release
    before = kept.read_bytes()
    with pytest.raises(DisclosureError, match="another number of releases"):
        ledger.append(kept, made, KEY, after=1)
    assert kept.read_bytes() == before


def test_only_the_owner_may_read_it(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0


def test_a_line_that_was_changed_is_found(kept: Path) -> None:
    kept.write_text(kept.read_text(encoding="utf-8").replace('"name": "one"', '"name": "uno"'), encoding="utf-8")
    with pytest.raises(DisclosureError, match="line 2: the seal does not fit"):
        ledger.read(kept, KEY, RULES)


def test_a_line_that_was_taken_out_is_found(kept: Path) -> None:
    lines = kept.read_text(encoding="utf-8").splitlines(keepends=True)
    kept.write_text(lines[0] + lines[2], encoding="utf-8")
    with pytest.raises(DisclosureError, match="lines before it are gone"):
        ledger.read(kept, KEY, RULES)


def test_another_key_is_refused(kept: Path) -> None:
    with pytest.raises(DisclosureError, match="this is another key"):
        ledger.read(kept, KEY[::-1], RULES)


def test_other_rules_are_refused(kept: Path) -> None:
    with pytest.raises(DisclosureError, match="one ledger has one set of rules"):
        ledger.read(kept, KEY, Rules(add_up=True))


def test_a_ledger_is_never_overwritten_and_never_missing_in_silence(kept: Path) -> None:
    with pytest.raises(DisclosureError, match="never overwritten"):
        ledger.start(kept, KEY, RULES)
    with pytest.raises(DisclosureError, match="There is no ledger"):
        ledger.read(kept.with_name("none"), KEY, RULES)


def test_a_published_table_names_no_reason_and_no_place_where_few_were(kept: Path) -> None:
    counts = {("2024-01", "a"): 40, ("2024-02", "a"): 40, ("2024-01", "few"): 1}
    made = protect(persons(counts), name="one", key=KEY, rules=RULES).release
    rows = list(table.rows(made))
    assert table.headings(made, add_up=False) == ["date:month", "place", "at least"]
    assert not any("few" in row for row in rows)
    assert {row[-1] for row in rows} <= {"withheld", "40", "80"}
