import pytest

from throughgate.core.linkage.roles import Order, Roles, roles, surname_first
from throughgate.core.linkage.spellings import kind


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("а", "I"),
        ("святлана", "G"),
        ("света", "D"),
        ("свтлана", "M"),
        ("пятровіч", "P"),
        ("узоравіч", "V"),
        ("узораўскі", "S"),
        ("прыклад", "X"),
    ],
)
def test_a_word_looks_like_a_part_of_a_name(word: str, expected: str) -> None:
    assert kind(word) == expected


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        ("SGP", Roles(1, 2, 3)),
        ("GPS", Roles(3, 1, 2)),
        ("GS", Roles(2, 1)),
        ("S,G", Roles(1, 3)),
        ("G,G", Roles(1, 3)),
        ("G,X", Roles(3, 1)),
        ("SII", Roles(1, 2, 3)),
        ("IIS", Roles(3, 1, 2)),
        ("X", Roles(1)),
        ("S-SG", Roles(1, 4, other=3)),
        ("S(S)G", Roles(1, 5, other=3)),
        ("S|G|P", Roles(1, 3, 5)),
        ("G|S", Roles(3, 1)),
        ("G|X|P", Roles(3, 1, 5)),
        ("G|I|P", Roles(1, 3, 5)),
        ("GIP", Roles(1, 2, 3)),
        ("GVP", Roles(2, 1, 3)),
        ("VGP", Roles(1, 2, 3)),
        ("", Roles()),
    ],
)
def test_words_of_a_name_find_their_roles(make: str, expected: Roles) -> None:
    assert roles(make, surname_comes_first=Order(plain=3.0)) == expected


def test_a_list_decides_where_a_name_does_not() -> None:
    assert roles("XX", surname_comes_first=Order(plain=0.3)) == Roles(1, 2)
    assert roles("XX", surname_comes_first=Order(plain=-0.3)) == Roles(2, 1)


def test_the_order_of_a_list_is_told_by_its_clear_names() -> None:
    assert surname_first([("XG", 5), ("GX", 2), ("GG", 90), ("SGP", 3)]).plain > 0
    assert surname_first([("XG", 2), ("GXP", 5), ("ISP", 1)]).plain < 0


def test_columns_and_commas_have_an_order_of_their_own() -> None:
    order = surname_first([("GX", 50), ("X,G", 500), ("X|G|P", 90), ("G|X|P", 10)])
    assert order.plain < 0 < order.fields < order.comma


def test_a_list_with_its_columns_the_other_way_round_is_read_so() -> None:
    assert roles("X|X", surname_comes_first=surname_first([("G|X", 500), ("X|X", 20)])) == Roles(3, 1)
