import pytest

from throughgate.core.linkage.spellings import given_name, sex_by_given, sex_by_patronymic, sex_by_surname, sex_by_word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("артурчык", "artur"),
        ("arturchik", "артур"),
        ("marynka", "марина"),
        ("warka", "варвара"),
        ("jeuka", "ева"),
        ("hiena", "геннадий"),
        ("yanik", "ян"),
        ("региночка", "рэгіна"),
        ("włodzimierz", "владимир"),
        ("małgorzata", "маргарыта"),
        ("mścisław", "мстислав"),
    ],
)
def test_a_pet_name_and_a_foreign_one_stand_for_the_name(one: str, other: str) -> None:
    assert given_name(one, None).group == given_name(other, None).group


def test_a_pet_name_of_two_names_may_be_either() -> None:
    assert set(given_name("mirosha", None)[:2]) == {"Мірон", "Міраслаў"}


def test_a_name_with_a_slip_may_be_the_name() -> None:
    mistyped = given_name("уладзісаў", None)
    assert (mistyped.group, mistyped.other) == (mistyped.sound, "Уладзіслаў")


def test_a_word_like_no_name_stands_for_itself() -> None:
    assert len({*given_name("невядомы", None)[:3]}) == 1


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("н", "мікалай"), ("m", "николай"), ("о", "вольга"), ("w", "ольга"), ("е", "яўген"), ("y", "евгений"),
        ("y", "юрий"), ("j", "юрий"), ("i", "юрий"), ("u", "владимир"), ("к", "екатерина"), ("e", "кацярына"),
        ("г", "анна"), ("c", "кирилл"),
    ],
)  # fmt: skip
def test_an_initial_fits_every_form_of_a_name(letter: str, name: str) -> None:
    assert {*given_name(letter, None)[3:]} & {*given_name(name, None)[3:]}


def test_an_initial_of_another_name_does_not_fit() -> None:
    assert not {*given_name("п", None)[3:]} & {*given_name("николай", None)[3:]}


@pytest.mark.parametrize(("given", "expected"), [("sviatlana", "f"), ("пётр", "m"), ("саша", ""), ("а", "")])
def test_a_given_name_tells_unless_both_bear_it(given: str, expected: str) -> None:
    assert sex_by_given(given, None) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("иванович", "m"), ("іванаўна", "f"), ("ilyinichna", "f"), ("mikitavich", "m"), ("viktaraŭna", "f"),
        ("aliakseyeuna", "f"), ("никитична", "f"), ("оглы", "m"), ("кызы", "f"), ("piotrowicz", "m"), ("а", ""),
    ],
)  # fmt: skip
def test_a_patronymic_tells_a_daughter_from_a_son(word: str, expected: str) -> None:
    assert sex_by_patronymic(word) == expected


def test_a_surname_tells_by_its_ending() -> None:
    assert [sex_by_surname(word) for word in ("uzorava", "узораў", "узорак", "uzorska")] == ["f", "m", "", "f"]


def test_a_column_of_sex_is_read_in_many_languages() -> None:
    assert [sex_by_word(cell) for cell in ("Жанчына", "male", "Kobieta", "männlich", "?", "")] == [
        "f", "m", "f", "m", "", "",
    ]  # fmt: skip
