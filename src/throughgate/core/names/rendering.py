"""How a Belarusian or Russian name is written by other conventions: generated, never what somebody's papers say.

Sources of the tables:

* PASSPORT_2008: what passports print since the instruction of the Ministry of Internal Affairs of 9 October 2008,
  No. 288, as applied by that of 28 June 2010, No. 200 (Г is H): Sviatlana, Aliaksandr, Maryia. The annex of the
  first, for the register of the population, writes w, j and ie like RESOLUTION_2023.
* RESOLUTION_2023: the State Committee on Property, 24 March 2023, No. 19 (geographical names: Г G, Ў W, Ж Zh).
* BGN: the BGN/PCGN systems of 1979 for Belarusian and of 1947 for Russian.
* NATIONAL_LATIN: the State Committee on Land, 23 November 2000, No. 15, as changed on 11 June 2007, No. 38.
* ICAO: Doc 9303, part 3, section 6.
* LACINKA: Taraškievič's grammar of 1929; LACINKA_OLD: the letters of Naša Niva, 1906 (w, sz, cz, ż);
  LACINKA_PLAIN: LACINKA without its marks, as telephones write it.
* POLISH, GERMAN, FRENCH and ENGLISH: what newspapers print.
* BE_CLASSICAL: the classical orthography as codified in 2005, of which the signs of softness touch names.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from throughgate.core.names.conventions import Convention

Language = Literal["be", "ru"]


class Rendering(NamedTuple):
    """A spelling made by rule. `convention` says by which."""

    convention: Convention
    text: str


class _Table:
    """Letters of one convention. Е Ё Ю Я are those that begin with a glide; `last` puts right what comes of them.

    A table made from another has its letters and endings, but for what it changes.
    """

    def __init__(self, letters: str, last: dict[str, str] | None = None, base: "_Table | None" = None) -> None:
        self.letters: dict[str, str] = {**(base.letters if base else {}), **_pairs(letters)}
        self.last: dict[str, str] = (base.last if base else {}) if last is None else last
        self._unit = re.compile("|".join(sorted(map(re.escape, self.letters), key=len, reverse=True)))
        self._endings = [(re.compile(pattern), by) for pattern, by in self.last.items()]

    def written(self, word: str) -> str:
        text = self._unit.sub(lambda found: self.letters[found.group()], word)
        for pattern, by in self._endings:
            text = pattern.sub(by, text)
        return text


def _pairs(letters: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in letters.split())


COMMON = _Table("а:a б:b в:v г:h ґ:g д:d з:z і:i и:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:u ф:f э:e ы:y ь: ъ: ’:")
WITH_H = _Table("ж:zh х:kh ц:ts ч:ch ш:sh щ:shch", base=COMMON)
WITH_J = _Table("е:ie ё:io ю:iu я:ia Е:je Ё:jo Ю:ju Я:ja й:j х:ch ц:c", base=COMMON)
AFTER_L = "л:ł ль:l лі:li ле:le лё:lo лю:lu ля:la ллі:lli лле:lle ллё:llo ллю:llu лля:lla"
# No glide before e after ж, ш, ч, щ.
AFTER_HARD = "же:że ше:sze че:cze ще:szcze"
DOUBLE_S = {"(?<=[aeiouyï])S(?=[aeiouyïj])": "ss", "S": "s"}

PASSPORT = _Table("е:e ё:io ю:iu я:ia Е:ye Ё:yo Ю:yu Я:ya ыЯ:yia ыЕ:yie й:i", base=WITH_H, last={"(?<=[yi])i$": ""})
ICAO = _Table("е:e ё:io ю:iu я:ia Е:e Ё:io Ю:iu Я:ia й:i", base=WITH_H)
BGN = _Table("е:ye ё:yo ю:yu я:ya Е:ye Ё:yo Ю:yu Я:ya й:y ў:w ь:’", base=WITH_H)
ENGLISH = _Table("е:e ё:yo ю:yu я:ya Е:ye Ё:yo Ю:yu Я:ya й:y", base=WITH_H, last={"[iy]y$|(?<=k)i$": "y"})
RESOLUTION = _Table("г:g ж:zh х:h ч:ch ш:sh щ:shch ў:w", base=WITH_J)
NATIONAL = _Table("дзь:dź зь:ź ль:ĺ нь:ń сь:ś ць:ć ж:ž ч:č ш:š щ:šč ў:ŭ", base=WITH_J)
LACINKA = _Table(AFTER_L, base=NATIONAL)
LACINKA_OLD = _Table("в:w ж:ż ч:cz ш:sz щ:szcz", base=LACINKA)
POLISH = _Table(AFTER_HARD + " ў:u", base=LACINKA_OLD, last={"(?<=[sc]k)i[ij]$": "i"})
GERMAN = _Table(
    "в:w е:e ё:jo ю:ju я:ja Е:je Ё:jo Ю:ju Я:ja ж:sch й:j з:s с:S х:ch ц:z ч:tsch ш:sch щ:schtsch",
    base=COMMON,
    last=DOUBLE_S | {"[iy]j$": "i"},
)
FRENCH = _Table(
    "у:ou с:S е:e ё:io ю:iou я:ia Е:ie Ё:io Ю:iou Я:ïa іЯ:ia ыЯ:ya иЯ:ia ж:j й:ï х:kh ц:ts ч:tch ш:ch щ:chtch шч:chtch",
    base=COMMON,
    last=DOUBLE_S | {"^ï": "i", "(?<=i)n$": "ne", "[iy]ï$": "i"},
)

BELARUSIAN = {
    Convention.PASSPORT_2008: PASSPORT,
    Convention.RESOLUTION_2023: RESOLUTION,
    Convention.BGN: BGN,
    Convention.NATIONAL_LATIN: NATIONAL,
    Convention.LACINKA: LACINKA,
    Convention.LACINKA_OLD: LACINKA_OLD,
    Convention.POLISH: POLISH,
    Convention.ICAO: ICAO,
    Convention.ENGLISH: ENGLISH,
    Convention.GERMAN: GERMAN,
    Convention.FRENCH: FRENCH,
}
RUSSIAN = {
    Convention.PASSPORT_2008: _Table("г:g", base=PASSPORT),
    Convention.RESOLUTION_2023: _Table("г:g е:e", base=RESOLUTION),
    Convention.BGN: _Table("г:g е:e ё:ë Ё:yë", base=BGN),
    Convention.POLISH: _Table("г:g це:ce", base=POLISH),
    Convention.ICAO: _Table("г:g ё:e Ё:e ъ:ie", base=ICAO),
    Convention.ENGLISH: _Table("г:g", base=ENGLISH),
    Convention.GERMAN: _Table("г:g", base=GERMAN),
    Convention.FRENCH: _Table("г:g ге:gue ги:gui", base=FRENCH),
}
TABLES: dict[Language, dict[Convention, _Table]] = {"be": BELARUSIAN, "ru": RUSSIAN}
OWN: dict[Language, Convention] = {"be": Convention.BE_OFFICIAL, "ru": Convention.RU}

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
GLIDE = re.compile("(?:^|(?<=[аеёіиоуўыэюяьъ’]))[еёюя]")
# с, з, ц and дз are soft before what is soft, which the classical orthography marks.
SOFT = re.compile("(?<=[сзц])(?=[бвлмнпфсзц]ь?[еёіюя]|дз[еёіюя])|(?<=[лн])(?=[лн][еёіюя])")
WITHOUT_MARKS = str.maketrans("čšžŭćśźłĺńż", "cszucszllnz")


def renderings(name: str, language: Language) -> tuple[Rendering, ...]:
    """The spellings of a Cyrillic name in every convention that can be derived from its language.

    The first is the name itself. Words that are not Cyrillic stay as they are.
    """
    made = [Rendering(convention, written(name, convention, language)) for convention in TABLES[language]]
    if language == "be":
        made.insert(0, Rendering(Convention.BE_CLASSICAL, written(name, Convention.BE_CLASSICAL, "be")))
        made.append(Rendering(Convention.LACINKA_PLAIN, written(name, Convention.LACINKA_PLAIN, "be")))
    return (Rendering(OWN[language], name), *made)


def written(name: str, convention: Convention, language: Language) -> str:
    """One Cyrillic name in one convention. Raises KeyError for a convention that its language does not have."""
    return WORD.sub(lambda found: _word(found.group(), convention, language), name)


@lru_cache(1 << 13)
def _word(word: str, convention: Convention, language: Language) -> str:
    lowered = re.sub("['ʼ]", "’", unicodedata.normalize("NFC", word.lower()))
    return _like(word, _lowered(lowered, convention, language))


def _lowered(word: str, convention: Convention, language: Language) -> str:
    if convention is OWN[language]:
        return word
    if convention is Convention.BE_CLASSICAL:
        return SOFT.sub("ь", word)
    if convention is Convention.LACINKA_PLAIN:
        return _lowered(word, Convention.LACINKA, language).translate(WITHOUT_MARKS)
    return TABLES[language][convention].written(GLIDE.sub(lambda found: found.group().upper(), word))


def _like(word: str, rendered: str) -> str:
    """In capitals or with a capital as the word it renders."""
    if word.isupper() and len(word) > 1:
        return rendered.upper()
    return rendered[:1].upper() + rendered[1:] if word[:1].isupper() else rendered


CACHES = (_word,)
