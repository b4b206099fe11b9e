"""The command line, up to where it hands over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from throughgate.site import cli
from throughgate.vault.installation import InstallationError


def test_help_lists_every_command_but_the_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0

    shown = capsys.readouterr().out
    assert all((command.name in shown) is not command.hidden for command in cli.COMMANDS if command.name != "manage")
    assert "manage" not in shown


def test_an_unknown_command_is_an_error_of_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["srve"]) == 2

    assert "There is no command `throughgate srve`" in capsys.readouterr().err


def test_a_command_of_two_words_is_found() -> None:
    found = cli.find(["log", "verify", "--all"])

    assert found is not None
    assert found.name == "log verify"


def test_what_an_operator_can_mend_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise InstallationError("Not with this key.")

    monkeypatch.setattr(cli.opening, "existing", refuse)

    assert cli.main(["check"]) == 1
    assert capsys.readouterr().err == "throughgate check: Not with this key.\n"


@pytest.mark.parametrize("name", ["serve", "init", "demo", "check", "manage"])
def test_every_command_of_the_site_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        cli.main([name, "--help"])

    assert leaving.value.code == 0
    assert len(capsys.readouterr().out) > 100


def test_a_file_that_cannot_be_read_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cli.opening, "existing", (tmp_path / "nowhere").read_text)

    assert cli.main(["check"]) == 1
    assert capsys.readouterr().err == f"throughgate check: {tmp_path / 'nowhere'}: No such file or directory.\n"


def test_a_missing_driver_of_postgresql_is_told_with_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> None:
        raise ImproperlyConfigured("Error loading psycopg2 or psycopg module")

    monkeypatch.setattr(cli.opening, "existing", load)

    assert cli.main(["check"]) == 1
    assert "pip install" in capsys.readouterr().err


def test_no_command_needs_the_driver_of_postgresql_to_tell_what_it_does(tmp_path: Path) -> None:
    # An installation with the embedded database is made without it.
    code = (
        "import contextlib, sys; sys.modules['psycopg'] = None\n"
        "from throughgate.site import cli\n"
        "for command in cli.COMMANDS:\n"
        "    with contextlib.suppress(SystemExit):\n"
        "        command.hidden or cli.main([*command.name.split(), '--help'])\n"
    )
    source = str(Path(cli.__file__).parents[2])
    environment = {"PYTHONPATH": source, "THROUGHGATE_HOME": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)

    assert ran.stderr == ""
    assert ran.stdout.count("usage: throughgate") == sum(not command.hidden for command in cli.COMMANDS)
