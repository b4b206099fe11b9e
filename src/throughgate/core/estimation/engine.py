"""The compiled parts: loaded when something is computed, for numba is slow to import, and slower the first time.

Machine code is made when a module of kernels is imported, and kept for the next time beside the sources, in the user's
cache, or where NUMBA_CACHE_DIR says. Where nothing may be written it is made anew each time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

from throughgate.core.estimation.errors import MissingEngine

PARTS = ("loglinear", "latent", "mixed")
Function = TypeVar("Function", bound=Callable[..., Any])


@cache
def kernels(part: str) -> ModuleType:
    """The compiled functions of one of `PARTS`. Raises `MissingEngine` where numba is not installed."""
    try:
        return import_module(f"throughgate.core.estimation.{part}.kernels")
    except ImportError as error:
        raise MissingEngine from error


def prepare() -> None:
    """Everything that is compiled. Takes half a minute the first time, and next to nothing afterwards."""
    for part in PARTS:
        kernels(part)


def compiled(signature: str) -> Callable[[Function], Function]:
    """Compile a function for arguments of these types, and keep it if there is a folder for it."""

    def compile_it(function: Function) -> Function:
        try:
            found: Function = _numba().njit(signature, cache=True)(function)
        except RuntimeError:  # numba found no folder that it may write to
            found = _numba().njit(signature)(function)
        return found

    return compile_it


def inner(function: Function) -> Function:
    """Compile a function that compiled ones call, together with them."""
    found: Function = _numba().njit(function)
    return found


def _numba() -> ModuleType:
    return import_module("numba")
