"""Logs say where, not what."""

from __future__ import annotations

import logging
import sys

from throughgate.site.logs import QuietFormatter


def failing(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def test_the_text_of_an_exception_stays_out_of_the_log() -> None:
    try:
        failing("Неіснуючы")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "It %s", ("failed",), sys.exc_info())

    line = QuietFormatter("{message}", style="{").format(record)

    assert "Неіснуючы" not in line
    assert line.startswith("It failed\nbuiltins.ValueError\n")
    assert "in failing" in line


def test_the_value_behind_a_cause_stays_out_as_well() -> None:
    try:
        try:
            failing("Неіснуючы")
        except ValueError as cause:
            raise RuntimeError("Неіснуючы again") from cause
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), sys.exc_info(), sinfo="Неіснуючы")

    assert "Неіснуючы" not in QuietFormatter("{message}", style="{").format(record)
