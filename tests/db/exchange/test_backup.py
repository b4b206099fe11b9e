"""Everything in one file, and back into an empty place."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings as live
from django.db import connection, connections

from tests.cast import PASSPHRASE, an_organisation
from throughgate.access.acting import acting_as
from throughgate.access.log import verify_all
from throughgate.access.middleware import actor_of
from throughgate.access.models import Member
from throughgate.people.actions import add_file, add_person
from throughgate.people.models import File, Name
from throughgate.site import cli, database
from throughgate.site.backups import making, restoring
from throughgate.site.trouble import Trouble
from throughgate.vault import installation, parcels, unlocking
from throughgate.vault.keyring import unlocked
from throughgate.vault.parcels import Key, Lock

POSTGRES = os.environ.get("THROUGHGATE_TEST_DATABASE") == "postgres"
# What is being written is not yet there for a backup.
pytestmark = pytest.mark.django_db(transaction=True)

MARK = "Вымышленны"
STORY = f"{MARK} расказаў"


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """An installation with somebody in it."""
    held = installation.installation_key()
    home = tmp_path / "home"
    installation.create_with_key(home, held)
    url = "postgres://gate@/gate" if POSTGRES else ""
    settings.THROUGHGATE = replace(live.THROUGHGATE, home=home, database_url=url)
    yield home
    installation.hold(held)


@pytest.fixture
def house(home: Path) -> Any:
    house = an_organisation("Прыклад", "case_worker", "coordinator")
    with house.case_worker.at_work():
        person = add_person(names=[{"surname": MARK, "given": "Алесь"}])
        add_file(person, content=STORY.encode(), name="a.txt", kind="letter", compartment="case")
    return house


def new_key(folder: Path) -> bytes:
    return installation.create_with_key(folder, b"another installation key, 32 byt")


@contextlib.contextmanager
def restored_database(home: Path) -> Iterator[None]:
    """The restored database in the place of the present one."""
    before = connections["default"]
    connections.databases["restored"] = {**before.settings_dict, **database.embedded(home / "throughgate.db")}
    made = connections.create_connection("restored")
    made.alias = "default"
    connections["default"] = made
    try:
        yield
    finally:
        made.close()
        connections["default"] = before
        del connections.databases["restored"]


@contextlib.contextmanager
def another_database() -> Iterator[None]:
    """An empty PostgreSQL database in the place of the present one."""
    before, name = connections["default"], f"restored_{os.getpid()}"
    parts = urlsplit(os.environ["TEST_DATABASE_URL"])
    assert parts.scheme
    server = psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True)
    server.execute(f"DROP DATABASE IF EXISTS {name}")
    server.execute(f"CREATE DATABASE {name}")
    connections.databases["restored"] = {**before.settings_dict, "NAME": name}
    made = connections.create_connection("restored")
    made.alias = "default"
    connections["default"] = made
    try:
        yield
    finally:
        made.close()
        connections["default"] = before
        del connections.databases["restored"]
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.close()


def backed_up(home: Path, lock: Lock) -> Path:
    return making.make(home.parent / "all.age", lock).path


def everything_opens(house: Any, files: Path, settings: Any) -> None:
    """The member signs in with the passphrase they had and reads what was sealed."""
    settings.THROUGHGATE = replace(live.THROUGHGATE, home=files)
    member = Member.objects.get(id=house.case_worker.member.id)
    pair = unlocking.open_member_keys(member.id, PASSPHRASE)
    assert pair is not None
    actor = actor_of(member)
    assert actor is not None
    with acting_as(actor), unlocked(unlocking.keyring_of(member.id, pair)):
        assert Name.objects.get().surname == MARK
        assert File.objects.get().content() == STORY.encode()
    assert [verdict.problem for verdict in verify_all()] == [""] * len(verify_all())


def round_trip(home: Path, house: Any, lock: Lock, key: Key, settings: Any) -> None:
    backup, into = backed_up(home, lock), home.parent / "again"
    if POSTGRES:
        with another_database():
            restoring.restore(backup, key, into, new_key)
            everything_opens(house, into, settings)
    else:
        restoring.restore(backup, key, into, new_key)
        with restored_database(into):
            everything_opens(house, into, settings)


def test_a_backup_to_a_key_opens_again_under_another_installation_key(home, house, settings):
    secret, recipient = parcels.new_identity()

    round_trip(home, house, Lock(recipients=(recipient,)), Key(identity=secret), settings)


def test_a_backup_with_a_passphrase_opens_again(home, house, settings):
    round_trip(home, house, Lock(passphrase=PASSPHRASE), Key(passphrase=PASSPHRASE), settings)


def test_nothing_in_a_backup_is_readable_and_nothing_is_left_beside_it(home, house):
    _secret, recipient = parcels.new_identity()
    backup = backed_up(home, Lock(recipients=(recipient,)))

    content = backup.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert not any(word in content for word in (MARK.encode(), b"CREATE TABLE", b"access_member", b"manifest"))
    assert sorted(path.name for path in home.parent.iterdir()) == ["all.age", "home"]
    assert not list(home.glob("backup-*"))
    assert backup.stat().st_mode & 0o077 == 0


def test_inside_the_backup_stories_stay_sealed_to_the_members(home, house):
    secret, recipient = parcels.new_identity()
    parts: dict[str, bytes] = {}
    backup = backed_up(home, Lock(recipients=(recipient,)))
    parcels.read(backup, Key(identity=secret), lambda name, part: parts.__setitem__(name, part.read()))

    assert "manifest.json" in parts
    assert any(name.startswith("files/") for name in parts)
    assert not any(MARK.encode() in content for content in parts.values())


@pytest.mark.parametrize("harm", ["cut off", "a byte changed", "another key"])
def test_a_backup_that_is_harmed_restores_nothing(home, house, harm):
    secret, recipient = parcels.new_identity()
    backup, into = backed_up(home, Lock(recipients=(recipient,))), home.parent / "again"
    content = bytearray(backup.read_bytes())
    if harm == "cut off":
        content = content[:-5000]
    elif harm == "a byte changed":
        content[len(content) // 2] ^= 1
    else:
        secret, _recipient = parcels.new_identity()
    backup.write_bytes(content)

    place = another_database() if POSTGRES else contextlib.nullcontext()
    with place:
        with pytest.raises(parcels.ParcelError):
            restoring.restore(backup, Key(identity=secret), into, new_key)
        if POSTGRES:
            assert connections["default"].introspection.table_names() == []
    assert sorted(path.name for path in home.parent.iterdir()) == ["all.age", "home"]


def test_a_backup_lacking_a_part_is_not_whole(tmp_path, monkeypatch):
    secret, recipient = parcels.new_identity()
    monkeypatch.setattr(parcels, "verify", lambda *args: None)

    def fill(writer):
        writer.add("a", b"1")
        writer.contents["b"] = (1, "0" * 64)

    parcels.write(tmp_path / "p.age", Lock(recipients=(recipient,)), fill)
    with pytest.raises(parcels.ParcelError, match="incomplete"):
        parcels.read(tmp_path / "p.age", Key(identity=secret), lambda name, part: None)


def test_a_part_that_leads_out_of_its_folder_is_refused(home, tmp_path):
    secret, recipient = parcels.new_identity()
    path = tmp_path / "evil.age"
    parcels.write(path, Lock(recipients=(recipient,)), lambda writer: writer.add("files/../../evil", b"1"))

    with pytest.raises(Trouble):
        restoring.restore(path, Key(identity=secret), tmp_path / "again", new_key)
    assert not (tmp_path / "evil").exists()


def test_a_place_that_is_not_empty_is_left_alone(home, house):
    secret, recipient = parcels.new_identity()
    backup = backed_up(home, Lock(recipients=(recipient,)))

    with pytest.raises(Trouble, match="not empty"):
        restoring.restore(backup, Key(identity=secret), home, new_key)


def test_a_backup_of_the_other_kind_of_database_is_refused_in_plain_words(home, house, settings):
    secret, recipient = parcels.new_identity()
    backup = backed_up(home, Lock(recipients=(recipient,)))
    settings.THROUGHGATE = replace(live.THROUGHGATE, database_url="" if POSTGRES else "postgres://gate@/gate")

    with pytest.raises(Trouble, match="cannot be restored into"):
        restoring.restore(backup, Key(identity=secret), home.parent / "again", new_key)


def test_a_backup_never_replaces_a_file(home, house):
    _secret, recipient = parcels.new_identity()
    (home.parent / "all.age").write_text("mine")

    with pytest.raises(FileExistsError):
        backed_up(home, Lock(recipients=(recipient,)))
    assert (home.parent / "all.age").read_text() == "mine"


def test_more_than_a_passphrase_can_seal_is_said_clearly(home, house, monkeypatch):
    monkeypatch.setattr(parcels, "PASSPHRASE_MAX_BYTES", 1024)

    with pytest.raises(parcels.ParcelError, match="--recipient"):
        backed_up(home, Lock(passphrase=PASSPHRASE))
    assert not list(home.parent.glob("*all.age*"))


@pytest.mark.skipif(POSTGRES, reason="the command restores into the database of the settings")
def test_the_commands_do_it_all(home, house, tmp_path, monkeypatch, capsys, settings):
    monkeypatch.setattr(cli.opening, "existing", lambda: None)
    key, backup, into = tmp_path / "key.txt", tmp_path / "b.age", tmp_path / "into"

    assert cli.main(["backup", "--new-key", str(key), str(backup)]) == 0
    assert key.stat().st_mode & 0o077 == 0
    options = ["--identity", str(key), "--into", str(into), "--key-file", str(tmp_path / "installation.key")]
    assert cli.main(["restore", str(backup), *options]) == 0

    said = capsys.readouterr().out
    assert "is whole" in said
    assert f"THROUGHGATE_HOME={into} THROUGHGATE_KEY_FILE={tmp_path / 'installation.key'} throughgate serve" in said
    with restored_database(into):
        everything_opens(house, into, settings)
    assert cli.main(["backup", "--recipient", "age1nonsense", str(tmp_path / "c.age")]) == 1
    assert connection.alias == "default"
