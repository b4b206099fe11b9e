import csv
from pathlib import Path

import pytest

from throughgate.site import cli


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [f"{at},2024-0{1 + at % 4}-10,{'ab'[at % 2]},A;B" for at in range(200)]
    (tmp_path / "persons.csv").write_text("\n".join(["person,date,place,organisations", *rows]), encoding="utf-8")
    return tmp_path


def run(folder: Path, name: str, *more: str, by: str = "date,place") -> int:
    files = {"--ledger": "ledger", "--key": "key", "--out": f"{name}.csv"}
    named = [part for option, file in files.items() for part in (option, str(folder / file))]
    return cli.main(["protect", str(folder / "persons.csv"), "--by", by, "--name", name, *named, *more])


def test_the_command_writes_a_table_and_enters_it_in_the_ledger(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "one", "--new-ledger", "--new-key") == 0
    assert run(folder, "two", by="place") == 0
    assert "Checked together with 1 earlier release." in capsys.readouterr().out
    with (folder / "two.csv").open(encoding="utf-8-sig") as stream:
        assert list(csv.reader(stream)) == [["place", "at least"], ["a", "100"], ["b", "100"], ["all", "200"]]


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    assert run(folder, "one", "--new-ledger", "--new-key", "--dry-run") == 0
    assert [path.name for path in folder.iterdir()] == ["persons.csv"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ((), "There is no ledger"),
        (("--threshold", "3"), "fewer than 10 persons protect nobody"),
        (("--withhold", "7"), "it lies between 0 and 1"),
        (("--new-key",), "A new key fits a new ledger only"),
        (("--person", "id"), "has no column “id”"),
    ],
)
def test_a_fault_is_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], sentence: str
) -> None:
    (folder / ("no key" if "--new-key" in more else "key")).write_bytes(bytes(range(32)))
    assert run(folder, "one", *more) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
    assert not (folder / "one.csv").exists()


def test_a_name_is_used_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "one", "--new-ledger", "--new-key") == 0
    assert run(folder, "one") == 1
    assert "There is a release “one” in the ledger already" in capsys.readouterr().err
