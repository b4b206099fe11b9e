"""Document numbers, telephone numbers and addresses in one form: equal ones are found however they are typed."""

from __future__ import annotations

# Capital letters that look alike, as documents are copied by hand: the Latin one stands for both.
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТХІ", "ABEKMHOPCTXI")
SHORTEST_PHONE, LONGEST_PHONE = 7, 15  # digits; the longest is of ITU-T E.164
SHORTEST_DOCUMENT, DIGITS_IN_DOCUMENT = 6, 4


def normal_document(typed: str) -> str:
    """``мр 123-45 67`` and ``MP1234567`` are the same number."""
    return "".join(sign for sign in typed.upper().translate(_LOOK_ALIKE) if sign.isalnum())


def normal_phone(typed: str) -> str:
    """Digits with the code of the country: ``8 029 123-45-67`` (Belarus) is ``375291234567``; "" for no number."""
    digits = "".join(sign for sign in typed if sign.isdigit() and sign.isascii())
    if not SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE:
        return ""
    if not typed.strip().startswith("+"):
        if digits.startswith("00"):
            return digits[2:]
        # From Belarus and from Russia one dials 8 first: 80 and nine digits, 8 and ten digits.
        if len(digits) == 11 and digits.startswith("80"):
            return "375" + digits[2:]
        if len(digits) == 11 and digits.startswith("8"):
            return "7" + digits[1:]
    return digits


def normal_contact(typed: str) -> str:
    """A telephone number as digits, anything else (an address, a name in a messenger) in small letters."""
    if looks_like_phone(typed):
        return normal_phone(typed)
    return "".join(typed.lower().split()).removeprefix("@")


def looks_like_phone(typed: str) -> bool:
    """Nothing but digits and what people put between them."""
    return bool(normal_phone(typed)) and all(sign.isdigit() or sign in " +-()./" for sign in typed.strip())


def looks_like_document(typed: str) -> bool:
    """A series and a number: mostly digits, perhaps a few letters."""
    number = normal_document(typed)
    digits = sum(sign.isdigit() for sign in number)
    return len(number) >= SHORTEST_DOCUMENT and digits >= DIGITS_IN_DOCUMENT and digits * 2 >= len(number)


def looks_like_contact(typed: str) -> bool:
    """A telephone number, an e-mail address or a name that begins with @."""
    return looks_like_phone(typed) or "@" in typed
