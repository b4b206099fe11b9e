"""The code lists answer as the pages ask them."""

import pytest

from throughgate.core.vocab import (
    common_need_kinds,
    need_kinds,
    plan_template,
    plan_templates,
    search_need_kinds,
    vocabulary,
    vocabulary_names,
)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Case worker"),
        ("be", "Кейс-менеджар"),
        ("ru-RU", "Кейс-менеджер"),
        ("pl", "Case worker"),
    ],
)
def test_a_term_speaks_the_readers_language_or_english(language: str, label: str) -> None:
    assert vocabulary("member_role")["case_worker"].label(language) == label


def test_a_code_that_the_list_does_not_know_is_shown_as_it_is() -> None:
    assert vocabulary("member_role").label("lamplighter", "be") == "lamplighter"
    assert vocabulary("member_role").get("lamplighter") is None


def test_an_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        vocabulary("no_such_list")


def test_custody_events_places_and_states_are_three_lists() -> None:
    assert "detained" in vocabulary("custody_event")
    assert "place_colony" in vocabulary("place_kind")
    assert "state_overdue" in vocabulary("state")
    assert not {"place_colony", "state_overdue"} & set(vocabulary("custody_event").codes)
    assert vocabulary("custody_event")["detained"].extra["liberty_after"] == "deprived"


def test_the_question_of_a_scale_is_not_one_of_its_answers() -> None:
    housing = vocabulary("outcome_housing")
    assert housing.question is not None
    assert housing.question.label("be") == "Дзе чалавек цяпер жыве?"
    assert "question" not in housing.codes


def test_a_scale_ends_with_unknown_and_declined() -> None:
    assert vocabulary("outcome_housing").codes[-2:] == ("unknown", "declined")


def test_choices_keep_the_order_of_the_list() -> None:
    assert vocabulary("plan_anchor").choices("ru")[0] == ("release", "Освобождение")


def test_lists_carry_the_day_they_were_compiled() -> None:
    assert {vocabulary(name).version for name in vocabulary_names()} == {"2026-11-21"}


def test_a_template_holds_steps_around_its_day() -> None:
    steps = plan_template("re_entry_6_months").steps
    assert min(step.offset_days for step in steps) == -180
    assert max(step.offset_days for step in steps) == 1095
    assert plan_template("juvenile").label("be") == "Непаўналетнія"
    assert len(plan_templates()) == 7


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("passp", "en", "doc_passport_valid"),
        ("ПАСП", "ru", "doc_passport_valid"),
        ("вич", "be", "hea_hiv_art"),
        ("временное жилье", "ru", "acc_temporary"),
        ("сям'і", "be", "fam_prepare_return"),
        ("dental", "be", "hea_dental"),
    ],
)
def test_a_need_is_found_by_typing(query: str, language: str, first: str) -> None:
    assert search_need_kinds(query, language)[0].code == first


def test_every_typed_word_must_be_found() -> None:
    assert search_need_kinds("passport zzz", "en") == []


def test_an_empty_query_offers_the_common_needs() -> None:
    assert search_need_kinds("  ", "be", limit=3) == list(common_need_kinds()[:3])


def test_common_needs_are_few_and_cover_most_pathways() -> None:
    common = common_need_kinds()
    assert len({term.code for term in common}) == len(common) <= 30
    assert len({term.extra["pathway"] for term in common}) >= 12
    assert len(need_kinds()) == 218
