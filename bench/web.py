"""Measure the product with many people in it, as a browser on this machine sees it.

python bench/web.py --people 75000 --database both      (or sqlcipher, postgres)

Makes an invented organisation first (kept under build/bench; for PostgreSQL anew every time), then starts the real
server with four threads and asks for pages one after another, signed in as a coordinator who holds every key.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from browser import Answer, Browser, complete
from house import MEMBERS, PASSPHRASE, sign_in_name
from running import BUILD, ROOT, Server, environment

from throughgate.core.lists.invent.people import to_latin

PERSON = re.compile(r'href="/people/([0-9A-Z]{3}-[0-9A-Z]{4})/')
NAMED = re.compile(r'href="/people/[0-9A-Z]{3}-[0-9A-Z]{4}/"[^>]*>([^<]+)<')
PAGES = (
    ("Today", "/"),
    ("Today, everybody's", "/?whose=all"),
    ("Releases", "/releases/"),
    ("Releases, filtered", "/releases/?within=30_days&not_ready=on"),
    ("Releases, by name", "/releases/?sort=name"),
    ("People", "/people/"),
    ("People, by name", "/people/?sort=name"),
    ("Not heard from", "/custody/not-heard-from/"),
)
# What was set as the aim, for the pages it was set for: median in milliseconds.
AIMS = {"Releases": 30, "People": 30, "Not heard from": 30, "Name search": 60, "Name search, cold": 1000}

COLD_ROUNDS = 3


@dataclass
class Line:
    """One row of the table: times in milliseconds, size in bytes, requests of a first visit."""

    name: str
    times: list[float] = field(default_factory=list)
    size: int = 0
    requests: int = 1
    whole: int = 0
    queries: int | None = None

    def add(self, answer: Answer, *, expected: int = 200) -> None:
        if answer.status != expected:
            raise RuntimeError(f"{self.name}: {answer.status} {answer.text[:300]}")
        self.times.append(answer.took_ms)
        self.size = len(answer.body)

    def row(self) -> list[str]:
        ordered = sorted(self.times)
        p95 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
        aim = AIMS.get(self.name)
        return [
            self.name, f"{statistics.median(ordered):.1f}", f"{p95:.1f}", f"{self.size / 1024:.1f}",
            f"{self.requests}", f"{self.whole / 1024:.1f}" if self.whole else "",
            "" if self.queries is None else str(self.queries), "" if aim is None else f"<= {aim}",
        ]  # fmt: skip


HEADINGS = ["page", "p50 ms", "p95 ms", "KiB", "requests", "KiB with style", "queries", "aim p50"]


def main() -> None:
    options = _options()
    kinds = ("sqlcipher", "postgres") if options.database == "both" else (options.database,)
    for kind in kinds:
        house = _embedded_house(options) if kind == "sqlcipher" else _server_house(options)
        print(f"\n## {options.people:,} people, {kind}\n")
        try:
            measure(*house, rounds=options.rounds)
        finally:
            if kind == "postgres":
                shutil.rmtree(house[0], ignore_errors=True)


def measure(home: Path, database_url: str, *, rounds: int) -> None:
    inside = _inside(home, database_url)
    server = Server.start(home, database_url=database_url)
    try:
        server.await_answer()
        empty = server.memory_mib()
        lines = _pages(server, rounds)
        for line in lines:
            line.queries = inside["queries"].get(line.name)
        lines.append(_ten_at_once(server))
        full = server.memory_mib()
    finally:
        server.stop()
    _print([HEADINGS, *(line.row() for line in lines)])
    print(
        f"\nMemory of the server: {empty['resident']:.0f} MiB at the start, {full['resident']:.0f} MiB at the end",
        end="",
    )
    print(f" ({full['proportional']:.0f} MiB without what it shares); aim <= 200 MiB")
    for name, pair in inside["naive"].items():
        ours, naive = pair["ours_ms"], pair["naive_ms"]
        print(f"{name}: {ours:.1f} ms; choosing from all rows in memory: {naive:.0f} ms (x {naive / ours:.0f})")


def _pages(server: Server, rounds: int) -> list[Line]:
    browser = Browser(server.port)
    signed = Line("Sign-in")
    signed.add(browser.sign_in(sign_in_name(0), PASSPHRASE), expected=302)
    first, cold = Line("Name search, nothing kept"), Line("Name search, cold")
    names = _spellings(NAMED.findall(browser.get("/people/?page=2").text))
    first.add(_search(browser, names[0]))
    warm = _timed("Name search", rounds, lambda number: _search(browser, names[number % len(names)]))
    for _ in range(COLD_ROUNDS):
        time.sleep(2)  # for the index to be kept, and for what is dropped at the end of a session
        browser.submit("/", {}, at="/sign-out/")
        browser.sign_in(sign_in_name(0), PASSPHRASE)
        cold.add(_search(browser, names[0]))
    lines = [signed, first, cold, warm]
    people = PERSON.findall(browser.get("/people/").text + browser.get("/releases/").text)
    for name, path in PAGES:
        lines.append(_timed(name, rounds, lambda _number, path=path: browser.get(path)))  # type: ignore[misc]
        lines[-1].requests, lines[-1].whole = complete(browser, path)
    for name, part in (("Person", ""), ("Person, custody", "custody/"), ("Person, timeline", "timeline/")):
        lines.append(
            _timed(
                name, rounds, lambda number, part=part: browser.get(f"/people/{people[number % len(people)]}/{part}")
            )  # type: ignore[misc]
        )
    browser.close()
    return lines


def _timed(name: str, rounds: int, ask: Callable[[int], Answer]) -> Line:
    line = Line(name)
    for number in range(3):
        ask(number)
    for number in range(rounds):
        line.add(ask(number))
    return line


def _spellings(found: list[str]) -> list[str]:
    """Ways to ask for these people: surname, given name and surname, Latin letters, a slip of the keyboard."""
    asked = []
    for place, name in enumerate(unescape(one).strip() for one in found):
        surname, given = [*name.split(), "", ""][:2]
        slip = surname[:4] + surname[5:]
        asked.append((surname, f"{given} {surname}", to_latin(surname), slip)[place % 4])
    return asked or ["Прыклад"]


def _search(browser: Browser, words: str) -> Answer:
    return browser.submit("/people/", {"typed": words}, at="/people/find/")


def _ten_at_once(server: Server) -> Line:
    """All members at the same moment: the deriving of keys is dear by design."""
    line, begin = Line(f"Sign-in, {MEMBERS} at once"), threading.Barrier(MEMBERS)
    failed: list[Exception] = []

    def one(number: int) -> None:
        browser = Browser(server.port)
        try:
            browser.get("/sign-in/")
            begin.wait(60)
            line.add(browser.sign_in(sign_in_name(number), PASSPHRASE), expected=302)
        except Exception as error:  # noqa: BLE001 (told below, in the thread that can)
            failed.append(error)
        browser.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(MEMBERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return line


def _inside(home: Path, database_url: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "inside.py")], env=environment(home, database_url=database_url), cwd=ROOT,
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# Houses to measure in ---------------------------------------------------------------------------------------------


def _embedded_house(options: argparse.Namespace) -> tuple[Path, str]:
    """Kept from run to run, as long as the migrations are the same."""
    home = BUILD / f"sqlcipher-{options.people}"
    stamp, tables = home / "made.json", _tables()
    if options.fresh or not stamp.exists() or json.loads(stamp.read_text())["tables"] != tables:
        shutil.rmtree(home, ignore_errors=True)
        stamp_text = {"tables": tables, **_make(home, "", options.people)}
        stamp.write_text(json.dumps(stamp_text), encoding="utf-8")
    return home, ""


def _server_house(options: argparse.Namespace) -> tuple[Path, str]:
    """A PostgreSQL server that stops with this process."""
    sys.path.insert(0, str(ROOT))
    from tests import postgres  # noqa: PLC0415 (starts a server, and only here)

    home = Path(tempfile.mkdtemp(prefix="throughgate-bench-"))
    url = postgres.url()
    _make(home, url, options.people)
    return home, url


def _make(home: Path, database_url: str, people: int) -> dict[str, float]:
    home.mkdir(parents=True, exist_ok=True)
    print(f"Making {people:,} people in {home} ...", flush=True)
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "house.py"), "--people", str(people)],
        env=environment(home, database_url=database_url), cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    took: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(f"  took {time.monotonic() - start:.0f} s: {took}", flush=True)
    return took


def _tables() -> str:
    migrations = sorted((ROOT / "src").glob("throughgate/*/migrations/*.py"))
    from hashlib import sha256  # noqa: PLC0415

    return sha256(b"".join(path.read_bytes() for path in migrations)).hexdigest()[:16]


def _print(rows: list[list[str]]) -> None:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [
            cell.ljust(widths[place]) if place == 0 else cell.rjust(widths[place]) for place, cell in enumerate(row)
        ]
        print("| " + " | ".join(cells) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=75_000)
    parser.add_argument("--database", choices=("sqlcipher", "postgres", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is asked for")
    parser.add_argument("--fresh", action="store_true", help="make the people anew")
    return parser.parse_args()


if __name__ == "__main__":
    main()
