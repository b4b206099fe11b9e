"""The populations of known size, and the scores of what is said of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

TRUTH = {"kind": "sparse", "total": 1000, "identified": True}
NONE = {"est": None, "lo": None, "hi": None, "at_least": 400, "declined": True, "seconds": 0.1}
SAID = {"est": 900, "at_least": 600, "declined": False, "seconds": 0.1}


def test_there_are_at_least_sixteen_kinds_and_each_is_in_one_half(kinds) -> None:
    assert len(kinds.KINDS) >= 16
    assert set(kinds.KINDS) == kinds.DESIGN | kinds.JUDGE
    assert not kinds.DESIGN & kinds.JUDGE


def test_every_kind_lists_fewer_people_than_there_are_and_the_same_ones_again(kinds) -> None:
    for name in kinds.KINDS:
        drawn, again = kinds.population(name, 3), kinds.population(name, 3)
        assert drawn.counts.sum() > 0
        assert drawn.counts[0] == 0
        assert np.array_equal(drawn.counts, again.counts)
        if name != "linkage_errors":
            assert drawn.counts.sum() <= drawn.total


def test_unreachable_people_are_counted_apart(kinds) -> None:
    assert kinds.population("unreachable", 0).unreachable > 0
    assert kinds.population("independence", 0).unreachable == 0


def test_the_score_of_an_interval_is_its_width_and_forty_times_what_it_misses_by(score) -> None:
    assert score.interval_score(800, 1600, 1000) == pytest.approx(math.log(2))
    assert score.interval_score(1100, 1200, 1000) == pytest.approx(math.log(12 / 11) + 40 * math.log(1.1))


def test_a_refusal_has_no_coverage_but_counts_as_one(score) -> None:
    truths = [{**TRUTH, "id": "a"}, {**TRUTH, "id": "b"}]
    said = [{**NONE, "id": "a"}, {**SAID, "id": "b", "lo": 800, "hi": 990}]
    (found,) = score.scores(truths, said)
    assert (found.coverage, found.declined) == (0, 0.5)
    assert found.at_least_true == 1


def test_a_population_without_an_answer_is_an_error(score) -> None:
    with pytest.raises(KeyError):
        score.scores([{**TRUTH, "id": "a"}], [])
