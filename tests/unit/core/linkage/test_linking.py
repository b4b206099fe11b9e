"""Whole lists through the whole of linking, of invented people who look invented."""

import csv
import datetime
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from throughgate.core import linkage
from throughgate.core.linkage.reviewing import HEADINGS
from throughgate.core.lists.invent.people import InventedPerson, invent_person

TODAY = datetime.date(2026, 11, 22)
PEOPLE = 300


def _rows(language: str, people: list[InventedPerson]) -> Iterator[list[str]]:
    for number, person in enumerate(people, start=1):
        birth = person.birth
        date = str(birth) if language == "en" else f"{birth.day:02}.{birth.month:02}.{birth.year}"
        name = person.name(language)
        yield [f"{language}{number}", name.surname, name.given, name.patronymic, date]


def _write(path: Path, headings: list[str], rows: Iterator[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        writer.writerows(rows)
    return path


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    rng = random.Random(3)
    people = [invent_person(rng) for _ in range(PEOPLE)]
    be = ["№", "Прозвішча", "Імя", "Імя па бацьку", "Дата нараджэння"]
    ru = ["№", "Фамилия", "Имя", "Отчество", "Дата рождения"]
    en = ["id", "surname", "given name", "patronymic", "born"]
    return [
        _write(tmp_path / "be.csv", be, _rows("be", people[:200])),
        _write(tmp_path / "ru.csv", ru, _rows("ru", people[100:]), "cp1251"),
        _write(tmp_path / "en.csv", en, _rows("en", people[50:150])),
    ]


def _link(paths: list[Path], out: Path, labels: Path | None = None) -> tuple[linkage.Linked, list[dict[str, str]]]:
    with linkage.engine() as connection:
        linked = linkage.link(connection, paths, today=TODAY, labels=labels)
        linkage.write(connection, linked, out)
    with out.open(encoding="utf-8-sig", newline="") as stream:
        return linked, list(csv.DictReader(stream))


def test_people_meet_across_three_spellings(lists: list[Path], tmp_path: Path) -> None:
    linked, rows = _link(lists, tmp_path / "out.csv")
    assert list(rows[0]) == ["source", "row", "record_id", "cluster_id", "probability"]
    assert len(rows) == 500
    of = {row["record_id"]: row["cluster_id"] for row in rows}
    met = sum(of[f"be{number}"] == of[f"ru{number - 100}"] for number in range(101, 201))
    assert met >= 97
    assert linked.people.low <= PEOPLE <= linked.people.high


def test_a_list_that_repeats_nobody_is_as_many_people_as_rows(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    rng = random.Random(5)
    people = [invent_person(rng) for _ in range(PEOPLE)]
    headings = ["№", "Прозвішча", "Імя", "Імя па бацьку", "Дата нараджэння"]
    path = _write(tmp_path / "be.csv", headings, _rows("be", people))
    counted = linkage.link(connection, [path], today=TODAY).people
    assert counted.low <= PEOPLE <= counted.high
    assert counted.estimate == pytest.approx(PEOPLE, rel=0.01)


def test_the_same_lists_give_the_same_answer(lists: list[Path], tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        _link(lists, tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_every_row_of_the_lists_has_its_row(lists: list[Path], tmp_path: Path) -> None:
    _, rows = _link(lists, tmp_path / "out.csv")
    assert [(row["source"], row["row"]) for row in rows[:3]] == [("be.csv", "1"), ("be.csv", "2"), ("be.csv", "3")]
    assert rows[200]["record_id"] == "ru1"


def test_what_reviewers_decide_is_decided(lists: list[Path], tmp_path: Path) -> None:
    label = dict.fromkeys(HEADINGS, "") | {
        "verdict": "different", "source_l": "be.csv", "row_l": "101", "source_r": "ru.csv", "row_r": "1",
    }  # fmt: skip
    path = tmp_path / "labels.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADINGS)
        writer.writeheader()
        writer.writerow(label)
    of = {row["record_id"]: row["cluster_id"] for row in _link(lists, tmp_path / "out.csv", path)[1]}
    assert of["be101"] != of["ru1"]


def test_a_label_about_a_row_that_is_not_there_is_refused(
    connection: DuckDBPyConnection, lists: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("verdict,source_l,row_l,source_r,row_r\nsame,be.csv,1,ru.csv,9999\n", encoding="utf-8")
    with pytest.raises(linkage.LinkageError, match="rows that these lists do not have"):
        linkage.link(connection, lists, today=TODAY, labels=path)


def test_a_list_of_its_own_numbers_cannot_calculate_in_a_spreadsheet(tmp_path: Path) -> None:
    path = _write(tmp_path / "be.csv", ["id", "name"], iter([["=1+1", "Узораў Адам"], ["2", "Узораў Адам"]]))
    assert [row["record_id"] for row in _link([path], tmp_path / "out.csv")[1]] == ["'=1+1", "2"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [([["?", "1.2.1980"], ["—", "3.4.1981"]], "single name"), ([["Узораў Адам", "1.2.1980"]], "only one row")],
)
def test_lists_with_nothing_to_link_are_refused(
    connection: DuckDBPyConnection, rows: list[list[str]], sentence: str, tmp_path: Path
) -> None:
    path = _write(tmp_path / "be.csv", ["name", "born"], iter(rows))
    with pytest.raises(linkage.LinkageError, match=sentence):
        linkage.link(connection, [path], today=TODAY)


@pytest.mark.parametrize("column", ["surname", "given name"])
def test_half_a_name_is_linked_by_what_else_is_known(
    connection: DuckDBPyConnection, column: str, tmp_path: Path
) -> None:
    path = _write(tmp_path / "be.csv", [column, "born"], iter([["Адам", "1.2.1980"]] * 2 + [["Янка", "5.6.1991"]]))
    assert linkage.link(connection, [path], today=TODAY).records == 3


def test_labels_teach_what_levels_are_worth(tmp_path: Path) -> None:
    rng = random.Random(5)
    people = [invent_person(rng) for _ in range(PEOPLE)]
    headings = ["surname", "given name", "born"]
    rows = [[person.name("be").surname, person.name("be").given, str(person.birth)] for person in people]
    others = [[surname, given if row % 2 else "Нехта", born] for row, (surname, given, born) in enumerate(rows)]
    lists = [_write(tmp_path / name, headings, iter(each)) for name, each in (("a.csv", rows), ("b.csv", others))]
    path = tmp_path / "labels.csv"
    different = [f"different,a.csv,{row},b.csv,{row}" for row in range(1, PEOPLE, 2)]
    path.write_text("\n".join(["verdict,source_l,row_l,source_r,row_r", *different]), encoding="utf-8")
    plain, taught = (_link(lists, tmp_path / "out.csv", labels)[0].model.m["given"][-1] for labels in (None, path))
    assert plain > 0.4
    assert taught < 0.1


def test_the_report_stands_alone(connection: DuckDBPyConnection, lists: list[Path], tmp_path: Path) -> None:
    linked = linkage.link(connection, lists, today=TODAY)
    linkage.write_report(connection, linked, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page
    assert '<html lang="en">' in page
    assert "be.csv" in page
    assert all(f"<td>0.{tenth} to " in page for tenth in range(10))


def test_doubtful_pairs_come_with_names_and_reasons(
    connection: DuckDBPyConnection, lists: list[Path], tmp_path: Path
) -> None:
    linked = linkage.link(connection, lists, today=TODAY)
    connection.execute("UPDATE scored SET probability = 0.5 WHERE l = (SELECT min(l) FROM scored)")
    linkage.review(connection, linked, tmp_path / "review.csv")
    with (tmp_path / "review.csv").open(encoding="utf-8-sig", newline="") as stream:
        first = next(csv.DictReader(stream))
    assert first["verdict"] == ""
    assert first["name_l"]
    assert first["reasons"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the list is empty"),
        (b"city,note\nMinsk,a\nBrest,b\n", "no column with names"),
        (b"name,born\n", "no row to read"),
        (b"%PDF-1.4 \x00\x01\x02", "."),
    ],
)
def test_a_list_that_cannot_be_read_is_told_in_a_sentence(
    connection: DuckDBPyConnection, content: bytes, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(linkage.LinkageError, match=sentence):
        linkage.link(connection, [path], today=TODAY)


def test_a_file_that_is_missing_is_told_in_a_sentence(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(linkage.LinkageError, match=r"none\.csv cannot be read"):
        linkage.link(connection, [tmp_path / "none.csv"], today=TODAY)


def test_lists_too_long_for_one_machine_are_refused(
    connection: DuckDBPyConnection, lists: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("throughgate.core.linkage.reading.MOST_RECORDS", 400)
    with pytest.raises(linkage.LinkageError, match="one machine links at most 400"):
        linkage.link(connection, lists, today=TODAY)


def test_nothing_is_left_half_written(connection: DuckDBPyConnection, lists: list[Path], tmp_path: Path) -> None:
    linked = linkage.link(connection, lists[:1], today=TODAY)
    with pytest.raises(linkage.LinkageError, match="cannot be written"):
        linkage.write(connection, linked, tmp_path / "absent" / "out.csv")
    assert not list(tmp_path.rglob("*.part"))


def test_a_profile_says_what_a_heading_means(connection: DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("qq,zz\nУзораў Адам,1980\nПрыкладаў Ян,1981\n", encoding="utf-8")
    linked = linkage.link(connection, [path], today=TODAY, profile={"qq": "name", "zz": "birth_date"})
    assert linked.lists[0].columns == {"name": "qq", "birth_date": "zz"}
