"""What reaches the terminal and log files: where something went wrong, never what it went wrong with.

The text of an exception often quotes the value that caused it, and that value may be a name.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from types import TracebackType

PACKAGES = Path(__file__).parents[2]


def frames(trace: TracebackType | None) -> str:
    """The places a traceback went through, innermost last, without values and without folders of the machine."""
    return "\n".join(
        f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)
    )


def _short(filename: str) -> str:
    path = Path(filename)
    parts = path.parts
    if "site-packages" in parts:
        return str(Path(*parts[parts.index("site-packages") + 1 :]))
    return str(path.relative_to(PACKAGES)) if path.is_relative_to(PACKAGES) else path.name


class QuietFormatter(logging.Formatter):
    """A formatter that names the kind of an exception and its places, and leaves out its text."""

    def formatException(self, ei: object) -> str:  # noqa: N802 (logging's name)
        kind, _, trace = ei if isinstance(ei, tuple) else (None, None, None)
        if kind is None:
            return ""
        return f"{kind.__module__}.{kind.__qualname__}\n{frames(trace)}"

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 (logging's name)
        del stack_info
        return ""
