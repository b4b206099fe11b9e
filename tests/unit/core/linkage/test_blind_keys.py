"""Keys of a blind round."""

from __future__ import annotations

import pytest

from throughgate.core.linkage.blind import BlindError, new_part, read_key


def parts(count: int) -> list[bytes]:
    return [new_part(count).encode() for _ in range(count)]


def test_parts_give_the_same_key_in_any_order() -> None:
    one, other, third = parts(3)

    assert read_key([one, other, third]) == read_key([third, one, other])


def test_each_part_counts() -> None:
    one, other = parts(2)

    assert read_key([one, other]) != read_key([one, new_part(2).encode()])


def test_a_part_alone_is_no_key() -> None:
    with pytest.raises(BlindError, match="has 2 parts, and 1 were given"):
        read_key(parts(2)[:1])


def test_a_part_given_twice_is_told() -> None:
    one, _ = parts(2)

    with pytest.raises(BlindError, match="given twice"):
        read_key([one, one])


@pytest.mark.parametrize("content", [b"\x07" * 32, b"0a" * 32 + b"\n"], ids=["bytes", "digits"])
def test_a_random_key_made_elsewhere_is_taken(content: bytes) -> None:
    assert read_key([content]).secret == read_key([content.strip()]).secret


@pytest.mark.parametrize("content", [b"", b"summer", "сакрэт".encode(), b"x" * 64])
def test_what_is_no_key_is_refused(content: bytes) -> None:
    with pytest.raises(BlindError, match="This is no key file"):
        read_key([content])


def test_a_key_does_not_show_itself() -> None:
    key = read_key(parts(1))

    assert key.secret.hex() not in repr(key)
    assert key.fingerprint not in key.secret.hex()


@pytest.mark.parametrize("count", [0, 21])
def test_a_key_has_a_sensible_number_of_parts(count: int) -> None:
    with pytest.raises(BlindError, match="between 1 and 20"):
        new_part(count)
