"""Lists of invented people, for the demo, for trials and for measuring. Institutions and articles are real.

`invent_rows` makes a list, `write_csv`, `write_xlsx` and `write_ods` lay it down, `invent_person` invents
one person. Everything follows from the seed.
"""

from throughgate.core.lists.invent.lives import InventedLife, invent_life
from throughgate.core.lists.invent.people import InventedName, InventedPerson, invent_person
from throughgate.core.lists.invent.rows import LAYOUTS, InventedList, Layout, invent_lives, invent_rows
from throughgate.core.lists.invent.writing import write_csv, write_ods, write_xlsx

__all__ = [
    "LAYOUTS",
    "InventedLife",
    "InventedList",
    "InventedName",
    "InventedPerson",
    "Layout",
    "invent_life",
    "invent_lives",
    "invent_person",
    "invent_rows",
    "write_csv",
    "write_ods",
    "write_xlsx",
]
