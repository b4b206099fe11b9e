"""The three invented organisations and everybody who works in them."""

from __future__ import annotations

from dataclasses import dataclass

from throughgate.codelists import codes

# Everybody's, because a demo protects nothing; the sign-in page shows it.
PASSPHRASE = "this is only a demo"  # noqa: S105 (said on the sign-in page)


@dataclass(frozen=True)
class House:
    """An organisation of the demo: its name in the three languages, how many people it keeps, how many with a case."""

    code: str
    be: str
    ru: str
    en: str
    kind: str
    in_country: bool
    people: int
    supported: float

    @property
    def name(self) -> str:
        """In the language of the page."""
        return {"be": self.be, "ru": self.ru}.get(codes.language(), self.en)


@dataclass(frozen=True)
class Part:
    """A member: where, as what, and how they sign in."""

    house: str
    sign_in_name: str
    display_name: str
    roles: tuple[str, ...]
    language: str = "be"


HOUSES = (
    House("return", "«Вяртанне» (прыклад)", "«Возвращение» (пример)", "Return (example)", "ngo", True, 230, 0.75),
    House(
        "relief",
        "Служба «Узор» (прыклад)",
        "Служба «Образец» (пример)",
        "Uzor Relief (example)",
        "humanitarian_service",
        False,
        190,
        0.55,
    ),
    House(
        "record",
        "Цэнтр «Сведка» (прыклад)",
        "Центр «Свидетель» (пример)",
        "Witness Centre (example)",
        "documentation_centre",
        False,
        190,
        0.12,
    ),
)
PARTS = (
    Part("return", "viera", "Вера Прыкладная", ("case_worker",)),
    Part("return", "mark", "Марк Узорны", ("case_worker",), "ru"),
    Part("return", "roman", "Раман Роўны", ("peer_worker",)),
    Part("return", "hanna", "Ганна Каардынатарава", ("coordinator",)),
    Part("return", "siarhiej", "Сяргей Замковы", ("security_officer",)),
    Part("return", "finansy", "Фаіна Лікавая", ("finance",)),
    Part("return", "trener", "Тарас Вучэбны", ("trainer",)),
    Part("relief", "dyspetcar", "Дана Хуткая", ("dispatcher",)),
    Part("relief", "alena", "Алена Дарожная", ("case_worker",), "ru"),
    Part("relief", "kiraunik", "Кірыл Галоўны", ("coordinator",)),
    Part("relief", "zamok", "Зоя Ключавая", ("security_officer",)),
    Part("record", "manitor", "Мая Сведчанка", ("monitor",)),
    Part("record", "analityk", "Антось Падлічак", ("analyst",)),
    Part("record", "centr", "Цэзар Архіўны", ("coordinator",), "ru"),
    Part("record", "biaspieka", "Барбара Надзейная", ("security_officer",)),
)


def parts_of(house: House) -> list[Part]:
    return [part for part in PARTS if part.house == house.code]


def sign_ins() -> list[tuple[str, str, str]]:
    """(sign-in name, passphrase, who it is in the language of the page) of everybody in the demo."""
    names = {house.code: house.name for house in HOUSES}
    return [
        (
            part.sign_in_name,
            PASSPHRASE,
            f"{part.display_name}: {', '.join(codes.labels('member_role', part.roles))}, {names[part.house]}",
        )
        for part in PARTS
    ]
