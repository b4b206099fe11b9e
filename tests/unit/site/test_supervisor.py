"""The supervisor, in processes of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = """
import os, signal, sys, time
from throughgate.site import supervisor

def long_life():
    print("alive", os.getpid(), flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        signal.pause()

def short_life():
    return 3

supervisor.SHORT_LIVES = 2
sys.exit(supervisor.supervise({"role": globals()[sys.argv[1]]}))
"""


@pytest.fixture
def program() -> Iterator[subprocess.Popen[str]]:
    process = start("long_life")
    yield process
    process.kill()
    process.communicate()


def start(role: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, role],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def next_child(program: subprocess.Popen[str]) -> int:
    assert program.stdout is not None
    return int(program.stdout.readline().split()[1])


def test_a_role_that_is_killed_is_started_again(program: subprocess.Popen[str]) -> None:
    first = next_child(program)
    os.kill(first, signal.SIGKILL)

    assert next_child(program) != first


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_cleanly(program: subprocess.Popen[str], number: signal.Signals) -> None:
    child = next_child(program)
    program.send_signal(number)

    assert program.wait(10) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_when_the_supervisor_is_killed_nothing_is_left_behind(program: subprocess.Popen[str]) -> None:
    next_child(program)
    program.kill()

    # The child holds the other end of this pipe: it ends when the child has.
    assert program.stdout is not None
    assert program.stdout.read() == ""


def test_a_role_that_cannot_live_ends_the_run_and_says_so() -> None:
    program = start("short_life")
    _, said = program.communicate(timeout=10)

    assert program.returncode == 1
    assert said.count("The role ended (exit code 3).") == 2
