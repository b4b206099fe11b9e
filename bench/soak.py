"""Kill the server in the middle of writes, again and again, and prove that nothing acknowledged was lost.

python bench/soak.py --kills 200

A client writes through the real forms and remembers what was acknowledged (a 302). At a moment by chance every
process of the server is killed. After the last kill the database is opened and everything is looked at: each
acknowledged row is there and opens, nothing is half written, the log is one unbroken chain, every sealed field
opens, the file is whole.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from browser import Answer, Browser
from house import PASSPHRASE, sign_in_name
from running import ROOT, Server, environment

REFERENCE = re.compile(r"/people/([0-9A-Z]{3}-[0-9A-Z]{4})/")
TOLD = {"source_kind": "family", "reliability": "b", "credibility": "2"}
# Words that are not like each other: the page for a new person asks about likely doubles.
SYLLABLES = (
    "ба",
    "вэ",
    "гі",
    "до",
    "жу",
    "за",
    "кэ",
    "лі",
    "мо",
    "ну",
    "па",
    "рэ",
    "сі",
    "то",
    "фу",
    "ха",
    "цэ",
    "чы",
    "шо",
)
WRITERS = 2  # at once, so that they also wait for each other
LOST = (OSError, http.client.HTTPException, TimeoutError)


@dataclass
class Record:
    """What the server said is written: people by reference with their first name, and what was added to whom."""

    people: dict[str, str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    events: list[tuple[str, str]] = field(default_factory=list)
    contacts: list[tuple[str, str]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return len(self.people) + len(self.names) + len(self.events) + len(self.contacts)


class Writer(threading.Thread):
    """Writes until the server no longer answers."""

    def __init__(self, port: int, record: Record, member: str, seed: int) -> None:
        super().__init__(daemon=True)
        self.member = member
        self.browser = Browser(port, timeout=20)
        self.record = record
        self.rng = random.Random(seed)
        self.ready = threading.Event()
        self.fault: Exception | None = None

    def run(self) -> None:
        try:
            signed = self.browser.sign_in(self.member, PASSPHRASE)
            if signed.status != 302:
                raise RuntimeError(f"signing in: {signed.status}")
            self.ready.set()
            while True:
                self.rng.choice((self.add_person, self.add_name, self.add_event, self.add_contact))()
        except LOST:
            pass
        except Exception as error:  # noqa: BLE001 (looked at by the one who waits)
            self.fault = error
        self.ready.set()

    def _mark(self) -> str:
        """A word that no other row has."""
        return "".join(self.rng.choices(SYLLABLES, k=7)).capitalize()

    def _acknowledged(self, what: str, answer: Answer) -> bool:
        if answer.status == 302:
            return True
        self.record.refused[f"{what} {answer.status}"] += 1
        return False

    def _someone(self) -> str | None:
        return self.rng.choice(list(self.record.people)) if self.record.people else None

    def add_person(self) -> None:
        mark = self._mark()
        answer = self.browser.submit("/people/new/", {"surname": mark, "given": "Прыклад", "kind": "current"})
        if self._acknowledged("person", answer):
            self.record.people[REFERENCE.findall(answer.location)[0]] = mark

    def add_name(self) -> None:
        if person := self._someone():
            mark = self._mark()
            fields = {"surname": mark, "kind": "also"}
            if self._acknowledged("name", self.browser.submit(f"/people/{person}/names/new/", fields)):
                self.record.names.append((person, mark))

    def add_event(self) -> None:
        if person := self._someone():
            mark = self._mark()
            fields = {"kind": "letter_received", "on": "2026-05-03", "note": mark, **TOLD}
            if self._acknowledged("event", self.browser.submit(f"/people/{person}/custody/events/new/", fields)):
                self.record.events.append((person, mark))

    def add_contact(self) -> None:
        if person := self._someone():
            mark = self._mark()
            fields = {"channel": "phone", "value": f"{mark}@example.org"}
            if self._acknowledged("contact", self.browser.submit(f"/people/{person}/contacts/new/", fields)):
                self.record.contacts.append((person, f"{mark}@example.org"))


def main() -> None:
    options = _options()
    home = Path(tempfile.mkdtemp(prefix="throughgate-soak-"))
    start = time.monotonic()
    try:
        _run(["house.py", "--people", "0"], home)
        record = soak(home, options.kills, options.seed)
        (home / "record.json").write_text(json.dumps(vars(record) | {"refused": dict(record.refused)}))
        found = json.loads(_run(["examine.py"], home).splitlines()[-1])
        verified = subprocess.run(
            [sys.executable, "-m", "throughgate.site", "log", "verify"], env=environment(home), cwd=ROOT, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
    finally:
        if not options.keep:
            shutil.rmtree(home, ignore_errors=True)
    print(f"{options.kills} kills in {time.monotonic() - start:.0f} s; acknowledged: {_summary(record)}")
    if record.refused:
        print(f"refused: {dict(record.refused)}")
    print("\n".join(f"{name}: {value}" for name, value in found.items()))
    print(f"log verify: exit {verified.returncode}; {verified.stdout.strip() or verified.stderr.strip()}")
    if found["problems"] or verified.returncode or record.total < options.kills:
        sys.exit(1)


def soak(home: Path, kills: int, seed: int) -> Record:
    record, rng = Record(), random.Random(seed)
    for number in range(kills):
        server = Server.start(home)
        try:
            server.await_answer()
            writers = [
                Writer(server.port, record, sign_in_name(place), seed * 10_000 + number * WRITERS + place)
                for place in range(WRITERS)
            ]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.ready.wait(60)
            time.sleep(rng.uniform(0.1, 2.5))
        finally:
            server.kill()
        for writer in writers:
            writer.join(60)
            if writer.fault is not None:
                raise writer.fault
        if (number + 1) % 10 == 0:
            print(f"{number + 1} kills, {record.total} writes acknowledged", flush=True)
    return record


def _run(words: list[str], home: Path) -> str:
    command = [sys.executable, str(ROOT / "bench" / words[0]), *words[1:]]
    done = subprocess.run(command, env=environment(home), cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def _summary(record: Record) -> str:
    counts = {"people": record.people, "names": record.names, "events": record.events, "contacts": record.contacts}
    return ", ".join(f"{len(rows)} {name}" for name, rows in counts.items())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the house behind, to be looked at")
    return parser.parse_args()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
