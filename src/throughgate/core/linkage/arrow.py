"""Columns of Python values as a table that the engine can read. The one door to pyarrow, which is an extra."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Column = tuple[str, Iterable[Any]]
"""A kind ("int", "bool" or "" for text) and the values."""


def table(columns: Mapping[str, Column]) -> Any:
    import pyarrow  # type: ignore[import-untyped]  # noqa: PLC0415 (an extra)

    kinds = {"": pyarrow.string(), "int": pyarrow.int32(), "bool": pyarrow.bool_()}
    arrays = [pyarrow.array(values, kinds[kind]) for kind, values in columns.values()]
    return pyarrow.table(arrays, names=list(columns))


def turned(rows: Sequence[Sequence[Any]], width: int) -> list[Sequence[Any]]:
    """Rows as columns, so many of them even where there is no row."""
    return list(zip(*rows, strict=True)) if rows else [()] * width


def encoded(lists: Any) -> tuple[Any, list[str]]:
    """A column of lists of text -> the same lists with numbers for the texts, and the distinct texts by number."""
    import pyarrow  # noqa: PLC0415 (an extra)

    whole = lists.combine_chunks()
    texts = whole.flatten().dictionary_encode()
    return pyarrow.ListArray.from_arrays(whole.offsets, texts.indices), texts.dictionary.to_pylist()


def spelt(lists: Any, signs: Sequence[str]) -> Any:
    """A column of lists of numbers -> a column of text, one sign for each number."""
    import pyarrow  # noqa: PLC0415 (an extra)
    from pyarrow import compute  # noqa: PLC0415

    written = pyarrow.array(signs, pyarrow.string()).take(lists.values)
    return compute.binary_join(pyarrow.ListArray.from_arrays(lists.offsets, written), "")
