"""The table of given names is whole and means what it says."""

import csv
import re
from pathlib import Path

import throughgate.core.names

TABLE = Path(throughgate.core.names.__file__).parent / "data" / "given_names.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def forms(row: dict[str, str], *columns: str) -> list[str]:
    return [form for column in columns for form in row[column].split(";") if form]


def test_every_line_has_a_belarusian_and_a_russian_form() -> None:
    assert len(ROWS) >= 150
    assert [row for row in ROWS if not row["be"] or not row["ru"] or row["gender"] not in {"f", "m"}] == []


def test_full_forms_belong_to_one_line_each() -> None:
    owners: dict[str, set[str]] = {}
    for row in ROWS:
        for form in forms(row, "be"):
            owners.setdefault(form, set()).add(row["be"])
    assert {form for form, rows in owners.items() if len(rows) > 1} == set()


def test_no_line_repeats_a_form() -> None:
    doubled = [row["be"] for row in ROWS if len(set(forms(row, "be"))) < len(forms(row, "be"))]
    assert doubled == []


def test_columns_keep_their_letters() -> None:
    assert [f for row in ROWS for f in forms(row, "be") if re.search("[ищъИЩЪA-Za-z']", f)] == []
    assert [f for row in ROWS for f in forms(row, "ru") if re.search("[іўІЎA-Za-z]", f)] == []
    assert [f for row in ROWS for f in forms(row, "latin") if re.search("[А-Яа-яІіЎў]", f)] == []
