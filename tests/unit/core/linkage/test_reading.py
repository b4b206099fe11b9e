"""What can be wrong with the files that are named: each is told in a sentence, before any work."""

from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from throughgate.core import linkage
from throughgate.core.linkage.columns import chosen, of_profile, unmet
from throughgate.core.linkage.files import check_outputs, table, written
from throughgate.core.linkage.reading import ReadList, read_lists
from throughgate.core.linkage.reviewing import Label, read_labels

PAIRS = """verdict;probability;source_l;row_l;source_r;row_r;name_l
Так;0,5;be.csv;1;be.csv;2;Узораў Адам
;;be.csv;1;be.csv;3;
"""


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "be.csv"
    path.write_text("Прозвішча,Імя\nУзораў,Адам\nУзораў,Адам\nПрыкладаў,Ян\n", encoding="utf-8")
    return path


def test_a_list_named_twice_is_refused(connection: DuckDBPyConnection, names: Path) -> None:
    with pytest.raises(linkage.LinkageError, match="named twice"):
        read_lists(connection, [names, names.parent / "." / names.name], profile={}, this_year=2025)


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1 and then something else PAR1"])
def test_a_damaged_parquet_file_is_told_in_a_sentence(
    connection: DuckDBPyConnection, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "list.parquet").write_bytes(content)
    with pytest.raises(linkage.LinkageError, match="damaged"):
        read_lists(connection, [tmp_path / "list.parquet"], profile={}, this_year=2025)


@pytest.mark.parametrize("text", ["columns = 5", "rubbish", '[columns]\n"a" = "nonsense"'])
def test_a_profile_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(text, encoding="utf-8")
    with pytest.raises(linkage.LinkageError, match=r"profile\.toml"):
        of_profile(tmp_path / "profile.toml")


def test_a_profile_may_be_saved_by_notepad(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text('[columns]\n"Кто" = "name"', encoding="utf-8-sig")
    assert of_profile(tmp_path / "profile.toml") == {"кто": "name"}


def test_a_profile_cannot_mean_two_columns_by_one_field() -> None:
    with pytest.raises(linkage.LinkageError, match="“Кто” and “Кого” are both name"):
        chosen({}, ["Кто", "Кого"], {"кто": "name", "кого": "name"})


def test_columns_stand_as_in_the_list() -> None:
    assert list(chosen({"given": "B", "surname": "A"}, ["A", "B", "C"], {"c": "age"})) == ["surname", "given", "age"]


def test_a_heading_that_no_list_has_is_found() -> None:
    profile = {"кто": "name", "ктоо": "name", "примечание": ""}
    assert unmet(profile, [{"name": "Кто"}, {"name": "ФИО"}]) == ["ктоо"]


def _labels(names: Path, path: Path) -> list[Label]:
    with linkage.engine() as connection:
        connection.execute(
            "CREATE TABLE records AS SELECT * FROM (VALUES (0, 0, 1), (1, 0, 2), (2, 0, 3)) AS _(id, list, row)"
        )
        return read_labels(connection, path, [ReadList(names.name, 3, {})])


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-8-sig"])
def test_reviewed_pairs_are_read_as_a_spreadsheet_program_saves_them(names: Path, encoding: str) -> None:
    path = names.with_name("pairs.csv")
    path.write_text(PAIRS, encoding=encoding)
    assert _labels(names, path) == [Label(0, 1, same=True)]


def test_a_table_without_verdicts_is_no_review(names: Path) -> None:
    with pytest.raises(linkage.LinkageError, match="needs the columns verdict, source_l"):
        _labels(names, names)


def test_a_list_whose_name_looks_like_a_formula_keeps_its_labels(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    table(path, ("verdict", "source_l", "row_l", "source_r", "row_r"), [("same", "=1.csv", "1", "=1.csv", "2")])
    assert "'=1.csv" in path.read_text(encoding="utf-8-sig")
    assert _labels(tmp_path / "=1.csv", path) == [Label(0, 1, same=True)]


def test_nothing_is_written_over_what_is_read_or_written(names: Path) -> None:
    for outputs in ([names], [names.with_name("new.csv"), names.parent / "." / "new.csv"]):
        with pytest.raises(linkage.LinkageError, match="named twice"):
            check_outputs(outputs, [names])


def test_a_folder_that_is_missing_is_told_before_the_work(names: Path) -> None:
    with pytest.raises(linkage.LinkageError, match="there is no folder"):
        check_outputs([names.with_name("absent") / "out.csv"], [names])


def test_only_a_file_is_replaced_by_a_file(tmp_path: Path) -> None:
    device = tmp_path / "out.csv"
    device.symlink_to("/dev/zero")
    with pytest.raises(linkage.LinkageError, match="something else than a file"), written(device) as stream:
        stream.write("x")
    assert device.is_char_device()
