"""Where the installation key comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from throughgate.vault import installation
from throughgate.vault.installation import InstallationError, NoInstallation, UnsafeKeyFile, WrongInstallationKey

PASSPHRASE = "пяць слоў якія нічога не значаць"
KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def held_key_is_put_back() -> Iterator[None]:
    before = list(installation._held)
    yield
    installation._held[:] = before


def test_the_passphrase_opens_what_it_made(tmp_path: Path) -> None:
    key = installation.create_with_passphrase(tmp_path, PASSPHRASE, memory_kib=64)

    opened = installation.unlock(tmp_path, key_file=None, ask=lambda: PASSPHRASE)

    assert installation.installation_key() == key
    assert not opened.demo


def test_another_passphrase_does_not(tmp_path: Path) -> None:
    installation.create_with_passphrase(tmp_path, PASSPHRASE, memory_kib=64)

    with pytest.raises(WrongInstallationKey):
        installation.unlock(tmp_path, key_file=None, ask=lambda: PASSPHRASE + "!")


def test_without_a_terminal_and_a_key_file_it_says_what_to_do(tmp_path: Path) -> None:
    installation.create_with_passphrase(tmp_path, PASSPHRASE, memory_kib=64)

    with pytest.raises(InstallationError, match="THROUGHGATE_KEY_FILE"):
        installation.unlock(tmp_path, key_file=None, ask=None)


def test_an_empty_place_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(NoInstallation, match="throughgate init"):
        installation.unlock(tmp_path, key_file=None, ask=None)


def test_a_key_file_opens_what_was_made_with_it(tmp_path: Path) -> None:
    key_file = tmp_path / "elsewhere" / "key"
    installation.write_key_file(key_file, KEY)
    installation.create_with_key(tmp_path, KEY)

    installation.unlock(tmp_path, key_file=key_file, ask=None)

    assert installation.installation_key() == KEY


def test_the_key_file_of_another_installation_is_refused(tmp_path: Path) -> None:
    installation.write_key_file(tmp_path / "key", bytes(32))
    installation.create_with_key(tmp_path, KEY)

    with pytest.raises(WrongInstallationKey):
        installation.unlock(tmp_path, key_file=tmp_path / "key", ask=None)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_key_file_others_may_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    installation.write_key_file(tmp_path / "key", KEY)
    (tmp_path / "key").chmod(mode)

    with pytest.raises(UnsafeKeyFile, match="chmod 600"):
        installation.read_key_file(tmp_path / "key")


@pytest.mark.parametrize("text", ["", "abc", "00" * 31, "00" * 33, "не ключ", "zz" * 32])
def test_a_key_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    installation.write_private(tmp_path / "key", text)

    with pytest.raises(InstallationError, match="key file"):
        installation.read_key_file(tmp_path / "key")


def test_a_demo_opens_by_itself(tmp_path: Path) -> None:
    key = installation.create_demo(tmp_path / "home")

    opened = installation.unlock(tmp_path / "home", key_file=None, ask=None)

    assert opened.demo
    assert installation.installation_key() == key


def test_what_is_written_is_for_the_operator_only(tmp_path: Path) -> None:
    home = tmp_path / "home"
    installation.create_demo(home)

    assert home.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in home.iterdir()} == {0o600}


def test_the_record_holds_no_key(tmp_path: Path) -> None:
    key = installation.create_with_passphrase(tmp_path, PASSPHRASE, memory_kib=64)

    assert key.hex() not in (tmp_path / installation.RECORD).read_text()


def test_an_installation_is_never_made_twice(tmp_path: Path) -> None:
    installation.create_with_key(tmp_path, KEY)

    with pytest.raises(InstallationError, match="already"):
        installation.create_with_key(tmp_path, KEY)


def test_a_damaged_record_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / installation.RECORD).write_text('{"version": 1, "che')

    with pytest.raises(InstallationError, match="damaged"):
        installation.read(tmp_path)


def test_the_derived_keys_differ_from_each_other_and_from_their_source() -> None:
    installation.hold(KEY)

    assert len({installation.database_key(), installation.signing_key(), KEY.hex()}) == 3


def test_nothing_is_derived_before_the_installation_is_open() -> None:
    installation._held.clear()

    with pytest.raises(InstallationError, match="not open"):
        installation.database_key()
