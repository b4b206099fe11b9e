"""What an operator can set: one table, read from environment variables."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

LANGUAGES = ("be", "ru", "en")


class ConfigError(Exception):
    """A setting that cannot be understood; the text names it and says what was expected."""


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError("one of " + ", ".join(choices))
        return value

    return read


def _yes(value: str) -> bool:
    return _one_of("yes", "no")(value) == "yes"


def _origin(value: str) -> str:
    if not value.startswith(("https://", "http://")) or value.endswith("/") or value.count("/") != 2:
        raise ValueError("an address without a path, such as https://case.example.org")
    return value


def _setting(read: Callable[[str], Any], default: Any, shown: str, help_text: str) -> Any:
    """A field of `Config`: how its text is read, its default, how the table shows that, what it is for."""
    return field(default=default, metadata={"read": read, "shown": shown, "help": help_text})


@dataclass(frozen=True)
class Config:
    """One field is one environment variable: ``upload_max_mb`` is ``THROUGHGATE_UPLOAD_MAX_MB``."""

    home: Path = _setting(
        _folder,
        Path(),  # replaced in `load`, which knows the environment
        "the user's data folder; `var` for `make serve`",
        "The folder with the embedded database, the sealed files and the record of the installation.",
    )
    database_url: str = _setting(
        str,
        "",
        "the embedded database",
        "Address of a PostgreSQL server to use instead: `postgres://user:password@host:5432/name?sslmode=verify-full`, "
        "or `postgres:///name?host=/run/postgresql` for a local socket.",
    )
    key_file: Path | None = _setting(
        _folder,
        None,
        "asks for the passphrase",
        "A file with the installation key (64 hexadecimal digits), readable by the operator only; keep it on another "
        "disk than the database.",
    )
    host: str = _setting(str, "127.0.0.1", "`127.0.0.1`", "The address the server listens on.")
    port: int | None = _setting(
        _number(1, 65535), None, "`8420`, or the next that is free", "The port the server listens on; exactly this one."
    )
    origin: str = _setting(
        _origin,
        "",
        "the address listened on",
        "The address people type, when a proxy stands in front: `https://case.example.org`.",
    )
    language: str = _setting(
        _one_of(*LANGUAGES), "be", "`be`", "The language of a visitor who has chosen none: `be`, `ru` or `en`."
    )
    time_zone: str = _setting(str, "Europe/Minsk", "`Europe/Minsk`", "The zone in which days begin and end.")
    upload_max_mb: int = _setting(_number(1, 2000), 25, "`25`", "The largest file that may be attached, in megabytes.")
    threads: int = _setting(_number(4, 64), 4, "`4`", "How many requests are answered at once.")
    volume_encrypted: bool = _setting(
        _yes,
        False,
        "`no`",
        "Say `yes` when the disks of the PostgreSQL server are encrypted; `throughgate check` asks for it.",
    )

    @property
    def embedded(self) -> bool:
        """Whether the database is the file in `home`."""
        return not self.database_url

    @property
    def database_file(self) -> Path:
        return self.home / "throughgate.db"

    @property
    def files(self) -> Path:
        """The folder of sealed files."""
        return self.home / "files"


def variable(name: str) -> str:
    """The environment variable behind a field."""
    return f"THROUGHGATE_{name.upper()}"


def default_home(environment: Mapping[str, str]) -> Path:
    """The folder for a user's data, by the XDG base directory specification."""
    data = environment.get("XDG_DATA_HOME") or Path(environment.get("HOME") or Path.home()) / ".local" / "share"
    return Path(data).absolute() / "throughgate"


def load(environment: Mapping[str, str] = os.environ) -> Config:
    """The settings in force.

    Raises:
        ConfigError: a variable cannot be understood, or there is one that is not in the table.
    """
    known = {variable(each.name): each for each in fields(Config)}
    # THROUGHGATE_TEST_... belongs to the tests; anything else unknown is a slip of the keyboard.
    for name in environment:
        if name.startswith("THROUGHGATE_") and name not in known and not name.startswith("THROUGHGATE_TEST_"):
            raise ConfigError(f"{name} is not a setting. Known: {', '.join(sorted(known))}.")
    chosen: dict[str, Any] = {"home": default_home(environment)}
    for name, each in known.items():
        if text := environment.get(name, ""):
            chosen[each.name] = _read(name, each.metadata["read"], text)
    return Config(**chosen)


def _read(name: str, read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise ConfigError(f"{name} is {text!r}; expected {error}.") from None


def table() -> str:
    """The settings as the Markdown table in ``docs/SETTINGS.md``."""
    rows = [
        f"| `{variable(each.name)}` | {each.metadata['shown']} | {each.metadata['help']} |" for each in fields(Config)
    ]
    return "\n".join(["| variable | when it is not set | what it is for |", "| --- | --- | --- |", *rows, ""])
