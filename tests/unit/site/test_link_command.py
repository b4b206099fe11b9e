from pathlib import Path

import pytest

from throughgate.site import cli


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    rows = "1,Узораў Адам,1980-02-03\n2,Узоров Адам,03.02.1980\n3,Прыкладаў Ян,1985-04-05\n"
    path.write_text(f"id,name,born\n{rows}", encoding="utf-8")
    return path


def test_the_command_writes_clusters_and_says_how_many_people(
    names: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "clusters.csv"
    assert cli.main(["link", str(names), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8-sig").splitlines()[0] == "source,row,record_id,cluster_id,probability"
    told = capsys.readouterr().out
    assert "Records: 3" in told
    assert "People: about" in told


def test_a_fault_is_one_sentence_and_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "clusters.csv"
    assert cli.main(["link", str(tmp_path / "none.csv"), "--out", str(out)]) == 1
    assert "cannot be read" in capsys.readouterr().err
    assert not out.exists()


def test_a_threshold_is_a_probability(names: Path) -> None:
    with pytest.raises(SystemExit):
        cli.main(["link", str(names), "--out", "x.csv", "--threshold", "2"])


def test_a_list_is_not_written_over(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = names.read_bytes()
    assert cli.main(["link", str(names), "--out", str(names)]) == 1
    assert "named twice" in capsys.readouterr().err
    assert names.read_bytes() == before


def test_labels_that_are_missing_are_told_before_the_work(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = names.with_name("clusters.csv")
    assert cli.main(["link", str(names), "--out", str(out), "--labels", str(names.with_name("none.csv"))]) == 1
    assert "no such file" in capsys.readouterr().err


def test_a_heading_of_the_profile_that_no_list_has_is_named(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = names.with_name("profile.toml")
    profile.write_text('[columns]\n"Nmae" = "name"\n', encoding="utf-8")
    out = names.with_name("clusters.csv")
    assert cli.main(["link", str(names), "--out", str(out), "--profile", str(profile)]) == 0
    assert "no list has a column “nmae”" in capsys.readouterr().err


def test_the_line_of_progress_is_gone_before_a_fault_is_told(
    names: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    names.write_text("city,note\nMinsk,a\n", encoding="utf-8")
    assert cli.main(["link", str(names), "--out", str(names.with_name("clusters.csv"))]) == 1
    assert "Reading" in (told := capsys.readouterr().err).split("\r")[1]
    assert told.split("\r")[-1].startswith("throughgate link: ")
