"""The invented lists: spelt as five hands spell, the same for the same seed, with the truth about every row."""

import csv
from pathlib import Path

import hard
import make
import pytest
import surnames
import writing
from lists import LISTS
from people import person


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("lists")
    make.make(400, 7, out)
    return out


@pytest.mark.parametrize(
    ("stressed", "belarusian"),
    [
        ("козлОв", "казлоў"),
        ("журАвский", "жураўскі"),
        ("шевчЕнко", "шаўчэнка"),
        ("кузнецОв", "кузняцоў"),
        ("степАнов", "сцяпанаў"),
        ("медвЕдев", "мядзведзеў"),
        ("терешкО", "церашко"),
        ("решЕтников", "рашэтнікаў"),
        ("щЕрба", "шчэрба"),
    ],
)
def test_a_russian_surname_has_its_belarusian_spelling(stressed: str, belarusian: str) -> None:
    assert surnames.belarusian(stressed) == belarusian


@pytest.mark.parametrize(
    ("name", "passport", "national", "lacinka", "polish"),
    [
        ("Ціхановіч", "Tsikhanovich", "Cichanovič", "Cichanovič", "Cichanowicz"),
        ("Кавальчук", "Kavalchuk", "Kavaĺčuk", "Kavalčuk", "Kawalczuk"),
        ("Казлоў", "Kazlou", "Kazloŭ", "Kazłoŭ", "Kazłou"),
        ("Шчарбаў", "Shcharbau", "Ščarbaŭ", "Ščarbaŭ", "Szczarbau"),
        ("Марыя", "Maryia", "Maryja", "Maryja", "Maryja"),
        ("Сяргей", "Siarhei", "Siarhiej", "Siarhiej", "Siarhiej"),
        ("Юлія", "Yuliya", "Julija", "Julija", "Julija"),
        ("Наталля", "Natallia", "Natallia", "Natalla", "Natalla"),
    ],
)
def test_a_belarusian_name_is_spelt_by_four_tables(
    name: str, passport: str, national: str, lacinka: str, polish: str
) -> None:
    tables = (writing.passport, writing.national, writing.lacinka, writing.polish)
    assert tuple(table(name) for table in tables) == (passport, national, lacinka, polish)


def test_as_heard_depends_on_who_hears() -> None:
    assert writing.german("Журавлёва") == "Schurawljowa"
    assert writing.german("Евгений") == "Jewgeni"
    assert {writing.english("Хомяков", habit) for habit in range(8)} == {"Khomyakov", "Homiakov"}


def test_thousands_of_surnames_are_rare_and_a_few_are_frequent() -> None:
    names, weights = surnames.surnames()
    shares = sorted((after - before) / weights[-1] for before, after in zip([0.0, *weights], weights, strict=False))
    assert len(names) > 15_000
    assert 0.005 < shares[-1] < 0.02
    assert shares[len(shares) // 2] < 1e-4


def test_a_person_follows_from_seed_and_number() -> None:
    assert person(3, 50) == person(3, 50)
    assert person(3, 50) != person(4, 50)


def test_the_same_seed_makes_the_same_files(folder: Path, tmp_path: Path) -> None:
    make.make(400, 7, tmp_path)
    assert all((tmp_path / path.name).read_bytes() == path.read_bytes() for path in folder.iterdir())


def test_every_row_has_its_truth(folder: Path) -> None:
    truth = [(row["source"], int(row["row"])) for row in _rows(folder / "truth.csv", ",")]
    listed = [(one.name, row) for one in LISTS for row in range(1, len(_rows(folder / one.name, one.delimiter)) + 1)]
    assert truth == listed
    assert abs(len(truth) - 400) < 40


def test_a_row_tells_of_its_person(folder: Path) -> None:
    people = {row["person"]: row for row in _rows(folder / "people.csv", ",")}
    rows = _rows(folder / "belarusian.csv", ",")
    truth = [row["person"] for row in _rows(folder / "truth.csv", ",") if row["source"] == "belarusian.csv"]
    same = sum(row["Прозвішча"] == people[who]["surname_be"] for row, who in zip(rows, truth, strict=True))
    assert 0.8 < same / len(rows) < 1


def test_every_row_of_the_harder_lists_has_its_truth(tmp_path: Path) -> None:
    written = make.make(400, 7, tmp_path, hard=True)
    truth = [row["source"] for row in _rows(tmp_path / "truth.csv", ",")]
    assert {one.name: truth.count(one.name) for one in make.made(hard=True)} == {
        name: rows for name, rows in written.items() if name != "people.csv"
    }


def test_surnames_of_the_harder_lists_are_others_and_less_even() -> None:
    (others, weights), (names, _weights) = surnames.surnames(hard=True), surnames.surnames()
    assert len(set(others) & set(names)) < len(others) / 10
    assert max(after - before for before, after in zip([0.0, *weights], weights, strict=False)) > weights[-1] / 60


def test_the_classical_orthography_writes_softness() -> None:
    assert hard._softened("Святлана Зміцеравіч, 5 снежня") == "Сьвятлана Зьміцеравіч, 5 сьнежня"


def _rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=delimiter))
