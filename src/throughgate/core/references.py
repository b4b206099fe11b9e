"""Reference codes that can be read out on the phone, such as ``K7-4Q2``."""

import secrets

# Without letters and digits that sound or look alike in Belarusian, Russian or English (0/O, 1/I/L, 5/S, 8/B, 2/Z,
# U/V, M/N, D/T), and without vowels, so that no word appears by accident.
ALPHABET = "34679CFGHJKQRTWXY"
LENGTH = 7


def new_reference() -> str:
    """Seven characters, four hundred million codes; never derived from the person."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{drawn[:3]}-{drawn[3:]}"


def read_reference(typed: str) -> str | None:
    """The code as stored, from whatever case and separators somebody typed; None when it cannot be one."""
    letters = [sign for sign in typed.upper() if sign.isalnum()]
    if len(letters) != LENGTH or any(sign not in ALPHABET for sign in letters):
        return None
    return "".join(letters[:3]) + "-" + "".join(letters[3:])
