import pytest

from throughgate.core.linkage.roles import Roles, roles, surname_first


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        ("SGP", Roles(1, 2, 3)),
        ("GPS", Roles(3, 1, 2)),
        ("GS", Roles(2, 1)),
        ("S,G", Roles(1, 3)),
        ("G,G", Roles(1, 3)),
        ("SII", Roles(1, 2, 3)),
        ("IIS", Roles(3, 1, 2)),
        ("X", Roles(1)),
        ("S-SG", Roles(1, 4, other=3)),
        ("S(S)G", Roles(1, 5, other=3)),
        ("S|G|P", Roles(1, 3, 5)),
        ("G|S", Roles(3, 1)),
        ("", Roles()),
    ],
)
def test_words_of_a_name_find_their_roles(make: str, expected: Roles) -> None:
    assert roles(make, surname_comes_first=True) == expected


def test_a_list_decides_where_a_name_does_not() -> None:
    assert roles("XX", surname_comes_first=True) == Roles(1, 2)
    assert roles("XX", surname_comes_first=False) == Roles(2, 1)


def test_the_order_of_a_list_is_told_by_its_clear_names() -> None:
    assert surname_first([("XG", 5), ("GX", 2), ("GG", 90)])
    assert not surname_first([("XG", 2), ("GXP", 5)])
