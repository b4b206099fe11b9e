import json
from pathlib import Path

import pytest

from throughgate.site import cli

KOSOVO = Path("tests/data/mse/kosovo_1999.csv")
PERSONS = "A,B,C,sex\n" + "".join(
    f"{line}\n" * times
    for line, times in {
        "1,0,0,f": 90, "0,1,0,f": 80, "0,0,1,f": 70, "1,1,0,f": 30, "1,0,1,f": 25, "0,1,1,f": 20, "1,1,1,f": 10,
        "1,0,0,m": 60, "0,1,0,m": 70, "0,0,1,m": 80, "1,1,0,m": 20, "1,0,1,m": 25, "0,1,1,m": 30, "1,1,1,m": 10,
    }.items()
)  # fmt: skip


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    path = tmp_path / "persons.csv"
    path.write_text(PERSONS, encoding="utf-8")
    return path


def test_text_json_and_chart_say_the_same(persons: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, picture = tmp_path / "out.json", tmp_path / "out.svg"
    asked = ["estimate", str(persons), "--lists", "A,B,C", "--json", str(out), "--chart", str(picture)]
    assert cli.main(asked) == 0
    said, found = capsys.readouterr().out, json.loads(out.read_text(encoding="utf-8"))
    assert f"At least {found['told']['at_least']:,} persons" in said
    assert f"input {found['stamp']['input']}" in said
    assert f"Documented: {found['documented']:,}" in said
    assert f"At least {found['told']['at_least']:,} persons" in picture.read_text(encoding="utf-8")


def test_strata_have_sentences_of_their_own(persons: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["estimate", str(persons), "--strata", "sex"]) == 0
    said = capsys.readouterr().out
    assert said.count("Documented:") == 3
    assert "  f:" in said
    assert "  m:" in said


@pytest.mark.parametrize(("language", "start"), [("be", "Задакументава"), ("ru", "Документирован")])
def test_the_text_comes_in_the_language_asked(
    persons: Path, language: str, start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["estimate", str(persons), "--lists", "A,B,C", "--lang", language]) == 0
    assert capsys.readouterr().out.startswith(start)


def test_what_linking_wrote_can_be_estimated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        f"{source},{number},,{number},1"
        for number in range(300)
        for bit, source in enumerate(("first.csv", "second.csv", "third.csv"))
        if (number % 7 + 1) >> bit & 1
    ]
    path = tmp_path / "clusters.csv"
    path.write_text("\n".join(["source,row,record_id,cluster_id,probability", *rows]), encoding="utf-8")
    assert cli.main(["estimate", "--from-clusters", str(path)]) == 0
    assert capsys.readouterr().out.startswith("Documented: 300 persons by name; lists: 3.")


def test_two_lists_give_a_curve_and_no_range(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.csv"
    path.write_text("A,B,count\n1,0,50\n0,1,30\n1,1,20\n", encoding="utf-8")
    assert cli.main(["estimate", str(path)]) == 0
    said = capsys.readouterr().out
    assert "There are fewer than three lists." in said
    assert "Probably between" not in said
    assert "odds ratio 0.25:" in said
    assert "odds ratio 4:" in said


GOOD = {"100": 90, "010": 80, "001": 70, "110": 30, "011": 20, "101": 25, "111": 9}
BATCH = (
    {"id": "good", "lists": ["A", "B", "C"], "table": list(GOOD.items())},
    {"id": 2, "lists": ["A", "B"], "table": [["10", 5], ["01", 4], ["11", 3]]},
    {"id": "empty list", "lists": ["A", "B", "C"], "table": [["100", 5], ["010", 4], ["110", 3]]},
    "no object",
)


def test_a_batch_answers_every_line_in_order(tmp_path: Path) -> None:
    asked, out = tmp_path / "tables.jsonl", tmp_path / "estimates.jsonl"
    asked.write_text("\n".join(json.dumps(line) for line in BATCH), encoding="utf-8")
    assert cli.main(["estimate", "--batch", str(asked), "--out", str(out)]) == 0
    good, two, empty, none = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert set(good) == {"id", "est", "lo", "hi", "at_least", "declined", "light", "reasons", "seconds"}
    assert good["declined"] or 324 <= good["lo"] <= good["est"] <= good["hi"]
    assert (two["id"], two["declined"], two["light"], two["est"]) == (2, True, "red", None)
    assert "few_lists" in two["reasons"]
    assert (empty["id"], empty["error"]) == ("empty list", "List C is empty: leave it out.")
    assert none["error"] == "Line 4: A line is an object with id, lists and table."


def test_a_line_of_a_batch_ends_where_json_lines_do_and_is_named_by_its_number(tmp_path: Path) -> None:
    asked, out = tmp_path / "tables.jsonl", tmp_path / "estimates.jsonl"
    line = json.dumps(BATCH[2] | {"id": "one\u2028line"}, ensure_ascii=False)
    asked.write_text(f"{line}\n\nbroken\n", encoding="utf-8")
    assert cli.main(["estimate", "--batch", str(asked), "--out", str(out)]) == 0
    first, broken = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert first["id"] == "one\u2028line"
    assert broken["error"] == "Line 3: This line is no JSON."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["none.csv"], "none.csv cannot be read: No such file or directory."),
        ([str(KOSOVO), "--lists", "EXH,XYZ"], "there is no column XYZ; there are EXH, ABA, OSCE, HRW, count."),
        ([str(KOSOVO), "--lists", "EXH"], "only one list"),
        ([str(KOSOVO), "--out", "x"], "--batch and --out go together"),
        (["--batch", str(KOSOVO)], "--batch and --out go together"),
        (["--batch", str(KOSOVO), "--out", "x", "--json", "y"], "--batch goes with --out and --seed only"),
        (["--from-clusters", str(KOSOVO)], "there is no column source"),
        (["--from-clusters", str(KOSOVO), "--strata", "sex"], "clusters have no other columns"),
        ([str(KOSOVO), "--json", str(KOSOVO)], "is named twice"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["estimate", *arguments]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said


def test_without_its_libraries_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("throughgate.site.commands.estimate.find_spec", lambda name: None)
    assert cli.main(["estimate", str(KOSOVO)]) == 1
    assert 'pip install "throughgate[estimation]"' in capsys.readouterr().err


@pytest.mark.parametrize("number", ["-1", "1.5", "x", str(2**63)])
def test_a_seed_is_a_whole_number(number: str) -> None:
    with pytest.raises(SystemExit):
        cli.main(["estimate", str(KOSOVO), "--seed", number])
