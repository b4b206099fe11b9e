"""`throughgate import`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import PASSPHRASE, an_organisation
from tests.db.exchange.lists import a_list, csv_of
from tests.db.exchange.test_import import ONE, TWO
from throughgate.exchange.models import Profile, Reading, State
from throughgate.people.models import Person
from throughgate.site import cli

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return an_organisation("Прыклад", "coordinator", "case_worker")


@pytest.fixture
def run(house, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(cli.opening, "existing", lambda: None)
    passphrase, file = tmp_path / "passphrase", tmp_path / "list.csv"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def command(*options: str, data: bytes | None = csv_of(ONE, TWO), role: str = "coordinator") -> int:
        file.write_bytes(data or b"")
        who = ["--as", house.people[role].member.sign_in_name, "--passphrase-file", str(passphrase)]
        return cli.main(["import", *([str(file)] if data is not None else []), *who, *options])

    return command


def test_a_dry_run_shows_what_is_doubtful_and_leaves_nothing(run, capsys):
    assert run("--dry-run") == 0

    assert "Нейкае невядомае месца" in capsys.readouterr().out
    assert not Reading.unguarded.exists()


def test_a_list_is_imported_shown_and_undone(run, capsys):
    assert run("--yes") == 0
    reading = Reading.unguarded.get()
    assert (Person.unguarded.count(), reading.state) == (2, State.DONE)

    assert run("--list", data=None) == 0
    assert f"{reading.id}" in capsys.readouterr().out
    assert run("--undo", str(reading.id), data=None) == 1, "nobody could be asked"
    assert Person.unguarded.count() == 2
    assert run("--undo", str(reading.id), "--yes", data=None) == 0
    assert not Person.unguarded.exists()


def test_without_a_terminal_nothing_is_imported_unasked(run, capsys):
    assert run() == 1
    assert "--yes" in capsys.readouterr().err
    assert not Reading.unguarded.exists()


def test_a_list_that_shrank_needs_a_word_of_its_own(run, capsys):
    assert run("--yes", data=a_list(60)) == 0
    assert run("--yes", data=a_list(40)) == 1
    assert "--although-smaller" in capsys.readouterr().err
    assert run("--yes", "--although-smaller", data=a_list(40)) == 0


def test_remembered_columns_are_taken_by_their_name(run, house):
    with house.coordinator.at_work():
        Profile.objects.create(organisation=house.organisation, name="Наш", columns={"Alpha": "name"})

    assert run("--yes", "--profile", "Наш", data="Alpha;Beta\nПрыкладаў Сяргей;x\n".encode()) == 0
    with house.coordinator.at_work():
        assert Reading.objects.get().mapping == {"Alpha": "name", "Beta": ""}


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n1234", b""])
def test_a_file_that_is_no_list_is_refused_in_a_sentence(run, capsys, data):
    assert run("--yes", data=data) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_whoever_may_not_import_may_not_here_either(run):
    assert run("--yes", role="case_worker") == 1
    assert not Person.unguarded.exists()


def test_a_wrong_passphrase_opens_nothing(run, tmp_path, capsys):
    (tmp_path / "other").write_text("not the one\n", encoding="utf-8")
    assert run("--yes", "--passphrase-file", str(tmp_path / "other")) == 1
    assert "do not belong together" in capsys.readouterr().err


def test_another_organisation_than_was_named_stops_it(run):
    assert run("--yes", "--organisation", "Іншая") == 1
