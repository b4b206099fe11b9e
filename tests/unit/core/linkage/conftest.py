from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from throughgate.core import linkage

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@pytest.fixture
def connection() -> Iterator["DuckDBPyConnection"]:
    with linkage.engine() as connection:
        yield connection
