"""The same people in several lists: found by names in any spelling, dates and places; counted with an interval.

with engine() as connection:
    linked = link(connection, [Path("A.csv"), Path("B.xlsx")], today=date.today())
    write(connection, linked, Path("clusters.csv"))
linked.people.low, linked.people.estimate, linked.people.high
"""

from throughgate.core.linkage.clusters import Clusters
from throughgate.core.linkage.counting import People
from throughgate.core.linkage.errors import LinkageError, MissingEngine
from throughgate.core.linkage.linking import THRESHOLD, Linked, engine, link, review, write
from throughgate.core.linkage.reading import ReadList
from throughgate.core.linkage.report import write_report

__all__ = [
    "THRESHOLD",
    "Clusters",
    "LinkageError",
    "Linked",
    "MissingEngine",
    "People",
    "ReadList",
    "engine",
    "link",
    "review",
    "write",
    "write_report",
]
