"""Starting the product as an operator does, in a process group of its own, and asking the kernel about it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "bench"


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def environment(home: Path, **settings: str) -> dict[str, str]:
    """What a command needs; *settings* are those of the product in small letters: ``port="8000"``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("THROUGHGATE_", "DJANGO_"))}
    chosen = {f"THROUGHGATE_{name.upper()}": value for name, value in settings.items() if value}
    return {**kept, **chosen, "THROUGHGATE_HOME": str(home), "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}:{ROOT / 'bench'}"}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "throughgate.site", *words]


@dataclass
class Server:
    """``throughgate serve`` on a port of this machine."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, home: Path, *, database_url: str = "", log: Path | None = None) -> Server:
        port = free_port()
        said = (log or home / "server.log").open("ab")
        # Its own session, so that one signal reaches all of its processes and no others.
        process = subprocess.Popen(
            command("serve"), env=environment(home, port=str(port), database_url=database_url), cwd=ROOT,
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
        )  # fmt: skip
        said.close()
        return cls(home, port, process)

    def await_answer(self, seconds: float = 120) -> None:
        """Raises RuntimeError when it ends or stays silent."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
                line.settimeout(30)
                line.sendall(b"GET /sign-in/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                if line.recv(20).startswith(b"HTTP/1"):
                    return
            time.sleep(0.05)
        raise RuntimeError("the server did not answer")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def kill(self) -> None:
        """Everything of it, at once, as a power cut would, but for what the disk has taken."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(60)

    def web_process(self) -> int:
        """The id of the process that answers: the first child of the supervisor."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return int(children.split()[0])

    def memory_mib(self) -> dict[str, float]:
        """Resident memory of the answering process, and its own part of what it shares (PSS)."""
        status = Path(f"/proc/{self.web_process()}/status").read_text(encoding="ascii")
        shared = Path(f"/proc/{self.web_process()}/smaps_rollup").read_text(encoding="ascii")
        return {"resident": _kib("VmRSS", status) / 1024, "proportional": _kib("Pss", shared) / 1024}


def _kib(name: str, text: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) if found else 0
