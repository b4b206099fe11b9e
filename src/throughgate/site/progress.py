"""One line on the terminal that says how far a long command is. Nothing where no terminal is."""

import sys

WIDTH = 79


def show(done: int, of: int, what: str = "") -> None:
    line = f"[{'#' * done:-<{of}}] {what}"
    _write(f"\r{line[:WIDTH]:<{WIDTH}}")


def wipe() -> None:
    """Takes the line away, for what is printed next."""
    _write("\r" + " " * WIDTH + "\r")


def _write(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(line)
        sys.stderr.flush()
