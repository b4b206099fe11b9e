import datetime

import pytest

from throughgate.core.linkage.dates import NOTHING, Written, day_first, read

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("05.09.1985", Written(1985, 9, 5)),
        ("1985-09-05", Written(1985, 9, 5)),
        ("9/25/1985", Written(1985, 9, 25)),
        ("5 Sep 1985", Written(1985, 9, 5)),
        ("1985 г.р.", Written(1985)),
        ("41", Written(1985, about=True)),
        ("невядома", NOTHING),
    ],
)
def test_a_cell_gives_what_it_says(cell: str, expected: Written) -> None:
    assert read(cell, today=TODAY, days_first=True) == expected


def test_a_list_that_writes_the_month_first_is_found_out() -> None:
    assert not day_first(["05/25/1985", "02/03/1990"])
    assert read("02/03/1990", today=TODAY, days_first=False) == Written(1990, 2, 3)
