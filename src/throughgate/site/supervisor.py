"""Keeps the server and the worker alive: one process that only forks, waits and passes signals on.

It has one thread, so that forking again after a death is safe, and it holds the installation key, which its
children inherit in memory; nothing is written down for them.
"""

from __future__ import annotations

import gc
import logging
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

logger = logging.getLogger(__name__)

Role = Callable[[], int]

# A role that dies sooner than this, this many times in a row, will not get better by itself.
SHORT_LIFE_SECONDS = 5.0
SHORT_LIVES = 5


class Stopping(Exception):
    """A signal asked for the end; interrupts the waiting."""


def supervise(roles: dict[str, Role]) -> int:
    """Run every role in a process of its own, starting again what dies, until told to stop.

    Returns 0 when told to stop, 1 when a role could not be kept alive.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump of memory would hold open keys
    gc.freeze()  # what is loaded is shared with the children instead of copied by the collector
    lifeline = os.pipe()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    running: dict[int, tuple[str, float]] = {}
    short_lives = dict.fromkeys(roles, 0)
    try:
        for name, role in roles.items():
            running[start(role, lifeline)] = name, time.monotonic()
        while True:
            process, status = os.wait()
            name, born = running.pop(process)
            short_lives[name] = short_lives[name] + 1 if time.monotonic() - born < SHORT_LIFE_SECONDS else 0
            print(f"The {name} ended ({ending(status)}).", file=sys.stderr, flush=True)
            if short_lives[name] >= SHORT_LIVES:
                return 1
            time.sleep(0.2 * short_lives[name])
            running[start(roles[name], lifeline)] = name, time.monotonic()
    except Stopping:
        return 0
    finally:
        _end(list(running))


def start(role: Role, lifeline: tuple[int, int]) -> int:
    """Fork a child that runs ``role``; its process id.

    The stop signals are held back over the fork, so that a child never runs the parent's handlers.
    """
    held = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, held)
    process = os.fork()
    if process == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which passes it on
        signal.pthread_sigmask(signal.SIG_UNBLOCK, held)
        os._exit(_live(role, lifeline))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, held)
    return process


def _live(role: Role, lifeline: tuple[int, int]) -> int:
    reading, writing = lifeline
    os.close(writing)
    threading.Thread(target=_die_with_parent, args=(reading,), daemon=True).start()
    try:
        return role()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except Exception:
        logger.exception("A process of Throughgate cannot go on")
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _die_with_parent(reading: int) -> None:
    """The pipe ends when the parent is gone, however it went; then nobody would stop us."""
    os.read(reading, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise Stopping


def _end(processes: list[int], patience_seconds: float = 15.0) -> None:
    """Ask every child to stop, then insist."""
    for number, patience in ((signal.SIGTERM, patience_seconds), (signal.SIGKILL, patience_seconds)):
        for process in processes:
            os.kill(process, number)
        limit = time.monotonic() + patience
        while processes and time.monotonic() < limit:
            processes = [process for process in processes if os.waitpid(process, os.WNOHANG) == (0, 0)]
            time.sleep(0.05)


def ending(status: int) -> str:
    """How a process ended, in words."""
    code = os.waitstatus_to_exitcode(status)
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
