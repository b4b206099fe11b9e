"""Who is run beside `throughgate link`, and what their time is taken for."""

import sys

import pytest

pytest.importorskip("splink")

import run
from peers import Clock


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (None, []),
        ([], ["splink-given", "splink-anyascii", "splink-known"]),
        (["nomenklatura-given"], ["nomenklatura-given"]),
    ],
)
def test_of_a_million_records_only_those_peers_are_tried_that_manage_or_are_asked_for(
    asked: list[str] | None, expected: list[str]
) -> None:
    assert list(run._peers(1_000_000, asked)) == expected


def test_a_clock_keeps_what_it_showed_when_first_stopped() -> None:
    clock = Clock()
    clock.stop()
    took = clock.took
    clock.stop()
    assert clock.took is took


def test_a_process_costs_processor_time_and_memory() -> None:
    said, cost = run._process([sys.executable, "-c", "print(sum(range(100_000)))"])
    assert said == "4999950000"
    assert cost.processor > 0
    assert cost.megabytes > 1


def test_a_linker_that_ends_badly_says_why() -> None:
    with pytest.raises(run.Failed, match=r"^anyascii is not installed\.$"):
        run._process([sys.executable, "-c", "import sys; sys.exit('anyascii is not installed.')"])
