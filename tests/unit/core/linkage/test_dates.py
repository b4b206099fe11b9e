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
        ("5 сьнежня 1985", Written(1985, 12, 5)),
        ("31 ліпня 1985", Written(1985, 7, 31)),
        ("ur. 7 października 1985 r.", Written(1985, 10, 7)),
        ("7. März 1985", Written(1985, 3, 7)),
        ("le 3 août 1985", Written(1985, 8, 3)),
        ("5 śniežnia 1985", Written(1985, 12, 5)),
        ("5 XII 1985", Written(1985, 12, 5)),
        ("05.12.85", Written(1985, 12, 5)),
        ("05.12.1985 (40)", Written(1985, 12, 5)),
        ("1985 г.н.", Written(1985)),
        ("Jg. 1985", Written(1985)),
        ("né en 1985", Written(1985)),
        ("41 lat", Written(1985, about=True)),
        ("каля 41 года", Written(1985, about=True)),
        ("aged 41", Written(1985, about=True)),
        ("41 y.o.", Written(1985, about=True)),
    ],
)
def test_a_cell_gives_what_it_says(cell: str, expected: Written) -> None:
    assert read(cell, today=TODAY, days_first=True) == expected


def test_a_list_that_writes_the_month_first_is_found_out() -> None:
    assert not day_first(["05/25/1985", "02/03/1990"])
    assert read("02/03/1990", today=TODAY, days_first=False) == Written(1990, 2, 3)
