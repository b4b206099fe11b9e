"""Reading the list files that lie beside this module. Nothing else knows their columns."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from throughgate.core.vocab.terms import Term, Vocabulary

VERSION = "2026-11-21"

Row = Mapping[str, str]

# The list each row belongs to: always the same one, or the one a column names.
ONE_LIST = {
    "need_kinds.csv": "need_kind",
    "political_prisoner_criteria.csv": "political_prisoner_criteria",
    "wgad.csv": "wgad",
    "istanbul.csv": "istanbul",
    "punishments_and_measures.csv": "punishments_and_measures",
    "glossary.csv": "glossary",
}
LIST_COLUMN = {
    "reasons.csv": "list",
    "roles_relations_channels.csv": "list",
    "languages_countries.csv": "list",
    "scales.csv": "scale",
    "custody_events.csv": "group",
}
CUSTODY_PLACES_AND_STATES = frozenset({"place_kind", "state"})
WORDING = frozenset({"list", "scale", "code", "order", "en", "be", "ru", "term_en"})


@cache
def rows(filename: str) -> tuple[Row, ...]:
    """The rows of one data file, each a read-only mapping from column to text."""
    text = (files("throughgate.core.vocab") / "data" / filename).read_text(encoding="utf-8")
    return tuple(MappingProxyType(row) for row in csv.DictReader(text.splitlines()))


@cache
def all_vocabularies() -> Mapping[str, Vocabulary]:
    """Every list by its name. Raises ValueError when two files claim the same list."""
    terms: dict[str, list[Term]] = {}
    for filename in (*LIST_COLUMN, *ONE_LIST):
        grouped = _grouped(filename)
        if clash := terms.keys() & grouped.keys():
            raise ValueError(f"{filename} repeats {sorted(clash)}")
        terms |= grouped
    return MappingProxyType({name: _vocabulary(name, found) for name, found in terms.items()})


def slug(text: str) -> str:
    """A glossary term as a code: "file (dossier)" becomes "file_dossier"."""
    return "_".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _grouped(filename: str) -> dict[str, list[Term]]:
    grouped: dict[str, list[Term]] = {}
    for row in rows(filename):
        name = _list_name(filename, row)
        terms = grouped.setdefault(name, [])
        terms.append(_term(name, row, position=len(terms) + 1))
    return grouped


def _list_name(filename: str, row: Row) -> str:
    if filename in ONE_LIST:
        return ONE_LIST[filename]
    name = row[LIST_COLUMN[filename]]
    if filename == "custody_events.csv" and name not in CUSTODY_PLACES_AND_STATES:
        return "custody_event"
    return name


def _term(name: str, row: Row, *, position: int) -> Term:
    english = row["term_en"] if name == "glossary" else row["en"]
    return Term(
        list=name,
        code=slug(english) if name == "glossary" else row["code"],
        en=english,
        be=row["be"],
        ru=row["ru"],
        order=int(row.get("order") or position),
        extra=MappingProxyType({k: v for k, v in row.items() if k not in WORDING}),
    )


def _vocabulary(name: str, terms: list[Term]) -> Vocabulary:
    ordered = sorted(terms, key=lambda term: term.order)
    question = next((term for term in ordered if term.code == "question"), None)
    return Vocabulary(name, VERSION, tuple(t for t in ordered if t is not question), question)
