"""Precision and recall by counting are those of listing every pair."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("duckdb")

import evaluate

Labels = list[tuple[int, int]]


def _written(folder: Path, labels: Labels) -> tuple[Path, Path]:
    """Row by row a cluster and a person, on two lists in turn."""
    clusters, truth = folder / "clusters.csv", folder / "truth.csv"
    rows = [(("a.csv", "b.csv")[at % 2], at // 2 + 1, *label) for at, label in enumerate(labels)]
    clusters.write_text(
        "source,row,record_id,cluster_id,probability\n" + "".join(f"lists/{s},{r},,{c},1\n" for s, r, c, _ in rows)
    )
    truth.write_text("source,row,person\n" + "".join(f"{s},{r},{p}\n" for s, r, _, p in rows))
    return clusters, truth


def _pairs(labels: list[int]) -> set[tuple[int, int]]:
    return {(one, other) for one, other in combinations(range(len(labels)), 2) if labels[one] == labels[other]}


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=20))
def test_pairs_are_counted_as_they_would_be_listed(tmp_path_factory: pytest.TempPathFactory, labels: Labels) -> None:
    found = evaluate.evaluate(*_written(tmp_path_factory.mktemp("labels"), labels))
    said, true = (_pairs([label[at] for label in labels]) for at in (0, 1))
    assert found.precision == pytest.approx(len(said & true) / len(said) if said else 1)
    assert found.recall == pytest.approx(len(said & true) / len(true) if true else 1)


def test_b_cubed_is_the_mean_over_rows(tmp_path: Path) -> None:
    found = evaluate.evaluate(*_written(tmp_path, [(1, 1), (1, 1), (1, 2), (2, 2)]))
    assert found.cubed_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.cubed_recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)


def test_the_count_is_compared_with_people(tmp_path: Path) -> None:
    found = evaluate.evaluate(*_written(tmp_path, [(1, 1), (2, 1), (3, 2), (4, 3)]))
    assert found.count_error == pytest.approx(1 / 3)


def test_pairs_are_told_apart_by_lists(tmp_path: Path) -> None:
    found = evaluate.between(*_written(tmp_path, [(1, 1), (1, 1), (2, 1), (1, 2)]))
    assert found == [
        evaluate.Between("a.csv", "a.csv", true=1, said=0, right=0),
        evaluate.Between("a.csv", "b.csv", true=2, said=2, right=1),
        evaluate.Between("b.csv", "b.csv", true=0, said=1, right=0),
    ]


def test_clusters_without_a_row_of_the_truth_are_refused(tmp_path: Path) -> None:
    clusters, truth = _written(tmp_path, [(1, 1), (2, 2)])
    clusters.write_text("\n".join(clusters.read_text().splitlines()[:-1]))
    with pytest.raises(evaluate.Incomplete, match="2 rows in the truth, 1 in the clusters"):
        evaluate.evaluate(clusters, truth)
