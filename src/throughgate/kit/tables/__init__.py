"""Declared lists: one declaration gives the page, the cards on a phone, CSV, XLSX and print."""

from throughgate.kit.tables.columns import Bar, Code, Column, Day, Link, Number, PartialDay, Tag, Text
from throughgate.kit.tables.filters import FilterForm
from throughgate.kit.tables.table import Empty, ExportNote, Table

__all__ = [
    "Bar",
    "Code",
    "Column",
    "Day",
    "Empty",
    "ExportNote",
    "FilterForm",
    "Link",
    "Number",
    "PartialDay",
    "Table",
    "Tag",
    "Text",
]
