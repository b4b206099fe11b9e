import contextlib
import io

import numpy as np
import pandas
from cell_key_perturbation.create_perturbed_table import create_perturbed_table
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.disclosure.invented import KEY, crowd
from throughgate.core.disclosure import Columns, Rules, of_rows, protect, rounding
from throughgate.core.disclosure.attack import system
from throughgate.core.disclosure.audit import pinned
from throughgate.core.disclosure.cells import cube
from throughgate.core.disclosure.keys import CELL_KEYS, record_keys
from throughgate.core.disclosure.release import WITHHELD


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_rounding_down_is_never_above_the_truth(counts: list[int]) -> None:
    exact = np.array(counts)
    rounded = rounding.down(exact)
    assert (rounded <= exact).all()
    assert (exact - rounded < 5).all()


@given(st.integers(0, 10**6))
def test_keyed_rounding_is_right_on_average_over_cell_keys(count: int) -> None:
    prints = np.arange(CELL_KEYS, dtype=np.uint64)
    rounded = rounding.keyed(np.full(CELL_KEYS, count), prints)
    assert not (rounded % 5).any()
    assert abs(rounded.mean() - count) < 5 / CELL_KEYS


def test_the_same_persons_have_the_same_keys_under_one_key_only() -> None:
    assert np.array_equal(record_keys(["a", "b"], KEY), record_keys(["a", "b"], KEY))
    assert not np.array_equal(record_keys(["a", "b"], KEY), record_keys(["a", "b"], KEY[::-1]))


def _ons_table(everybody: list[dict[str, str]], by: list[str], **settings: int) -> dict[tuple[str, ...], int | None]:
    """The table that the package of the Office for National Statistics makes with our keys and our way of rounding."""
    data = pandas.DataFrame(everybody)
    data["record_key"] = (record_keys(list(data["person"]), KEY) % np.uint64(CELL_KEYS)).astype(int)
    counts, keys = np.meshgrid(np.arange(1, 751), np.arange(CELL_KEYS), indexing="ij")
    values = rounding.keyed(counts.ravel(), keys.ravel().astype(np.uint64)) - counts.ravel()
    rules = pandas.DataFrame({"pcv": counts.ravel(), "ckey": keys.ravel(), "pvalue": values})
    with contextlib.redirect_stdout(io.StringIO()):
        made = create_perturbed_table(data, rules, [], by, "record_key", **settings)
    found = {}
    for row in made.to_dict("records"):
        found[tuple(row[name] for name in by)] = None if pandas.isna(row["count"]) else int(row["count"])
    return found


def test_keyed_rounding_gives_the_values_of_the_package_of_the_office_for_national_statistics() -> None:
    everybody = crowd(2000, seed=3)
    theirs = _ons_table(everybody, ["place", "sex"], threshold=0)
    persons = of_rows(everybody, Columns(("place", "sex")))
    counted = cube(persons, persons.dimensions, record_keys(persons.names, KEY))
    ours = rounding.keyed(counted.counts, counted.prints)
    for i, place in enumerate(counted.axes[0].labels):
        for j, sex in enumerate(counted.axes[1].labels):
            assert ours[i, j] == theirs[place, sex]


def _eight_rounded_up() -> list[dict[str, str]]:
    """Eight persons whose cell key rounds them up to ten."""
    for turn in range(100):
        names = [f"{turn} {at}" for at in range(8)]
        if rounding.keyed(np.array([8]), record_keys(names, KEY).sum(keepdims=True))[0] == 10:
            return [{"person": name, "place": "few", "organisations": "A;B"} for name in names]
    raise AssertionError


def test_fewer_than_ten_are_withheld_even_where_they_are_rounded_up_to_ten() -> None:
    """The other package holds the rounded value against its threshold; we hold the exact count against ours."""
    many = [{"person": f"many {at}", "place": "many", "organisations": "A;B"} for at in range(40)]
    everybody = [*_eight_rounded_up(), *many]
    rules = Rules(add_up=True, withheld=1)
    made = protect(of_rows(everybody, Columns(("place",))), name="one", key=KEY, rules=rules)
    assert made.release.shown[0] == WITHHELD
    known = system([made.release])
    assert not pinned(known, known.secrets(1)).any()
    assert _ons_table(everybody, ["place"])["few",] == 10
