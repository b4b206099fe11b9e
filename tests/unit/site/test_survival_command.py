import json
from pathlib import Path

import pytest

from throughgate.site import cli

ROWS = [
    "start,end,event,region",
    "2023-01-05,2023-03-01,return_political,Прыклад",
    "2023-01-05,2024-03-01,none,Прыклад",
    "2023-02-07,2023-09-01,exile,Узор",
    "2023-02,2023-12-01,lost,Узор",
    "2023-02-09,2023-10-01,death,Узор",
    "2023-02-10,2024-03-01,none,Узор",
]


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text("\n".join(ROWS), encoding="utf-8")
    return path


def test_the_command_tells_in_the_language_asked_and_writes_all_files(
    events: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = {name: events.with_name(f"out.{name}") for name in ("json", "svg", "csv")}
    asked = ["--json", str(out["json"]), "--chart", str(out["svg"]), "--curve", str(out["csv"])]
    assert cli.main(["survival", str(events), "--group", "region", "--days", "90,365", "--lang", "be", *asked]) == 0
    told = capsys.readouterr().out
    assert "вяртанне ў зняволенне з палітычных прычын" in told
    assert "Невядома: 1." in told
    assert json.loads(out["json"].read_text(encoding="utf-8"))["groups"][1]["name"] == {"region": "Прыклад"}
    assert out["svg"].read_text(encoding="utf-8").startswith("<svg")
    assert out["csv"].read_text(encoding="utf-8").startswith("group,event,day,share,low,high,in_view")


def test_days_between_two_days_are_read_from_two_columns(events: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        "release_from,release_to,end,event",
        *(f"2023-01-{n:02d},2023-03,2023-09-{n:02d},exile" for n in range(1, 9)),
    ]
    events.write_text("\n".join(rows), encoding="utf-8")
    asked = [
        "--column",
        "start_from=release_from",
        "--column",
        "start_to=release_to",
        "--turnbull",
        "--days",
        "180,200",
    ]
    assert cli.main(["survival", str(events), *asked]) == 0
    told = capsys.readouterr().out
    assert "without drawing any day (Turnbull)\n  by day 180: exile: between" in told
    assert "drawn between their limits" in told


def test_the_same_command_writes_the_same_bits(events: Path) -> None:
    written = []
    for name in ("one", "two"):
        path = events.with_name(name)
        assert cli.main(["survival", str(events), "--seed", "3", "--json", str(path)]) == 0
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_a_fault_is_one_sentence_with_the_row(events: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events.write_text("\n".join([*ROWS, "2023-02-30,2024-03-01,none,Узор"]), encoding="utf-8")
    assert cli.main(["survival", str(events)]) == 1
    assert "Row 8, column “start”" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked", [["--days", "0"], ["--days", "x"], ["--seed", "-1"], ["--column", "start"], ["--as-of", "5"]]
)
def test_a_wrong_setting_is_refused(events: Path, asked: list[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["survival", str(events), *asked])


def test_a_year_that_is_still_to_come_is_refused(events: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events.write_text("\n".join([*ROWS, "2023-02-03,9024-03-01,none,Узор"]), encoding="utf-8")
    assert cli.main(["survival", str(events)]) == 1
    assert "The last day of the study, 9024-03-01, is still to come" in capsys.readouterr().err
    assert cli.main(["survival", str(events), "--as-of", "2024-03-01"]) == 1
    assert "Row 8: the end is after the last day of the study" in capsys.readouterr().err


def test_a_table_that_is_missing_or_in_another_encoding_is_said(
    events: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["survival", str(events.with_name("none.csv"))]) == 1
    assert "cannot be read" in capsys.readouterr().err
    events.write_bytes("\n".join(ROWS).encode("cp1251"))
    assert cli.main(["survival", str(events)]) == 1
    assert "not a text in UTF-8" in capsys.readouterr().err


def test_the_table_is_not_written_over(events: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["survival", str(events), "--json", str(events)]) == 1
    assert "named twice" in capsys.readouterr().err
