"""What cells say: names, articles, sentences, places, small words."""

import datetime
import time
from decimal import Decimal

import pytest

from throughgate.core.dates import PartialDate, Term
from throughgate.core.lists.cells import (
    read_articles,
    read_date_cell,
    read_name,
    read_place,
    read_sentences,
    read_sex,
    read_status,
)

TODAY = datetime.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "surname", "given", "patronymic"),
    [
        ("Прыкладаў Ян Іванавіч", "Прыкладаў", "Ян", "Іванавіч"),
        ("Ян Іванавіч Прыкладаў", "Прыкладаў", "Ян", "Іванавіч"),
        ("Ян Прыкладаў", "Прыкладаў", "Ян", ""),
        ("ПРЫКЛАДАЎ Ян", "Прыкладаў", "Ян", ""),
        ("Jan PRYKLADAU", "Prykladau", "Jan", ""),
        ("Прыкладаў, Ян", "Прыкладаў", "Ян", ""),
        ("Прыкладаў Я.І.", "Прыкладаў", "Я.", "І."),
        ("Я. І. Прыкладаў", "Прыкладаў", "Я.", "І."),
        ("Узораў Алі Вагіф оглы", "Узораў", "Алі", "Вагіф оглы"),
        ("ВЕРБА-ДУБОВА Ніна", "Верба-Дубова", "Ніна", ""),
        ("Узорава Дар'я", "Узорава", "Дар’я", ""),
    ],
)
def test_a_name_is_divided_into_its_parts(text, surname, given, patronymic):
    name, doubts = read_name(text)
    assert (name.surname, name.given, name.patronymic) == (surname, given, patronymic)
    assert name.text == text
    assert doubts == []


@pytest.mark.parametrize(("read", "sign"), [(read_name, "("), (read_sentences, "1"), (read_sentences, "1 ")])
def test_a_cell_full_of_one_sign_costs_no_more_than_another(read, sign):
    began = time.process_time()
    read(sign * 16_000)
    assert time.process_time() - began < 3


def test_a_name_in_brackets_is_another_name():
    name, _ = read_name("Узорава (Вымысел) Ніна / Uzorava Nina")
    assert (name.surname, name.other) == ("Узорава", ("Вымысел", "Uzorava Nina"))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Узораў", "name_unusual"),
        ("трое невядомых 2 мужчыны", "name_unusual"),
        ("Узорава Цвятуля", "name_order"),
        ("Прыклaдаў Ян", "name_mixed_alphabets"),
    ],
)
def test_an_odd_name_is_kept_and_doubted(text, doubt):
    name, doubts = read_name(text)
    assert name.text == text
    assert doubts == [doubt]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Art. 342 of the Criminal Code - group actions of 2020; Art. 130 of the Criminal Code - x", ["342", "130"]),
        ("ст. 342 ч. 1 УК РБ", ["342 ч1"]),
        ("ч. 1 ст. 342, ч. 2 ст. 205 УК", ["342 ч1", "205 ч2"]),
        ("ст. 342 ч. 1, 364 ч. 2", ["342 ч1", "364 ч2"]),
        ("арт. 361-1 КК", ["361-1"]),
        ("361.1 УК", ["361-1"]),
        ("361¹ КК", ["361-1"]),
        ("342 (ч.1), 364", ["342 ч1", "364"]),
        ("ч. 1, 2 ст. 342", ["342 ч1", "342 ч2"]),
        ("ст. 342 ч. 1 и 2", ["342 ч1", "342 ч2"]),
        ("Part 1 of Article 342 CC, Part 3 of Article 130", ["342 ч1", "130 ч3"]),
        ("п. 3 ч. 2 ст. 205 УК", ["205 ч2"]),
        ("342,364,369", ["342", "364", "369"]),
        ("ст. 342 ч.1 УК (12.08.2020)", ["342 ч1"]),
        ("Артыкул 130 Крымінальнага кодэкса – распальванне", ["130"]),
    ],
)
def test_articles_are_found_however_they_are_written(text, expected):
    found, doubts = read_articles(text)
    assert [one.article + (f" ч{one.part}" if one.part else "") for one in found] == expected
    assert {one.code for one in found} == {"criminal"}
    assert doubts == []


def test_administrative_articles_are_told_from_criminal_ones():
    found, doubts = read_articles("ст. 342; ст. 24.23 КоАП")
    assert [(one.code, one.article) for one in found] == [("criminal", "342"), ("administrative", "24.23")]
    assert doubts == []
    assert read_articles("19.11")[0][0].code == "administrative"


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("невядома", "article_unread"),
        ("ст. 999 УК", "article_out_of_range"),
        ("ст. 14", "article_code_unsure"),
    ],
)
def test_an_odd_article_is_doubted(text, doubt):
    assert [code for code, _ in read_articles(text)[1]] == [doubt]


@pytest.mark.parametrize(
    ("text", "kind", "term", "regime"),
    [
        ("4 года колонии усиленного режима", "deprivation_colony", Term(4), "reinforced"),
        ("10 гадоў калоніі ва ўмовах узмоцненага рэжыму", "deprivation_colony", Term(10), "reinforced"),
        ("2 years in a general regime colony", "deprivation_colony", Term(2), "general"),
        ("калонія строгага рэжыму 12 гадоў", "deprivation_colony", Term(12), "strict"),
        ("один год и три месяца ИК общего режима", "deprivation_colony", Term(1, 3), "general"),
        ("2г 6 мес колонии", "deprivation_colony", Term(2, 6), None),
        ("год калоніі", "deprivation_colony", Term(1), None),
        ("3 гады абмежавання волі з накіраваннем", "restriction_open", Term(3), None),
        ("2 years of restricted freedom with referral", "restriction_open", Term(2), None),
        ("хімія", "restriction_open", None, None),
        ("2 гады 6 месяцаў абмежавання волі без накіравання", "restriction_home", Term(2, 6), None),
        ("1,5 года домашней химии", "restriction_home", Term(1, 6), None),
        ("15 сутак", "admin_arrest", Term(days=15), None),
        ("полгода ареста", "arrest_criminal", Term(months=6), None),
        ("3 гады турэмнага рэжыму", "deprivation_prison", Term(3), None),
        ("пажыццёвае зняволенне", "life", None, None),
        ("смяротнае пакаранне", "death", None, None),
        ("прымусовае лячэнне", "compulsory_treatment", None, None),
    ],
)
def test_a_sentence_is_understood_in_the_words_of_lists(text, kind, term, regime):
    (sentence,), doubts = read_sentences(text)
    assert (sentence.kind, sentence.term, sentence.regime) == (kind, term, regime)
    assert doubts == []


def test_two_punishments_in_one_cell_are_two():
    found, _ = read_sentences("2 гады калоніі агульнага рэжыму і штраф 200 базавых велічынь; кампенсацыя 2 000 рублёў")
    assert [one.kind for one in found] == ["deprivation_colony", "fine", "compensation"]
    assert [(one.fine, one.fine_unit) for one in found[1:]] == [
        (Decimal(200), "base_unit"),
        (Decimal(2000), "BYN"),
    ]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("5 лет", "sentence_kind_missing"),
        ("3 гады абмежавання волі", "restriction_unspecified"),
        ("2 года лишения свободы", "sentence_prison_or_colony"),
        ("18-летнему дали 3 года колонии", "sentence_partly"),
        ("перададзены пад нагляд", "sentence_unread"),
    ],
)
def test_a_sentence_that_leaves_a_question_is_doubted(text, doubt):
    assert [code for code, _ in read_sentences(text)[1]] == [doubt]


def test_a_suspended_sentence_is_not_a_served_one():
    assert read_sentences("3 года колонии условно")[0][0].suspended


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Папраўчая калонія № 15\nМагілёў", "IK-15"),
        ("ИК-2, Бобруйск", "IK-2"),
        ("Prison No. 4;Mahilioŭ", "T-4"),
    ],
)
def test_a_place_is_matched_by_its_name_and_address(text, code):
    place, doubts = read_place(text)
    assert place.match is not None
    assert place.match.institution.code == code
    assert doubts == []


@pytest.mark.parametrize(
    ("text", "liberty"),
    [("Вызвалены", "released"), ("Освобождён 05.09.2023", "released"), ("at liberty", "at_liberty"), ("?", "unknown")],
)
def test_words_for_liberty_are_no_place(text, liberty):
    place, doubts = read_place(text)
    assert (place.liberty, place.match, doubts) == (liberty, None, [])


def test_two_places_in_a_cell_are_not_decided_between():
    place, doubts = read_place("СИЗО-1, Минск → ИК-15, Могилёв")
    assert place.match is None
    assert doubts == [("facility_two", {"first": "СИЗО-1, Минск", "second": "ИК-15, Могилёв"})]


def test_a_place_nobody_knows_is_said_to_be_unknown():
    assert [code for code, _ in read_place("Замак на гары")[1]] == ["facility_unknown"]


@pytest.mark.parametrize(("text", "sex"), [("Ж", "female"), ("мужчынскі", "male"), ("Male", "male"), ("так", None)])
def test_sex_in_words_of_three_languages(text, sex):
    assert read_sex(text) == sex


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("active", "active"),
        ("np", "not_recognised"),
        ("former", "former"),
        ("Былы палітвязень", "former"),
        ("политзаключённая", "active"),
        ("памёр", "died"),
        ("зялёны", None),
    ],
)
def test_status_in_words_and_codes(text, status):
    assert read_status(text) == status


@pytest.mark.parametrize(
    ("cell", "date", "doubts", "whole"),
    [
        (datetime.date(1980, 9, 5), PartialDate(1980, 9, 5), [], True),
        (1980, PartialDate(1980), [], True),
        ("5 верасня 1980", PartialDate(1980, 9, 5), [], True),
        ("05.09.80", PartialDate(1980, 9, 5), ["date_two_digit_year"], True),
        ("затрыманы 05.09.2020 на вуліцы", PartialDate(2020, 9, 5), ["date_from_long_text"], False),
        ("ведаюць сваякі", None, ["date_unread"], False),
        ("31.02.1980", None, ["date_unread"], False),
    ],
)
def test_a_date_is_read_wherever_it_stands(cell, date, doubts, whole):
    found, codes, is_whole = read_date_cell(cell, today=TODAY, years_ahead=0)
    assert (str(found), codes, is_whole) == (str(date), doubts, whole)
