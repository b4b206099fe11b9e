"""Declared lists and pages about custody."""


def join_people() -> None:
    """Add this room's parts to the pages about people."""
