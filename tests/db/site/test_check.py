"""What `throughgate check` finds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from throughgate.site.commands import check
from throughgate.site.config import Config
from throughgate.vault import installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen(tmp_path: Path) -> Config:
    home = tmp_path / "home"
    installation.create_with_key(home, bytes(32))
    return replace(settings.THROUGHGATE, home=home)


def on_postgres(chosen: Config) -> Config:
    return replace(chosen, database_url="postgres://gate@/gate", volume_encrypted=True)


@pytest.fixture
def trusted_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "is_superuser", lambda: False)


def connected(monkeypatch: pytest.MonkeyPatch, host: str, **options: str) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", host)
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)


def test_a_sound_embedded_installation_has_nothing_to_mend(chosen: Config) -> None:
    assert [*check.of_settings(chosen), *check.of_files(chosen), *check.of_database(chosen)] == []


def test_a_demo_is_never_safe(tmp_path: Path, chosen: Config) -> None:
    installation.create_demo(tmp_path / "demo")

    assert "This is a demo" in next(check.of_settings(replace(chosen, home=tmp_path / "demo")))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"origin": "http://case.example.org"}, "THROUGHGATE_ORIGIN is not https"),
        ({"host": "0.0.0.0"}, "without TLS"),
    ],
)
def test_passphrases_in_the_clear_are_found(chosen: Config, changes: dict[str, str], word: str) -> None:
    assert [word in finding for finding in check.of_settings(replace(chosen, **changes))] == [True]  # type: ignore[arg-type]


def test_a_folder_and_a_file_open_to_others_are_found(chosen: Config) -> None:
    chosen.home.chmod(0o755)
    (chosen.home / "throughgate.db").touch()
    (chosen.home / "throughgate.db").chmod(0o644)

    assert ["chmod 700" in finding or "chmod 600" in finding for finding in check.of_files(chosen)] == [True, True]


def test_a_key_on_the_disk_it_protects_is_found(chosen: Config, tmp_path: Path) -> None:
    installation.write_key_file(tmp_path / "key", bytes(32))

    assert "on the disk it protects" in next(check.of_files(replace(chosen, key_file=tmp_path / "key")))


@pytest.mark.usefixtures("trusted_role")
def test_an_unencrypted_volume_is_found(chosen: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    connected(monkeypatch, "/run/postgresql")
    said_nothing = replace(on_postgres(chosen), volume_encrypted=False)

    assert list(check.of_database(on_postgres(chosen))) == []
    assert "THROUGHGATE_VOLUME_ENCRYPTED=yes" in next(check.of_database(said_nothing))


@pytest.mark.usefixtures("trusted_role")
@pytest.mark.parametrize(("mode", "findings"), [("disable", 1), ("prefer", 1), ("require", 0), ("verify-full", 0)])
def test_a_connection_in_the_clear_is_found(
    chosen: Config, monkeypatch: pytest.MonkeyPatch, mode: str, findings: int
) -> None:
    connected(monkeypatch, "db.example.org", sslmode=mode)

    assert len(list(check.of_database(on_postgres(chosen)))) == findings


def test_a_superuser_role_is_found(chosen: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    connected(monkeypatch, "/run/postgresql")
    monkeypatch.setattr(check, "is_superuser", lambda: True)

    assert "superuser" in next(check.of_database(on_postgres(chosen)))


def test_the_question_about_the_role_is_one_postgresql_understands() -> None:
    """The tests' own role is a superuser; the embedded database knows no roles and is never asked."""
    if connection.vendor == "postgresql":
        assert check.is_superuser()
    else:
        assert list(check.of_database(settings.THROUGHGATE)) == []
