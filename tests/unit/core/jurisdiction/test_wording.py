import datetime
import string

import pytest

from throughgate.core.dates import Term
from throughgate.core.jurisdiction import (
    Custody,
    Line,
    Question,
    Sentence,
    articles,
    compute,
    entitlements,
    explain,
    labels,
    name_rule,
    rules,
)
from throughgate.core.jurisdiction.sentences import QUESTIONS, STEPS, VALUES

LANGUAGES = ["en", "be", "ru"]


@pytest.mark.parametrize("code", [*STEPS, *QUESTIONS])
def test_a_sentence_has_the_same_placeholders_in_three_languages(code):
    words = (STEPS | QUESTIONS)[code]
    fields = [{name for _, name, _, _ in string.Formatter().parse(words[one]) if name} for one in LANGUAGES]
    assert fields[0] == fields[1] == fields[2]
    assert len(set(words.values())) == 3


def test_a_calculation_explains_itself_with_right_plurals():
    found = compute(
        Sentence("imprisonment", Term(3), "general", in_force_on=datetime.date(2022, 7, 9)),
        custody=[Custody("remand", datetime.date(2022, 1, 10))],
        assumptions={"CRD-05": "not_excluded"},
    )
    assert [explain(line, "be") for line in found.lines] == [
        "3 гады ад 10 студзеня 2022 г.: да дня перад тым жа чыслом месяца.",
        "Дапушчэнне, не пацверджана: Хто выключаны з «паўтара», невядома (не выключаны).",
        (
            "Пад вартай ад 10 студзеня 2022 г. да 8 ліпеня 2022 г.: 180 дзён, ужо ў межах тэрміну."
            " Паводле суадносін адымаецца яшчэ: 90 дзён."
        ),
    ]
    assert explain(found.lines[2], "ru").endswith("вычитается ещё: 90 дней.")
    assert name_rule("CRD-02", "en") == "CRD-02: Remand day for one and a half from 19 June 2021"


def test_a_question_is_asked_in_words():
    question = Question("final_term_missing", "CON-02", params=(("on", datetime.date(2023, 1, 20)),))
    assert "judgment of 20 January 2023" in explain(question, "en")
    assert "приговор от 20 января 2023 г." in explain(question, "ru")


def test_codes_inside_sentences_have_words():
    line = Line("one_for_one_regime", "CRD-04", params=(("regime", "strict"),))
    assert explain(line, "be") == "Строгі рэжым: дзень пад вартай лічыцца за адзін дзень."
    assert all(set(words) == set(LANGUAGES) for words in VALUES.values())


def test_every_rule_has_a_name_in_three_languages():
    assert len(rules()) == 125
    for rule in rules().values():
        assert len({rule.label(language) for language in LANGUAGES}) == 3, rule.id
        assert rule.text not in rule.labels.values()


def test_rules_that_leave_something_unknown_are_recognised():
    unknown = {rule.id for rule in rules().values() if rule.is_open}
    assert {"CRD-05", "CRD-11", "PAR-06", "PAR-07"} <= unknown
    assert "CRD-02" not in unknown


def test_rules_know_the_days_they_are_in_force():
    assert rules()["CRD-01"].applies_on(datetime.date(2021, 6, 18))
    assert not rules()["CRD-01"].applies_on(datetime.date(2021, 6, 19))
    assert rules()["CRD-02"].applies_on(datetime.date(2021, 6, 19))


def test_a_number_of_an_entitlement_that_was_not_found_is_not_zero():
    shizo = {one.item: one.number for one in entitlements("punishment_cell", "penalty")}
    assert shizo["walk"] == 0
    assert all(one.number is None for one in entitlements("general", "ordinary"))


def test_every_word_of_an_entitlement_and_every_article_has_its_labels():
    for one in entitlements():
        for name in ("regime", "condition", "item", "per", "unit"):
            code = getattr(one, name)
            assert not code or labels()[name, code].label("be")
    assert len(articles()) == 47
    assert all(article.label(language) for article in articles() for language in LANGUAGES)
