from tests.unit.core.estimation.invented import TABLE
from throughgate.core.estimation.stamp import Stamp, stamp
from throughgate.core.estimation.tables import Table


def made(table: Table, name: str = "") -> Stamp:
    return stamp([(name, table)], version="0.1.0", seed=3, settings={"strata": "sex", "lists": "A,B"})


def test_the_order_of_lists_does_not_change_the_stamp() -> None:
    assert made(TABLE.restricted("CAB")) == made(TABLE)


def test_another_count_another_name_or_another_stratum_does() -> None:
    renamed = Table(("A", "B", "D"), TABLE.counts)
    found = {made(each).input for each in (TABLE, TABLE.scaled(2), renamed)} | {made(TABLE, "f").input}
    assert len(found) == 4


def test_a_stamp_says_version_seed_and_settings() -> None:
    found = made(TABLE)
    assert (found.version, found.seed, found.settings) == ("0.1.0", 3, {"lists": "A,B", "strata": "sex"})
