"""Whole lists of people who do not exist, with the gaps and slips that real lists have."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from throughgate.core.dates import PartialDate, format_date
from throughgate.core.lists.invent import wording
from throughgate.core.lists.invent.lives import InventedLife, invent_life
from throughgate.core.lists.mapping import Target, built_in_profiles

Layout = Literal["machine", "page-be", "page-ru", "page-en", "small-ngo"]
LAYOUTS: tuple[str, ...] = get_args(Layout)

_SMALL_HEADINGS = (
    "№ п/п",
    "Фамилия",
    "Имя",
    "Отчество",
    "Год рождения / дата рождения",
    "Задержан",
    "Статья УК",
    "Срок",
    "Где сейчас",
    "Конец срока",
    "Контакт родственников",
    "Здоровье",
    "Примечание",
)
_SMALL_PREAMBLE = (("Список подопечных",), ("для внутреннего пользования",), ())
_LETTERS = str.maketrans("аеорсхі", "aeopcxi")
_TODAY = datetime.date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class InventedList:
    """`rows` can be gone through again and again; every cell is text."""

    headings: tuple[str, ...]
    preamble: tuple[tuple[str, ...], ...]
    layout: Layout
    count: int
    seed: int
    today: datetime.date
    edition: int

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for number, life, rng in invent_lives(self.count, self.seed, today=self.today, edition=self.edition):
            if self.layout == "small-ngo":
                yield _small_row(number, life, rng, self.today)
            else:
                yield _page_row(number, life, rng, self.layout)


def invent_rows(
    count: int, seed: int, layout: Layout, *, today: datetime.date = _TODAY, edition: int = 1
) -> InventedList:
    """A list of `count` people. The same arguments give the same list.

    `edition` 2 is the same list some weeks later: about 1 of 100 gone, 2 of 100 new, 4 of 100 changed.
    """
    if layout == "small-ngo":
        return InventedList(_SMALL_HEADINGS, _SMALL_PREAMBLE, layout, count, seed, today, edition)
    name = layout.replace("-", "_")
    profile = next(one for one in built_in_profiles() if one.name == name)
    return InventedList(tuple(profile.columns), (), layout, count, seed, today, edition)


def invent_lives(
    count: int, seed: int, *, today: datetime.date = _TODAY, edition: int = 1
) -> Iterator[tuple[int, InventedLife, random.Random]]:
    """Number in the list, life, and the chance that decides how its row is written.

    Each person has a chance of their own, so that a longer list begins with the shorter one.
    """
    last = count + (count // 50 if edition > 1 else 0)
    for number in range(1, last + 1):
        rng = random.Random(f"{seed}/{number}")  # noqa: S311 -- nothing here is to be guessed
        life = invent_life(rng, today=today)
        if edition > 1 and number <= count:
            fate = random.Random(f"{seed}/{number}/{edition}").random()  # noqa: S311
            if fate < 0.01:
                continue
            if fate < 0.05 and life.state == "serving":
                life = replace(life, state="released", released=today, place=None)
        yield number, life, rng


def _page_row(number: int, life: InventedLife, rng: random.Random, layout: Layout) -> tuple[str, ...]:
    machine = layout == "machine"
    language = "be" if machine else layout[-2:]
    cells = {
        Target.LIST_ID: "" if rng.random() < 0.001 else str(10_000 + number),
        Target.URL: f"https://list.example/{language}/person/{10_000 + number}",
        Target.NAME: _name(life, language, rng),
        Target.STATUS: wording.status_code(life) if machine else wording.status_text(life, language),
        Target.BIRTH_DATE: _birth(life, language, rng, machine=machine),
        Target.SEX: life.person.sex if machine else wording.sex_text(life, language),
        Target.DETAINED_ON: _date(life.detained, language, rng, machine=machine),
        # The machine export words the articles in English, whatever the rest is in.
        Target.ARTICLES: wording.articles_text(life, "en" if machine else language, rng),
        Target.VERDICT_DATE: _date(life.verdict, language, rng, machine=machine),
        Target.SENTENCE: wording.sentence_text(life, language, rng),
        Target.FACILITY: wording.place_text(life, language, rng),
        Target.RELEASE_DATE: _date(life.released, language, rng, machine=machine),
        Target.DIED: _date(life.died, language, rng, machine=machine),
        Target.STATE_LIST: ("1" if machine else "+") if rng.random() < 0.25 else "",
    }
    for target, group, share in (
        (Target.DECISION, "decision", 0.4),
        (Target.JUDGE, "judge", 0.7),
        (Target.PROSECUTOR, "prosecutor", 0.6),
    ):
        known = life.verdict is not None and rng.random() < share
        cells[target] = wording.word(group, language, rng) if known else ""
    cells[Target.DECLARATION] = wording.word("declaration", language, rng) if life.recognised else ""
    cells[Target.CLUSTERS] = wording.word("cluster", language, rng) if rng.random() < 0.5 else ""
    profile = next(one for one in built_in_profiles() if one.name == layout.replace("-", "_"))
    return tuple(cells[target] if target else "" for target in profile.columns.values())


def _small_row(number: int, life: InventedLife, rng: random.Random, today: datetime.date) -> tuple[str, ...]:
    name = life.person.ru
    phone = f"+375 00 {rng.randint(100, 999)}-{rng.randint(10, 99)}-{rng.randint(10, 99)}"
    kin = f"{wording.word('relative', 'ru', rng)} {phone}"
    upcoming = life.until if life.until and life.until > today else None
    return (
        str(number),
        name.surname.upper() if rng.random() < 0.3 else name.surname,
        name.given,
        name.patronymic if rng.random() < 0.8 else "",
        _birth(life, "ru", rng, machine=False),
        _date(life.detained, "ru", rng, machine=False),
        ", ".join(f"{article.number} ч.{part}" if part else article.number for article, part in life.articles),
        wording.sentence_text(life, "ru", rng),
        wording.place_text(life, "ru", rng),
        _date(upcoming, "ru", rng, machine=False),
        kin if rng.random() < 0.6 else "",
        wording.word("health", "ru", rng) if rng.random() < 0.2 else "",
        wording.word("note", "ru", rng) if rng.random() < 0.3 else "",
    )


def _name(life: InventedLife, language: str, rng: random.Random) -> str:
    name = life.person.name(language)
    written = name.full if rng.random() < 0.6 else f"{name.given} {name.surname}"
    chance = rng.random()
    if chance < 0.01:
        return f"{name.surname.upper()} {name.given}"
    if chance < 0.015 and language != "en":
        return written.translate(_LETTERS)
    if chance < 0.03:
        return f"{written} ({life.person.ru.full if language != 'ru' else life.person.be.full})"
    return written


def _birth(life: InventedLife, language: str, rng: random.Random, *, machine: bool) -> str:
    birth, chance = life.person.birth, rng.random()
    if chance < 0.1:
        return ""
    if chance < 0.22:
        return str(birth.year)
    if chance < 0.25:
        return format_date(PartialDate(birth.year, birth.month), language)
    if chance < 0.26:
        return format_date(PartialDate(birth.year, about=True), language)
    if chance < 0.265:
        return f"31.02.{birth.year}"
    return _date(birth.as_date(), language, rng, machine=machine)


def _date(date: datetime.date | None, language: str, rng: random.Random, *, machine: bool) -> str:
    """Mostly one way of writing, as in one list by several hands."""
    if date is None:
        return ""
    chance = rng.random()
    if chance < 0.02:
        return ""
    if chance < 0.04:
        return format_date(PartialDate(date.year, date.month), language)
    if machine:
        return date.isoformat() if chance < 0.97 else f"{date:%d.%m.%Y}"
    if chance < 0.75:
        return f"{date:%d.%m.%Y}"
    if chance < 0.95:
        return format_date(PartialDate.from_date(date), language)
    return f"{date.day}.{date.month}.{date:%y}"
