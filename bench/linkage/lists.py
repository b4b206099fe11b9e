"""Five lists by five invented organisations: what their columns are called, and how each writes a person down.

A writer takes (person, rates, chance) and gives the cells of one row without the organisation's own number.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import mistakes
import writing
from mistakes import CAREFUL, HASTY, USUAL, Noted, Rates
from people import Institution, Person, Place
from surnames import Surname


@dataclass(frozen=True, slots=True)
class List:
    """One list: the file's name, its headings, how it is separated, its own numbers and who writes."""

    name: str
    headings: tuple[str, ...]
    delimiter: str
    own_id: Callable[[int], str] | None
    rates: Rates
    write: Callable[[Person, Rates, random.Random], tuple[str, ...]]


class Names(NamedTuple):
    """Of one person in one script, with whatever befell them."""

    surname: str
    given: str
    patronymic: str
    maiden: str


def belarusian(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    names = spoilt(belarusian_names(of, rates, rng), rates, rng, cyrillic=True)
    surname = f"{names.surname} ({names.maiden})" if names.maiden and rng.random() < 0.1 else names.surname
    cells = (surname, names.given)
    if rng.random() < rates.swapped_names:
        cells = (names.given, surname)
    born, held = mistakes.birth(of, rates, rng), mistakes.detention(of, rates, rng)
    return (
        *cells,
        names.patronymic,
        dotted(born, "{year}", "{age} гадоў"),
        place(of, rates, rng, place_be),
        dotted(held, "", ""),
        institution(of, rates, rng, "be"),
    )


def russian(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    names = spoilt(russian_names(of, rates, rng), rates, rng, cyrillic=True)
    maiden = f" ({names.maiden})" if names.maiden and rng.random() < 0.15 else ""
    if names.patronymic and rng.random() < rates.initials:
        full = f"{names.surname}{maiden} {names.given[0]}. {names.patronymic[0]}."
    elif rng.random() < rates.swapped_names * 4:
        full = f"{names.given} {names.patronymic} {names.surname}{maiden}"
    else:
        full = f"{names.surname}{maiden} {names.given} {names.patronymic}"
    born, held = mistakes.birth(of, rates, rng), mistakes.detention(of, rates, rng)
    return (
        " ".join(full.split()),
        dotted(born, "{year} г.р.", "{age} лет"),
        place(of, rates, rng, place_ru),
        dotted(held, "", ""),
        institution(of, rates, rng, "ru"),
    )


def passport(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    names = spoilt(each(writing.passport, belarusian_names(of, rates, rng)), rates, rng)
    full = [names.surname.upper(), names.given]
    if rng.random() < rates.swapped_names:
        full.reverse()
    sex = "" if rng.random() < 0.05 else "F" if of.woman else "M"
    return (
        " ".join(full),
        sex,
        _iso(mistakes.birth(of, rates, rng)),
        place(of, rates, rng, place_passport),
    )


def lacinka(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    spell = writing.lacinka if rng.random() < 0.85 else writing.national
    names = spoilt(each(spell, belarusian_names(of, rates, rng)), rates, rng)
    if rng.random() < 0.06:
        names = each(writing.without_marks, names)
    patronymic = f" {names.patronymic}" if names.patronymic and rng.random() < 0.5 else ""
    given = f"{names.given[0]}." if rng.random() < rates.initials / 2 else names.given
    full = f"{names.surname}, {given}{patronymic}"
    if rng.random() < rates.swapped_names:
        full = f"{names.given} {names.surname}"
    return (
        full,
        dotted(mistakes.birth(of, rates, rng), "{year}", "{age} h.", padded=False),
        place(of, rates, rng, _place_lacinka),
        institution(of, rates, rng, "lat"),
    )


def heard(of: Person, rates: Rates, rng: random.Random) -> tuple[str, ...]:
    """By whoever took the call: three of five write English, the others German or Polish."""
    hand = rng.choices(("en", "de", "pl"), (60, 20, 20))[0]
    names = spoilt(heard_names(of, rates, rng, hand), rates, rng)
    first, last = f"{names.given} {names.patronymic}".strip(), names.surname
    if rng.random() < rates.swapped_names:
        first, last = last, first
    born, held = mistakes.birth(of, rates, rng), mistakes.detention(of, rates, rng)
    age = str(born.age) if born.precision == "age" or (born.precision != "none" and rng.random() < 0.2) else ""
    return (
        first,
        last,
        _worded(born),
        age,
        place(of, rates, rng, lambda place, chance: place_heard(place, chance, hand)),
        _worded(held),
        institution(of, rates, rng, "en"),
    )


LISTS = (
    List(
        "belarusian.csv",
        (
            "Код", "Прозвішча", "Імя", "Імя па бацьку",
            "Дата нараджэння", "Месца нараджэння", "Дата затрымання", "Месца ўтрымання",
        ),
        ",", lambda row: f"А-{row:06}", CAREFUL, belarusian,
    ),
    List(
        "russian.csv",
        ("№", "ФИО", "Дата рождения", "Место рождения", "Дата задержания", "Учреждение"),
        ";", str, USUAL, russian,
    ),
    List(
        "passport.csv",
        ("ID", "Name", "Sex", "Date of birth", "Place of birth"),
        ",", lambda row: f"BY{row * 7 + 1000}", CAREFUL, passport,
    ),
    List(
        "lacinka.csv",
        ("Numar", "Proźvišča, imia", "Data naradžeńnia", "Adkul", "Dzie trymajuć"),
        ";", lambda row: f"{row}/L", USUAL, lacinka,
    ),
    List(
        "heard.csv",
        ("First name", "Last name", "Date of birth", "Age", "From", "Date of arrest", "Prison"),
        ",", None, HASTY, heard,
    ),
)  # fmt: skip


def belarusian_names(of: Person, rates: Rates, rng: random.Random) -> Names:
    surname, maiden = _surnames(of, rates, rng)
    given = rng.choice(of.given.short_be) if rng.random() < rates.diminutive else of.given.be
    return Names(
        surname.be_woman if of.woman else surname.be,
        given,
        "" if rng.random() < rates.no_patronymic else _patronymic(of.father.patronymic_be, of.woman),
        maiden.be_woman if maiden else "",
    )


def russian_names(of: Person, rates: Rates, rng: random.Random) -> Names:
    surname, maiden = _surnames(of, rates, rng)
    given = rng.choice(of.given.short_ru) if rng.random() < rates.diminutive else of.given.ru
    full = Names(
        surname.ru_woman if of.woman else surname.ru,
        given,
        "" if rng.random() < rates.no_patronymic else _patronymic(of.father.patronymic_ru, of.woman),
        maiden.ru_woman if maiden else "",
    )
    return each(lambda name: name.replace("ё", "е"), full) if rng.random() < 0.6 else full


def heard_names(of: Person, rates: Rates, rng: random.Random, hand: str) -> Names:
    """Poles hear Belarusian, the others Russian; a third of given names get the form of the hand's own language."""
    if hand == "pl":
        names = each(writing.polish, belarusian_names(of, rates, rng))
    elif hand == "de":
        names = each(writing.german, russian_names(of, rates, rng))
    else:
        habit = rng.randrange(8)
        names = each(lambda name: writing.english(name, habit), russian_names(of, rates, rng))
    surname, given, patronymic, maiden = names
    if hand == "pl":
        surname = re.sub("kaja$", "ka", surname)
    if rng.random() < 0.35:
        given = rng.choice(of.given.foreign[hand])
    return Names(surname, given, patronymic, maiden)


def _surnames(of: Person, rates: Rates, rng: random.Random) -> tuple[Surname, Surname | None]:
    """What is written as the surname, and the maiden name that a careful hand adds."""
    if of.maiden and rng.random() < rates.maiden:
        return of.maiden, None
    return of.surname, of.maiden


def _patronymic(man: str, woman: bool) -> str:
    """Іванавіч -> Іванаўна, Ильич -> Ильинична, Никитич -> Никитична."""
    if not woman:
        return man
    for end, other in (
        ("льич", "льинична"), ("льіч", "льінічна"), ("тич", "тична"), ("ович", "овна"), ("евич", "евна"),
        ("авіч", "аўна"), ("евіч", "еўна"), ("овіч", "оўна"),
    ):  # fmt: skip
        if man.endswith(end):
            return man.removesuffix(end) + other
    return man


def each(spell: Callable[[str], str], names: Names) -> Names:
    return Names(*(spell(name) if name else "" for name in names))


def spoilt(names: Names, rates: Rates, rng: random.Random, *, cyrillic: bool = False) -> Names:
    surname, given, patronymic, maiden = names
    if rng.random() < rates.surname_typo:
        surname = mistakes.typo(surname, rng)
    if rng.random() < rates.given_typo:
        given = mistakes.typo(given, rng)
    if cyrillic and rng.random() < rates.latin_letter:
        surname = writing.mixed(surname, rng)
    return Names(surname, given, patronymic, maiden)


def dotted(noted: Noted, year: str, age: str, *, padded: bool = True) -> str:
    """05.09.1985, or 5.9.1985; *year* and *age* say what is written when only that is known."""
    date = noted.date
    if noted.precision == "day":
        return f"{date:%d.%m.%Y}" if padded else f"{date.day}.{date.month}.{date.year}"
    if noted.precision == "month":
        return f"{date:%m.%Y}"
    if noted.precision == "none":
        return ""
    return (year if noted.precision == "year" else age).format(year=date.year, age=noted.age)


def _iso(noted: Noted) -> str:
    whole = noted.date.isoformat()
    return {"day": whole, "month": whole[:7], "year": whole[:4]}.get(noted.precision, "")


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _worded(noted: Noted) -> str:
    date = noted.date
    month = MONTHS[date.month - 1]
    return {"day": f"{date.day} {month} {date.year}", "month": f"{month} {date.year}", "year": str(date.year)}.get(
        noted.precision, ""
    )


def place(of: Person, rates: Rates, rng: random.Random, spell: Callable[[Place, random.Random], str]) -> str:
    if rng.random() < rates.no_place:
        return ""
    return spell(of.home if rng.random() < rates.other_place else of.place, rng)


def place_be(place: Place, rng: random.Random) -> str:
    raion = place.raion["be"]
    genitive = re.sub("і$", "ага", raion)
    if place.village:
        return rng.choice(
            (
                f"в. {place.be}, {raion} р-н",
                f"вёска {place.be} {genitive} раёна",
                f"{raion} раён",
                f"{place.be}, {raion} раён",
            )
        )
    region = place.region["be"]
    return rng.choice((place.be, place.be, f"г. {place.be}", f"горад {place.be}", f"{region} вобл., г. {place.be}"))


def place_ru(place: Place, rng: random.Random) -> str:
    raion = place.raion["ru"]
    genitive = re.sub("ий$", "ого", raion)
    if place.village:
        return rng.choice(
            (f"д. {place.ru}, {raion} р-н", f"д. {place.ru} {genitive} района", f"{raion} район", f"дер. {place.ru}")
        )
    region = place.region["ru"]
    return rng.choice(
        (place.ru, f"г. {place.ru}", f"г.{place.ru}", f"гор. {place.ru}", f"{region} обл., г. {place.ru}")
    )


def place_passport(place: Place, rng: random.Random) -> str:
    town, raion = writing.passport(place.be), writing.passport(place.raion["be"])
    if place.village:
        return rng.choice((f"{town}, {raion} district", f"v. {town}", f"{raion} district"))
    return rng.choice((town, town.upper(), place.english, f"{town}, Belarus", f"g. {town}"))


def _place_lacinka(place: Place, rng: random.Random) -> str:
    town, raion = writing.lacinka(place.be), writing.lacinka(place.raion["be"])
    if place.village:
        return rng.choice((f"v. {town}, {raion} r-n", f"{raion} rajon", town))
    return rng.choice((town, f"h. {town}", writing.without_marks(town), writing.national(place.be)))


def place_heard(place: Place, rng: random.Random, hand: str) -> str:
    if hand == "pl":
        town = writing.polish(place.be)
    else:
        town = writing.german(place.ru) if hand == "de" else writing.english(place.ru, rng.randrange(8))
    if place.village:
        return rng.choice((town, f"{town} village", f"near {writing.english(place.raion['ru'], 1)}"))
    return rng.choice((town, place.english or town, f"{town}, Belarus", f"{town} region"))


KINDS = {
    "IK": ("ПК", "ИК", "PK", "IK", "Penal colony"),
    "IKP": ("ПКП", "ИКП", "PKP", "IKP", "Open colony"),
    "VK": ("ВК", "ВК", "VK", "VK", "Juvenile colony"),
    "T": ("Турма", "Тюрьма", "Turma", "Prison", "Prison"),
    "SIZO": ("СІЗА", "СИЗО", "SIZA", "SIZO", "Remand prison"),
    "KGB": ("СІЗА КДБ", "СИЗО КГБ", "SIZA KDB", "KGB SIZO", "KGB prison"),
    "CIP": ("ЦІП", "ЦИП", "CIP", "TsIP", "Offenders centre"),
    "IVS": ("ІЧУ", "ИВС", "IČU", "IVS", "Temporary detention"),
    "IUOT": ("ПУАТ", "ИУОТ", "PUAT", "IUOT", "Open-type institution"),
}


def institution(of: Person, rates: Rates, rng: random.Random, language: str) -> str:
    if rng.random() < rates.no_institution:
        return ""
    held = rng.choice(of.institutions)
    short, long, town = _in_language(held, language)
    number = held.number
    if not number:
        return rng.choice((short, long)) if language != "en" else short
    ways = [f"{short}-{number}", f"{short} № {number}" if language in ("be", "ru") else f"{short} No. {number}", long]
    if town:
        ways += [f"{short}-{number}, {town}", f"{short}-{number} ({town})", town]
    return rng.choice(ways)


def _in_language(held: Institution, language: str) -> tuple[str, str, str]:
    be, ru, lat, en, words = KINDS[held.kind]
    if language == "be":
        return be, held.be, held.town["be"]
    if language == "ru":
        return ru, held.ru, held.town["ru"]
    if language == "lat":
        return lat, writing.lacinka(held.be).capitalize(), writing.lacinka(held.town["be"])
    return en, f"{words} No. {held.number}", writing.passport(held.town["be"])
