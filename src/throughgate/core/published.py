"""How a table that `throughgate protect` made is known again: nobody may take its numbers for exact counts."""

from collections.abc import Iterable

AT_LEAST = "at least"
ABOUT = "about"
WITHHELD = "withheld"


def protected(headings: Iterable[str], cells: Iterable[str]) -> bool:
    """True where a heading says what protected numbers mean, or a cell that it is withheld."""
    return any(each.casefold() in (AT_LEAST, ABOUT) for each in headings) or any(
        cell.casefold() == WITHHELD for cell in cells
    )
