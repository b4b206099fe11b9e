"""Numbers as people type them."""

import pytest

from throughgate.core.exact import (
    looks_like_contact,
    looks_like_document,
    looks_like_phone,
    normal_contact,
    normal_document,
    normal_phone,
)


@pytest.mark.parametrize(
    "typed", ["+375 29 123-45-67", "8 029 123 45 67", "80291234567", "00375291234567", "375291234567"]
)
def test_a_belarusian_number_is_one_number_however_it_is_dialled(typed):
    assert normal_phone(typed) == "375291234567"


def test_a_number_dialled_inside_russia_gets_the_code_of_russia():
    assert normal_phone("8 (912) 345-67-89") == "79123456789"


@pytest.mark.parametrize("typed", ["", "12345", "1" * 16])
def test_too_few_or_too_many_digits_are_no_number(typed):
    assert normal_phone(typed) == ""


@pytest.mark.parametrize("typed", ["MP1234567", "мр 123-45-67", "МР 1234567"])
def test_a_series_in_cyrillic_or_latin_letters_is_the_same(typed):
    assert normal_document(typed) == "MP1234567"


def test_an_address_is_compared_in_small_letters():
    assert normal_contact(" Uzor@Example.ORG ") == "uzor@example.org"
    assert normal_contact("@Uzor") == normal_contact("uzor")


@pytest.mark.parametrize(("typed", "phone", "document"), [
    ("Прыкладаў", False, False), ("29 123 45 67", True, True), ("MP1234567", False, True), ("K7J-4Q2X", False, False),
])  # fmt: skip
def test_what_looks_like_what(typed, phone, document):
    assert (looks_like_phone(typed), looks_like_document(typed)) == (phone, document)


def test_an_address_looks_like_a_contact():
    assert looks_like_contact("uzor@example.org")
    assert not looks_like_contact("Узораў Пётр")
