"""A protected table is known again: nobody may estimate from it."""

from pathlib import Path

import pytest

from tests.unit.core.disclosure.invented import KEY
from throughgate.core.disclosure import Columns, Rules, of_rows, protect, table
from throughgate.core.estimation.errors import EstimationError
from throughgate.core.estimation.reading import read, read_clusters
from throughgate.core.linkage.files import table as write_table

PERSONS = [
    {"person": f"{mask} {at}", "A": str(mask & 1), "B": str(mask >> 1 & 1), "C": str(mask >> 2), "organisations": "A;B"}
    for mask in range(1, 8)
    for at in range(40)
]


@pytest.fixture(params=[False, True])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A table by lists, as `protect` writes it."""
    rules = Rules(add_up=request.param, withheld=1)
    made = protect(of_rows(PERSONS, Columns(("A", "B", "C"))), name="one", key=KEY, rules=rules).release
    path = tmp_path / "table.csv"
    write_table(path, table.headings(made, add_up=rules.add_up), table.rows(made))
    return path


@pytest.mark.parametrize("lists", [(), ("A", "B", "C")])
def test_estimates_come_never_from_a_protected_table(written: Path, lists: tuple[str, ...]) -> None:
    with pytest.raises(EstimationError, match="never from protected ones"):
        read(written.read_text(encoding="utf-8-sig"), "table.csv", lists=lists)


def test_it_is_known_by_its_withheld_cells_where_the_heading_was_changed(written: Path) -> None:
    text = written.read_text(encoding="utf-8-sig").replace("at least", "count").replace("about", "count")
    with pytest.raises(EstimationError, match=r"table\.csv is a table that `throughgate protect` made"):
        read(text + "1,1,1,Withheld\n", "table.csv")


def test_no_linkage_is_read_from_one(written: Path) -> None:
    with pytest.raises(EstimationError, match="never from protected ones"):
        read_clusters([written])
