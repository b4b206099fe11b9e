"""One page about a linking: what was read, what was found, what each agreement is worth. No script, no other file."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from throughgate.core.linkage.comparing import UNKNOWN
from throughgate.core.linkage.files import written
from throughgate.core.linkage.model import COMPARISONS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

    from throughgate.core.linkage.linking import Linked

STYLE = """
body { font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; margin: 1rem 0 }
caption { text-align: left; font-weight: bold; padding: .3rem 0; white-space: nowrap }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #767676; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums } div { overflow-x: auto }
"""
HEAD = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Lists linked</title><style>{STYLE}</style></head><body><main><h1>Lists linked</h1>"""
FOOT = """<p>“One person” and “strangers” are the shares of their pairs that reach a level; a bit doubles the odds.
Where names and places are compared, a rare one is worth more than written here, and a common one less.</p>
</main></body></html>"""


def write_report(connection: "Connection", linked: "Linked", path: Path) -> None:
    page = _page(connection, linked)
    with written(path) as stream:
        stream.write(page)


def _page(connection: "Connection", linked: "Linked") -> str:
    parts = [
        HEAD,
        _summary(linked),
        _table("The lists", ("List", "Records", "Columns understood"), _lists(linked)),
        _table("Records in a cluster", ("Records", "Clusters"), _sizes(linked.clusters.of)),
        _table("How sure the pairs are", ("Probability", "Pairs"), _probabilities(connection)),
        _table("What an agreement is worth", ("Compared", "Level", "One person", "Strangers", "Bits"), _levels(linked)),
        FOOT,
    ]
    return "\n".join(parts)


def _summary(linked: "Linked") -> str:
    people, found = linked.people, linked.clusters
    return (
        f"<p>{linked.records:,} records are about <strong>{people.estimate:,.0f} people</strong>: "
        f"between {people.low:,.0f} and {people.high:,.0f}, 95 times of a hundred. {found.count:,} clusters were made "
        f"of links at least {linked.threshold:g} sure; {found.refused:,} links were refused because the cluster would "
        "have contradicted itself.</p>"
    )


def _lists(linked: "Linked") -> Iterable[tuple[object, ...]]:
    for each in linked.lists:
        yield each.source, each.rows, ", ".join(f"{heading} = {field}" for field, heading in each.columns.items())


def _sizes(of: Sequence[int]) -> list[tuple[int, int]]:
    members: dict[int, int] = {}
    for root in of:
        members[root] = members.get(root, 0) + 1
    sizes: dict[int, int] = {}
    for size in members.values():
        sizes[size] = sizes.get(size, 0) + 1
    return sorted(sizes.items())


def _probabilities(connection: "Connection") -> list[tuple[str, int]]:
    rows = connection.execute("SELECT least(floor(probability * 10), 9), count(*) FROM scored GROUP BY 1").fetchall()
    found = dict(rows)
    return [(f"{tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}", found.get(tenth, 0)) for tenth in range(10)]


def _levels(linked: "Linked") -> Iterable[tuple[object, ...]]:
    model = linked.model
    for name in model.m:
        for level, said in enumerate(COMPARISONS[name]["comparison_levels"], start=UNKNOWN):
            if level != UNKNOWN:
                m, u = model.m[name][level], model.u[name][level]
                yield name, said["label_for_charts"], f"{m:.4f}", f"{u:.6f}", f"{model.weight(name, level):+.1f}"


def _table(caption: str, headings: Sequence[str], rows: Iterable[tuple[object, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f'<div role="region" tabindex="0" aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(value: object) -> str:
    return f'<td class="number">{value:,}</td>' if isinstance(value, int) else f"<td>{escape(str(value))}</td>"
