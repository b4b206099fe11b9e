"""Start Throughgate on this machine and print its address.

Opens the database (asking for the passphrase of the installation, or reading the key file named in
THROUGHGATE_KEY_FILE), brings it up to date, then starts the server and the worker that does the
long jobs. Both stop with Ctrl-C. With --demo, a demo is made first where there is no installation.
"""

from __future__ import annotations

import argparse

from django.core import checks
from django.db import connections

from throughgate.site import demo as coalition
from throughgate.site import opening, server, supervisor, worker
from throughgate.site.trouble import Trouble
from throughgate.vault import installation
from throughgate.vault.installation import Installation


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="make the demo first where there is no installation")


def run(options: argparse.Namespace) -> int:
    opened = prepare(make_demo=options.demo)
    refuse_to_start_on_errors()
    chosen = opening.config()
    listener = server.listen(chosen.host, chosen.port)
    print(greeting(opened, server.address(listener)), flush=True)
    # A connection must not cross a fork; each process opens its own.
    connections.close_all()
    return supervisor.supervise({"server": lambda: server.serve(listener), "worker": worker.work})


def prepare(*, make_demo: bool) -> Installation:
    """Open the installation, making the demo first when that was asked for and nothing is there."""
    fresh = make_demo and not installation.exists(opening.config().home)
    if fresh:
        print("Making the demo: invented people in real prisons. This takes a moment.", flush=True)
    opened = opening.demo() if fresh else opening.existing()
    if opened.demo:
        coalition.fill()
    return opened


def refuse_to_start_on_errors() -> None:
    """A WSGI server runs no system checks by itself; ours say, among others, which route has no right."""
    found = [message for message in checks.run_checks() if message.is_serious()]
    if found:
        raise Trouble("\n".join(["Throughgate does not start:", *map(str, found)]))


def greeting(opened: Installation, address: str) -> str:
    """What the operator reads: the address, and in a demo who may sign in."""
    lines = [f"\n  Throughgate is at {opening.config().origin or address}", "  Stop it with Ctrl-C.\n"]
    if opened.demo:
        lines.append("  This is a demo: everybody in it is invented, and anybody can open it. Sign in as:\n")
        rows = coalition.sign_ins()
        width = max((len(name) for name, _, _ in rows), default=0)
        lines += [f"    {name:{width}}   {passphrase}   {who}" for name, passphrase, who in rows]
        lines.append("")
    return "\n".join(lines)
