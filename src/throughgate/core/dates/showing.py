"""Writing dates in Belarusian, Russian and English."""

import datetime
from typing import Literal

from throughgate.core.dates.partial import PartialDate

Style = Literal["long", "short"]

# Nominative for a month standing alone, genitive after a day or after "каля" / "около".
MONTHS_ALONE = {
    "be": "студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "en": "January February March April May June July August September October November December",
}
MONTHS_OF = {
    "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": MONTHS_ALONE["en"],
}
_SHORT_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_ABOUT = {"be": "каля", "ru": "около", "en": "about"}


def known_language(language: str) -> str:
    """`be`, `ru` or `en` for a language code such as `be-tarask` or `en-gb`; else English."""
    short = language.replace("_", "-").split("-")[0].lower()
    return short if short in _ABOUT else "en"


def format_date(when: PartialDate | datetime.date, language: str, *, style: Style = "long") -> str:
    """The date in words: `5 верасня 2026 г.`, `верасень 2026 г.`, `каля верасня 2026 г.`.

    Short: `05.09.2026` in Belarusian and Russian, `5 Sep 2026` in English.
    """
    partial = when if isinstance(when, PartialDate) else PartialDate.from_date(when)
    language = known_language(language)
    shown = _short(partial, language) if style == "short" else _long(partial, language)
    return f"{_ABOUT[language]} {shown}" if partial.about else shown


def _long(when: PartialDate, language: str) -> str:
    year = f"{when.year}" if language == "en" else f"{when.year} г."
    if when.month is None:
        return year
    alone = when.day is None and not when.about
    month = (MONTHS_ALONE if alone else MONTHS_OF)[language].split()[when.month - 1]
    return f"{month} {year}" if when.day is None else f"{when.day} {month} {year}"


def _short(when: PartialDate, language: str) -> str:
    if when.month is None:
        return str(when.year)
    if language == "en":
        month = f"{_SHORT_EN.split()[when.month - 1]} {when.year}"
        return month if when.day is None else f"{when.day} {month}"
    month = f"{when.month:02d}.{when.year}"
    return month if when.day is None else f"{when.day:02d}.{month}"
