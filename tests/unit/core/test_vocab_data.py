"""The list files are whole: nothing empty, nothing doubled, nothing that points nowhere."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import throughgate.core.vocab
from throughgate.core.vocab import (
    PlanTemplate,
    Term,
    common_need_kinds,
    need_kinds,
    plan_templates,
    vocabulary,
    vocabulary_names,
)

DATA = Path(throughgate.core.vocab.__file__).parent / "data"
FILES = sorted(DATA.glob("*.csv"))
FOLLOW_UPS = {3, 30, 90, 180, 365, 730, 1095}
LIBERTY = {"deprived", "restricted", "free", "unknown", "unchanged", "ended"}


def every_term() -> Iterator[Term]:
    for name in vocabulary_names():
        yield from vocabulary(name)


def wordings() -> Iterator[tuple[str, str, str, str]]:
    for term in every_term():
        yield term.code, term.en, term.be, term.ru
    for template in plan_templates():
        for step in template.steps:
            yield step.code, step.en, step.be, step.ru


def offenders(pattern: str, column: int) -> list[str]:
    return [words[column] for words in wordings() if re.search(pattern, words[column])]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_rectangular_and_without_stray_spaces(path: Path) -> None:
    head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    assert {len(row) for row in rows} == {len(head)}
    assert [cell for row in rows for cell in row if cell != cell.strip() or "  " in cell] == []


@pytest.mark.parametrize("name", vocabulary_names())
def test_codes_of_a_list_are_unique(name: str) -> None:
    assert len(vocabulary(name).codes) == len(vocabulary(name).terms) > 0


def test_codes_are_plain_words_joined_by_underscores() -> None:
    odd = [t.code for t in every_term() if t.list != "wgad" and not plain(t.code)]
    assert odd == []


def plain(code: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", code) is not None


def test_everything_is_worded_in_three_languages() -> None:
    assert [words for words in wordings() if not all(words)] == []


@pytest.mark.parametrize(
    ("what", "pattern", "column"),
    [
        ("Russian letters in Belarusian", "[ищъИЩЪ]", 2),
        ("Belarusian letters in Russian", "[іўІЎ]", 3),
        ("у where ў is due", "[аеёіоуыэюяАЕЁІОУЫЭЮЯ] у", 2),
        ("a typewriter apostrophe", "['ʼ]", 2),
    ],
)
def test_spelling_slips_are_absent(what: str, pattern: str, column: int) -> None:
    assert offenders(pattern, column) == [], what


def test_no_word_mixes_alphabets() -> None:
    texts = [word for _, _, be, ru in wordings() for word in re.findall(r"[\w’'-]+", be + " " + ru)]
    mixed = [t for t in texts if re.search("[A-Za-z]", t) and re.search("[А-Яа-яЁёІіЎў]", t)]
    assert [word for word in mixed if not re.fullmatch(r"(SIM|ID)-карт.*", word)] == []


def test_needs_point_to_known_pathways_and_parties() -> None:
    for need in need_kinds():
        assert need.extra["pathway"] in vocabulary("pathway")
        assert set(need.extra["applies_to"].split(";")) <= set(vocabulary("applies_to").codes)
        assert set(need.extra["typical_responsible"].split(";")) <= set(vocabulary("responsible").codes)
        assert need.extra["urgent_by_default"] in {"0", "1"}


def test_common_needs_are_in_the_catalogue() -> None:
    assert all(term.code in need_kinds() for term in common_need_kinds())


def test_steps_point_to_known_anchors_roles_and_needs() -> None:
    codes = []
    for template in plan_templates():
        for step in template.steps:
            codes.append(step.code)
            assert step.anchor in vocabulary("plan_anchor")
            assert step.owner_role in vocabulary("member_role")
            assert not step.need_kind or step.need_kind in need_kinds()
            assert step.evidence
    assert len(codes) == len(set(codes)) == 189


@pytest.mark.parametrize("template", plan_templates(), ids=lambda template: template.code)
def test_a_template_has_a_day_at_the_gate_and_all_follow_ups(template: PlanTemplate) -> None:
    at_the_gate = [s for s in template.steps if s.code.endswith(("_gate_day", "exl_meet"))]
    assert [step.offset_days for step in at_the_gate] == [0]
    assert {s.offset_days for s in template.steps if "_follow_" in s.code} >= FOLLOW_UPS
    assert 12 <= len(template.steps) <= 30


def test_custody_rows_say_what_they_do_to_liberty() -> None:
    for name in ("custody_event", "place_kind", "state"):
        assert {term.extra["liberty_after"] for term in vocabulary(name)} <= LIBERTY


def test_the_data_names_no_source_that_is_dangerous_to_hold() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in DATA.iterdir())
    assert re.findall(r"https?://|www\.|\.(?:org|com|by|io|info|news)\b", text) == []
