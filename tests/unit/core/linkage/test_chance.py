import pytest

from throughgate.core.linkage.chance import fit


def _same(weight: float) -> float:
    return float(1 / (1 + 2.0**-weight))


def test_without_pairs_nothing_changes() -> None:
    assert fit([]) == (1, 0)


def test_stretch_and_shift_are_found_again() -> None:
    bins = [(float(weight), 5000.0, 5000 * (1 - _same(0.8 * weight - 1.5))) for weight in range(-12, 13)]
    stretch, shift = fit(bins)
    assert stretch == pytest.approx(0.8, abs=0.01)
    assert shift == pytest.approx(-1.5, abs=0.05)


def test_pairs_that_are_no_more_than_chance_are_not_one_person() -> None:
    stretch, shift = fit([(float(weight), 1000.0, 1000.0) for weight in range(-5, 6)])
    assert _same(stretch * 5 + shift) < 0.05


def test_where_strangers_never_come_pairs_are_one_person() -> None:
    _, shift = fit([(float(weight), 1000.0, 0.0) for weight in range(6)])
    assert _same(shift) > 0.95
