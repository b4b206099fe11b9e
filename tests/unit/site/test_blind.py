"""`throughgate blind`, as an analyst types it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from throughgate.site import cli

PEOPLE = [
    (f"Прыкладаў{first}{last}ў", f"Prykladau{latin}{end}u", given, passport, number)
    for number, (first, latin, last, end, given, passport) in enumerate(
        (first, latin, last, end, given, passport)
        for first, latin in (("бар", "bar"), ("кам", "kam"), ("сон", "son"), ("дзік", "dzik"))
        for last, end in (("ша", "sha"), ("ра", "ra"), ("ка", "ka"), ("ла", "la"))
        for given, passport in (("Алена", "Alena"), ("Сяргей", "Siarhei"), ("Ганна", "Hanna"))
    )
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a key, a list in Cyrillic and one as passports write it; twenty people are on both."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("throughgate.core.linkage.blind.tokens.FEWEST_DECOYS", 1000)
    born = [f"{1958 + each[4]}-{each[4] % 12 + 1:02}-{each[4] % 27 + 2:02}" for each in PEOPLE]
    ours = [f"{surname},{given},{date}" for (surname, _, given, _, _), date in zip(PEOPLE, born, strict=True)]
    theirs = [f"{surname} {given},{date}" for (_, surname, _, given, _), date in zip(PEOPLE, born, strict=True)]
    Path("ours.csv").write_text("\n".join(["Прозвішча,Імя,Дата нараджэння", *ours[:34]]), encoding="utf-8")
    Path("theirs.csv").write_text("\n".join(["Name,Date of birth", *theirs[14:]]), encoding="utf-8")
    assert cli.main(["blind", "key", "lists.key"]) == 0
    return tmp_path


def encode() -> None:
    for name in ("ours", "theirs"):
        assert cli.main(["blind", "encode", f"{name}.csv", "--key-file", "lists.key", "--out", f"{name}.tokens"]) == 0


def test_two_lists_are_counted_without_a_name(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    encode()

    assert cli.main(["blind", "count", "ours.tokens", "theirs.tokens"]) == 0

    told = capsys.readouterr()
    assert re.search(r"In both ours.tokens and theirs.tokens: about 20,", told.out)
    assert re.search(r"People: about 50,", told.out)
    assert "under one key only" in told.err


def test_a_relay_puts_a_second_key_over_the_tokens(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    encode()
    cli.main(["blind", "key", "relay.key"])
    for name in ("ours", "theirs"):
        relayed = ["blind", "relay", f"{name}.tokens", "--key-file", "relay.key", "--out", f"{name}.relayed"]
        assert cli.main(relayed) == 0

    assert cli.main(["blind", "count", "ours.relayed", "theirs.relayed"]) == 0
    assert capsys.readouterr().err == ""


def test_two_parties_count_alone(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    encode()

    for step in (
        ["ask", "ours.tokens", "--secret", "kept.secret", "--out", "request.psi"],
        ["answer", "theirs.tokens", "request.psi", "--out", "response.psi"],
        ["size", "ours.tokens", "response.psi", "--secret", "kept.secret"],
    ):
        assert cli.main(["blind", "psi", *step]) == 0

    assert re.search(r"In both: about 20,", capsys.readouterr().out)


def test_a_secret_is_for_its_owner_and_never_overwritten(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Path("lists.key").stat().st_mode & 0o077 == 0

    assert cli.main(["blind", "key", "lists.key"]) == 1
    assert capsys.readouterr().err == "throughgate blind: lists.key exists already; a secret is never overwritten.\n"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["encode", "none.csv", "--key-file", "lists.key"], "none.csv"),
        (["encode", "ours.csv", "--key-file", "none.key"], "none.key"),
        (["encode", "ours.csv", "--key-file", "ours.csv"], "no key file"),
        (["encode", "empty.csv", "--key-file", "lists.key"], "empty"),
        (["encode", "nameless.csv", "--key-file", "lists.key"], "name"),
        (["relay", "ours.csv", "--key-file", "lists.key"], "no file of tokens"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_writes_nothing(
    place: Path, capsys: pytest.CaptureFixture[str], words: list[str], complaint: str
) -> None:
    Path("empty.csv").write_text("")
    Path("nameless.csv").write_text("Weight,Height\n3,4\n")
    before = sorted(place.iterdir())
    capsys.readouterr()

    assert cli.main(["blind", *words, "--out", "made.tokens"]) == 1

    told = capsys.readouterr()
    assert complaint in told.err
    assert told.err.count("\n") == 1
    assert sorted(place.iterdir()) == before


def test_the_floor_is_not_lowered(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    encode()

    with pytest.raises(SystemExit):
        cli.main(["blind", "count", "ours.tokens", "theirs.tokens", "--floor", "1"])

    assert "not lowered below 10" in capsys.readouterr().err


def test_nothing_is_written_over_a_list_a_key_or_tokens(place: Path) -> None:
    encode()
    Path("ours.psi").write_text("{}", encoding="ascii")
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    for step in (
        ["encode", "ours.csv", "--key-file", "lists.key", "--out", "ours.csv"],
        ["encode", "ours.csv", "--key-file", "lists.key", "--out", "lists.key"],
        ["relay", "ours.tokens", "--key-file", "lists.key", "--out", "ours.tokens"],
        ["psi", "ask", "ours.tokens", "--secret", "new", "--out", "new"],
        ["psi", "answer", "ours.tokens", "ours.psi", "--out", "ours.psi"],
    ):
        assert cli.main(["blind", *step]) == 1
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_two_parties_see_how_far_each_step_is(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    encode()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    assert cli.main(["blind", "psi", "ask", "ours.tokens", "--secret", "kept.secret", "--out", "request.psi"]) == 0

    told = capsys.readouterr().err
    assert f"[{'-' * 15}]" in told
    assert f"[{'#' * 14}-]" in told
    assert told.endswith(f"{' ' * 60}\r")


def test_a_secret_that_is_there_is_told_before_the_work(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    encode()
    Path("kept.secret").write_text("of another round", encoding="ascii")

    assert cli.main(["blind", "psi", "ask", "ours.tokens", "--secret", "kept.secret", "--out", "request.psi"]) == 1
    assert "exists already" in capsys.readouterr().err
    assert not Path("request.psi").exists()
