"""Two names are compared, and the reasons are true sentences about them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from throughgate.core.names import SENTENCES, compare, forget_spellings, parse

SAME = 0.9
REASONS = [
    ("Жураўская Святлана", "Журавская Светлана", "Святлана is Светлана in Russian"),
    ("Журавская Светлана", "Жураўская Святлана", "Жураўская is Журавская in Russian"),
    ("Жураўская Алена", "Zhurauskaya Alena", "Zhurauskaya is the passport spelling of Жураўская"),
    ("Жураўская Алена", "Žuraŭskaja Alena", "Žuraŭskaja is the national Latin spelling of Жураўская"),
    ("Лысенка Юлія", "Łysienka Julija", "Łysienka is the Łacinka spelling of Лысенка"),
    ("Узораў Яўген", "Узораў Evgeny", "Evgeny is a Latin spelling of Евгений, the Russian form of Яўген"),
    ("Узораў Саша", "Узораў Аляксандр", "Саша is short for Аляксандр"),
    ("Узораў Саша", "Узораў Шура", "Саша and Шура are both short for Аляксандр"),
    ("Узораў А.", "Узораў Аляксандр", "the initial А. fits Аляксандр"),
    ("Узораў В.", "Узораў Ольга", "the initial В. fits Ольга"),
    ("Узорава А.", "Узорава Ганна", "the initial А. fits Ганна"),
    ("Узораў Н.", "Узораў Мікалай", "the initial Н. fits Мікалай"),
    ("Узораў М.", "Узораў Николай", "the initial М. fits Николай"),
    ("Узораў Дз.", "Узораў Дмитрий", "the initial Дз. fits Дмитрий"),
    ("Жураўская Ганна", "Журавский Анна", "Жураўская and Журавский are one surname of a woman and a man"),
    ("Прыкладаў Іван", "Прыкладаў Іваан", "Іван and Іваан are spellings of one name"),
    ("Прыкладовіч Іван", "Прыкладоміч Іван", "one letter differs in Прыкладовіч and Прыкладоміч"),
    ("Ціхая (Жураўская) Алена", "Журавская Елена", "Журавская is the maiden name given for Ціхая"),
    ("Узорава-Жураўская Алена", "Журавская Елена", "Журавская is part of the double name Узорава-Жураўская"),
    ("Узорава Анна-Марыя", "Узорава Марыя", "Марыя is part of the double name Анна-Марыя"),
    ("Узораў Іван Юр’евіч", "Узораў Іван Юрич", "Юр’евіч and Юрич name the same father, Юрый"),
    ("Святлана Узорная", "Узорная Светлана", "Святлана is Светлана in Russian"),
]
OTHERS = [
    ("Прыкладаў Іван", "Прыкладаў Пётр"),
    ("Прыкладаў Аляксандр", "Прыкладава Аляксандра"),
    ("Прыкладаў Іван Пятровіч", "Прыкладаў Іван Сяргеевіч"),
    ("Узораў Іван", "Прыкладаў Іван"),
    ("Узораў А.", "Узораў Сяргей"),
]


@pytest.mark.parametrize(("a", "b", "sentence"), REASONS)
def test_the_reason_is_a_sentence_about_the_pair(a: str, b: str, sentence: str) -> None:
    found = compare(a, b)
    assert sentence in [reason.sentence() for reason in found.reasons]
    assert found.score > 0.75


@pytest.mark.parametrize(("a", "b"), OTHERS)
def test_one_part_that_differs_outweighs_the_rest(a: str, b: str) -> None:
    found = compare(a, b)
    assert found.score < 0.4
    assert any(reason.code.endswith("_differs") for reason in found.reasons)


def test_swapped_fields_are_seen() -> None:
    found = compare(parse(surname="Юрась", given="Уяўны"), parse(surname="Уяўны", given="Юрась"))
    assert found.score > SAME
    found = compare("Уяўны, Жук", "Жук, Уяўны")
    assert [reason.code for reason in found.reasons] == ["swapped", "same", "same"]


def test_the_surer_the_likeness_the_higher_the_score() -> None:
    person = "Жураўская Алена Пятроўна"
    ladder = [person, "Журавская Елена Петровна", "Жураўская А. П.", "Жураўская", "Прыкладава Алена", "Узораў Пётр"]
    scores = [compare(person, other).score for other in ladder]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0


def test_every_sentence_names_its_placeholders() -> None:
    for sentence in SENTENCES.values():
        assert set(re.findall(r"%\((\w+)\)s", sentence)) <= {"a", "b", "name"}
        assert "%" not in re.sub(r"%\(\w+\)s", "", sentence)


@pytest.mark.parametrize(("a", "b"), [*((a, b) for a, b, _sentence in REASONS), *OTHERS])
@pytest.mark.parametrize("at_least", [0.35, 0.85])
def test_what_can_be_reached_is_told_as_without_a_bound(a: str, b: str, at_least: float) -> None:
    whole, bounded = compare(a, b), compare(a, b, at_least=at_least)
    assert bounded == whole if whole.score >= at_least else bounded.score < at_least


@given(st.text(max_size=30), st.text(max_size=30))
@example("AE", "AK0A")
def test_a_comparison_is_symmetric_and_never_fails(a: str, b: str) -> None:
    forward, back = compare(a, b), compare(b, a)
    assert 0 <= forward.score <= 1
    assert forward.score == pytest.approx(back.score)
    assert all(reason.sentence() for reason in forward.reasons)


def test_nothing_of_names_is_kept_once_forgotten() -> None:
    before = compare("Узораў А.", "Узораў Аляксандр")
    forget_spellings()
    assert compare("Узораў А.", "Узораў Аляксандр") == before
