"""A name is found by any of its spellings, and not by another name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.names import closeness, forget_spellings, keys, meet, score, skeleton, sort_key, tokens
from throughgate.core.names.likeness import AS_TYPED, BEGINS, ONE_EDIT, SAME_SOUND, edits, one_slip
from throughgate.core.names.sounds import readings

# Spellings that one person meets in the papers and lists of several countries. All invented.
SAME_SURNAME = [
    "Жураўская Журавская Zhurauskaya Žuraŭskaja Zhuravskaya Zhurawskaja Jurawskaya Zurauskaja Żurawska Журавский",
    "Кавалёў Ковалёва Kavaliou Kovalev Kavaloŭ Kovaleva Kowaljow Кавалева",
    "Шаўчэнка Шевченко Shevchenko Shauchenka Šaŭčenka Szewczenko Schewtschenko Saucenka",
    "Ціхановіч Тиханович Tsikhanovich Cichanovič Tikhanovich Tichanowicz",
    "Навуменка Науменко Naumenko Navumenka",
    "Мацвееў Матвеев Matsveyeu Matveev Macviejeŭ Matveyev",
    "Лебедзеў Лебедев Lebedzeu Lebedev Lebiedzieŭ",
    "Шчэрба Щерба Shcherba Ščerba Szczerba",
    "Хадыка Khadyka Hadyka Chadyka",
    "Луцэнка Луценко Lutsenka Lutsenko Łucenka Lucenko",
    "Уласаў Власов Ulasau Vlasov",
    "Дзям’янаў Демьянов Dziamyanau Demyanov Dziamjanaŭ Дзям'янаў",
    "Вераб’ёў Воробьёв Verabyou Vorobyov Vorobiev",
    "Грабоўскі Грабовский Hrabouski Grabowski Hraboŭskaja",
    "Малышка Малышко Malyshka Malyška Malysko",
    "Юрчанка Юрченко Yurchanka Jurčanka Yurchenko Iurchenko",
    "Пятроў Петров Piatrou Petrov Piatroŭ Petroff",
    "Падзораў Подзоров Padzorau Podzorov",
]
SAME_GIVEN_NAME = [
    "Сяргей Сергей Siarhei Sergei Sergey Siarhiej Sjarhej Серёжа",
    "Яўген Евгений Yauhen Evgeny Jaŭhien Yevgeny Eugene Женя",
    "Аляксандр Александр Aliaksandr Alexander Aleksandr Саша Алесь",
    "Вольга Ольга Volha Olga Оля",
    "Мікіта Никита Mikita Nikita",
    "Ганна Анна Hanna Anna",
    "Дзмітрый Дмитрий Dzmitry Dmitri Зміцер Дима",
    "Уладзімір Владимир Uladzimir Vladimir Валодзя",
    "Юрый Юрий Yury Iurii Juryj Yuri",
    "Кацярына Екатерина Katsiaryna Kaciaryna Catherine Катя",
]
DIFFERENT = [
    ("Шаўчук", "Саўчук"),
    ("Кавалёў", "Кулеў"),
    ("Кавалёў", "Кавальчук"),
    ("Аляксандра", "Аляксандр"),
    ("Alexandra", "Аляксандр"),
    ("Вольга", "Алег"),
    ("Ганна", "Яна"),
    ("Пятроў", "Пятроўская"),
    ("Мікалай", "Міхаіл"),
    ("Хадыка", "Гадыка"),
    ("Жук", "Зук"),
    ("Ткач", "Тракч"),
    ("Sidarenka", "Шадрэнка"),
]


def pairs(groups: list[str]) -> list[tuple[str, str]]:
    return [(group.split()[0], other) for group in groups for other in group.split()[1:]]


def word(text: str) -> str:
    return tokens(text)[0]


@pytest.mark.parametrize(("one", "other"), pairs(SAME_SURNAME))
def test_spellings_of_a_surname_meet(one: str, other: str) -> None:
    assert meet(word(one), word(other))
    assert meet(word(other), word(one))
    assert set(keys(word(one))) & set(keys(word(other)))


@pytest.mark.parametrize(("one", "other"), pairs(SAME_GIVEN_NAME))
def test_forms_of_a_given_name_meet(one: str, other: str) -> None:
    assert meet(word(one), word(other))
    assert set(keys(word(one))) & set(keys(word(other)))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_do_not_meet(one: str, other: str) -> None:
    assert not meet(word(one), word(other))


def test_equal_skeletons_are_what_a_first_look_needs() -> None:
    assert skeleton("жураўская") == skeleton("журавская") == skeleton("zhurauskaya")
    assert skeleton("вольга") == skeleton("olga")


def test_words_lose_brackets_case_and_apostrophes_but_keep_initials() -> None:
    assert tokens("Узорава-Прыкладава (Ўяўная) А.Б.") == ["узорава", "прыкладава", "ўяўная", "а", "б"]
    assert tokens("ДЗЯМ’ЯНАЎ Дзям'янаў") == ["дзямянаў", "дзямянаў"]
    assert tokens("Ковалёв") == ["ковалев"]
    assert tokens(" - ( ) . ") == []


def test_a_letter_of_the_wrong_keyboard_is_put_right() -> None:
    assert tokens("Cяргeй") == ["сяргей"]  # Latin C and e
    assert tokens("Пeтpoв Petrov") == ["петров", "petrov"]


def test_decomposed_letters_are_composed() -> None:
    assert tokens("Сергеи\u0306") == ["сергей"]


def test_closeness_goes_down_from_typed_to_begun_to_heard_to_mistyped() -> None:
    order = [
        closeness("каваль", "каваль"),
        closeness("кава", "каваль"),
        closeness("koval", "каваль"),
        closeness("kov", "каваль"),
        closeness("ковадевич", "кавалевіч"),
        closeness("зусім", "каваль"),
    ]
    assert order == sorted(order, reverse=True)
    assert order[0] == AS_TYPED
    assert order[1] == BEGINS
    assert order[2] == SAME_SOUND
    assert order[4] == ONE_EDIT
    assert order[5] == 0


def test_a_given_name_begun_finds_its_other_forms() -> None:
    assert closeness("алекс", "аляксандр") > 0
    assert closeness("ольг", "вольга") > 0


def test_every_typed_word_needs_a_word_of_its_own() -> None:
    name = tokens("Прыкладаў Іван Пятровіч")
    assert score(tokens("іван прыкладаў"), name) == AS_TYPED
    assert score(tokens("іван іван"), name) == 0
    assert score(tokens("іван чужы"), name) == 0
    assert score([], name) == 0


def test_an_initial_on_record_answers_a_whole_name_weakly() -> None:
    assert 0 < score(tokens("Прыкладаў Іван"), tokens("Прыкладаў І. П.")) < AS_TYPED


@pytest.mark.parametrize("slip", ["kAvAlk", "kAvAlt", "kAvAltk", "kvAltUk", "kAvAltUkk", "kAvAltkU"])
def test_a_slip_is_the_same_whether_made_or_compared(slip: str) -> None:
    assert one_slip("kAvAltUk", slip) == (slip in edits("kAvAltUk"))


@given(st.text(max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    for token in tokens(text):
        assert skeleton(token)
        assert closeness(token, token) == AS_TYPED
    assert isinstance(sort_key(text, "be"), str)


@given(st.text(alphabet="абвгдеёжзійклмнопрстуўфхцчшыьэюя", min_size=2, max_size=15))
def test_a_name_meets_itself_with_another_ending_vowel(stem: str) -> None:
    assert set(readings(stem + "ка")) == set(readings(stem + "ко"))


def test_forgotten_spellings_are_read_again_alike() -> None:
    before = skeleton("прыкладаў")
    forget_spellings()
    assert readings.cache_info().currsize == 0
    assert skeleton("прыкладаў") == before


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("be", ["Ёлкін", "Жук", "Зорка", "Ігнат", "Йота", "Кот", "Узор", "Ўяўны", "Фарба", "Эх", "Adam"]),
        ("be", ["Вымышленны", "Гай", "Ева", "Евм", "Ёва", "Іва", "Ива"]),
        ("ru", ["Елагин", "Ёлкин", "Ельцов", "Жук", "Иванов", "Йота", "Adam"]),
        ("en", ["Adam", "Łucka", "Lukas", "Zorka", "Адам", "Яна"]),
        ("be", ["Вымышленны Адам", "Вымышленны-Узор Адам", "Вымышленны Яна"]),
    ],
)
def test_names_stand_in_the_order_of_the_readers_alphabet(language: str, names: list[str]) -> None:
    shuffled = names[1::2] + names[::2]
    assert sorted(shuffled, key=lambda name: sort_key(name, language)) == names
