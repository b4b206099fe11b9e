"""A name is found by any of its spellings, and not by another name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.names import forget_spellings, forms, keys, skeleton, sort_key, tokens
from throughgate.core.names.likeness import is_initial, misheard, misspelt

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
    "Хадыка Khadyka Hadyka",
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
    ("Кавалёў", "Кулеў"),
    ("Кавалёў", "Кавальчук"),
    ("Вольга", "Алег"),
    ("Ганна", "Яна"),
    ("Пятроў", "Пятроўская"),
    ("Мікалай", "Міхаіл"),
    ("Ткач", "Тракч"),
    ("Sidarenka", "Шадрэнка"),
]


def pairs(groups: list[str]) -> list[tuple[str, str]]:
    return [(group.split()[0], other) for group in groups for other in group.split()[1:]]


def word(text: str) -> str:
    return tokens(text)[0]


def shared(one: str, other: str) -> set[str]:
    return set(keys(word(one))) & set(keys(word(other)))


@pytest.mark.parametrize(("one", "other"), [*pairs(SAME_SURNAME), *pairs(SAME_GIVEN_NAME)])
def test_spellings_of_a_name_share_a_key(one: str, other: str) -> None:
    assert shared(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_share_none(one: str, other: str) -> None:
    assert not shared(one, other)


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


@pytest.mark.parametrize(
    ("letter", "name"),
    [("а", "алена"), ("о", "алег"), ("e", "яўген"), ("s", "сяргей"), ("х", "hanna"), ("т", "tsimafei")],
)
def test_an_initial_stands_for_a_name_in_another_spelling(letter: str, name: str) -> None:
    assert is_initial(letter, name)


@pytest.mark.parametrize(("letter", "name"), [("а", "іван"), ("с", "жанна"), ("у", "алег"), ("к", "галена")])
def test_an_initial_does_not_stand_for_another_sound(letter: str, name: str) -> None:
    assert not is_initial(letter, name)


@pytest.mark.parametrize("slip", ["каваль", "ккаваль", "каввль", "акваль", "кавал"])
def test_a_slip_is_one_letter_lost_added_changed_or_swapped(slip: str) -> None:
    assert (slip in misspelt("каваль")) == (slip != "каваль")


def test_short_words_are_not_taken_for_slips() -> None:
    assert misspelt("жук") == misheard("жук") == set()


@given(st.text(max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    for token in tokens(text):
        assert skeleton(token)
    assert isinstance(sort_key(text, "be"), str)


@given(st.text(alphabet="абвгдеёжзійклмнопрстуўфхцчшыьэюя", min_size=2, max_size=15))
def test_a_name_meets_itself_with_another_ending_vowel(stem: str) -> None:
    assert keys(stem + "ка")[-1] == keys(stem + "ко")[-1]


def test_forgotten_spellings_are_read_again_alike() -> None:
    before = skeleton("прыкладаў")
    forget_spellings()
    assert forms.surname_forms.cache_info().currsize == 0
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
