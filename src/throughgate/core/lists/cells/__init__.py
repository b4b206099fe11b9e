"""From cells to what they say: names, partial dates, articles, sentences, places; and what is in doubt."""

from throughgate.core.lists.cells.articles import Article, read_articles
from throughgate.core.lists.cells.doubts import Doubt
from throughgate.core.lists.cells.names import NameParts, read_name
from throughgate.core.lists.cells.places import Place, read_place
from throughgate.core.lists.cells.rows import ParsedRow, parse_row, parse_rows
from throughgate.core.lists.cells.sentences import Sentence, read_sentences
from throughgate.core.lists.cells.small import Sex, Status, read_date_cell, read_sex, read_status

__all__ = [
    "Article",
    "Doubt",
    "NameParts",
    "ParsedRow",
    "Place",
    "Sentence",
    "Sex",
    "Status",
    "parse_row",
    "parse_rows",
    "read_articles",
    "read_date_cell",
    "read_name",
    "read_place",
    "read_sentences",
    "read_sex",
    "read_status",
]
