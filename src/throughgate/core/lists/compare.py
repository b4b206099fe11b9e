"""Two readings of one list: who is new, who is gone, what changed about whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from throughgate.core.lists.cells.rows import ParsedRow
from throughgate.core.names import skeleton, tokens

Changes = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys are numbers of the list, or made of name and birth where there is none ("~" in front).

    changed    key -> heading -> (old, new); "" where a cell was or became empty
    """

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[tuple[str, Changes], ...]
    total_before: int
    total_after: int

    def shrank_too_much(self, threshold: float = 0.03) -> bool:
        """Whether so large a part of the list is missing that it is rather a broken copy than news."""
        return self.total_after < self.total_before * (1 - threshold)

    @property
    def same(self) -> bool:
        return not (self.new or self.gone or self.changed)


def row_key(row: ParsedRow) -> str:
    """The number of the list; without one, the sound of the name and the date of birth."""
    if row.list_id:
        return row.list_id
    name = row.name
    words = f"{name.surname} {name.given} {name.patronymic}".strip() or name.text if name else ""
    sounds = sorted(skeleton(word) for word in tokens(words))
    return f"~{' '.join(sounds)} {row.birth or ''}".strip()


def keyed(rows: Iterable[ParsedRow]) -> dict[str, Mapping[str, str]]:
    """Key -> original cells. A key that comes again gets "#2", "#3": no row is dropped."""
    found: dict[str, Mapping[str, str]] = {}
    for row in rows:
        key = base = row_key(row)
        copy = 2
        while key in found:
            key, copy = f"{base}#{copy}", copy + 1
        found[key] = row.original
    return found


def compare(
    before: Mapping[str, Mapping[str, str]],
    after: Mapping[str, Mapping[str, str]],
    *,
    ignore: Sequence[str] = (),
) -> Difference:
    """What changed between two readings, each key -> heading -> text (see `keyed`).

    `ignore`: headings whose change is no news (a running number). Spaces do not count as a change.
    """
    changed: list[tuple[str, Changes]] = []
    for key, cells in after.items():
        if key in before and (changes := _changes(before[key], cells, ignore)):
            changed.append((key, changes))
    return Difference(
        new=tuple(key for key in after if key not in before),
        gone=tuple(key for key in before if key not in after),
        changed=tuple(changed),
        total_before=len(before),
        total_after=len(after),
    )


def _changes(old: Mapping[str, str], new: Mapping[str, str], ignore: Sequence[str]) -> dict[str, tuple[str, str]]:
    headings = [*new, *(heading for heading in old if heading not in new)]
    return {
        heading: (old.get(heading, ""), new.get(heading, ""))
        for heading in headings
        if heading not in ignore and old.get(heading, "").split() != new.get(heading, "").split()
    }
