"""Giving memory back after work that needed much of it for a moment."""

import ctypes
import gc


def give_back() -> None:
    """Return what is free to the system, where the C library can (glibc); elsewhere nothing happens."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
