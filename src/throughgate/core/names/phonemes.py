"""What a written word says, whatever its script: a short string of phonemes.

Consonants: b v g d k l m n p r s t f z are themselves, H is х, c ц, C ч, S ш, Z ж. Vowels: O and A as
written, E for э and for whatever softens (е ё я), I for и and ы, U for у; J is a glide. The soft д and т of
Belarusian (дз, ц) are d and t, as in Russian.

A Latin word is read as its list is written, or else (and in a list as heard) by what the word gives away.
The orthographies are named in `rendering`, which writes what is read here.
"""

import re
import unicodedata
from enum import Enum
from functools import lru_cache
from operator import eq

from throughgate.core.names.conventions import Convention

SPELLINGS_KEPT = 1 << 16


def _table(text: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in text.split())


class _Units:
    """Groups of letters, a longer one before its parts; then single letters, which no sound of a group looks like."""

    def __init__(self, sounds: dict[str, str]) -> None:
        self._sounds = sounds
        groups = [unit for unit in sounds if len(unit) > 1]
        self._group = re.compile("|".join(sorted(groups, key=len, reverse=True)))
        self._letters = str.maketrans({unit: sound for unit, sound in sounds.items() if len(unit) == 1})

    def with_(self, text: str) -> "_Units":
        return _Units(self._sounds | _table(text))

    def spoken(self, word: str) -> str:
        return self._group.sub(self._sound, word).translate(self._letters)

    def _sound(self, found: re.Match[str]) -> str:
        return self._sounds[found.group()]


CYRILLIC = _Units(
    _table(
        "а:A о:O э:E е:E ё:E є:E я:E ю:JU у:U и:I і:I ы:I ї:I й:J ь: ъ: "
        "йо:E йе:E йа:E йэ:E йу:JU ьо:E "
        "б:b в:v ў:v г:g ґ:g д:d ж:Z з:z к:k л:l м:m н:n п:p р:r с:s т:t ф:f х:H ц:c ч:C ш:S щ:SC "
        "дз:d дж:dZ тс:c"
    )
)
ENGLISH = _Units(
    _table(
        "a:A o:O e:E u:U i:I y:I j:J b:b c:c d:d f:f g:g h:g k:k l:l m:m n:n p:p q:k r:r s:s t:t v:v w:v x:ks z:z "
        "č:C š:S ž:Z ż:Z ŭ:v ć:t ś:s ź:z ł:l ĺ:l ń:n ß:s đ:d ą:On ę:En ó:U "
        "ia:E ie:E io:E ya:E ye:E yo:E ja:E je:E jo:E yi:I ji:I iu:JU yu:JU ju:JU "
        "iya:E iye:E iyo:E ija:E ije:E ijo:E iia:E iie:E yia:E yie:E yja:E yje:E yya:E yye:E "
        "shch:SC šč:SC szcz:SC schtsch:SC tsch:C tch:C sch:S cz:C zh:Z sh:S sz:S ch:C kh:H "
        "ck:k cki:ckI cka:ckA ckaja:ckAE cl:kl cr:kr ct:kt ph:f th:t gh:g tz:c ts:c tsh:C dz:d dź:d"
    )
)
LACINKA = ENGLISH.with_("ch:H ck:ck cl:cl cr:cr ct:ct tsh:cg")
# Where ł is written, l before a vowel is soft.
HARD_AND_SOFT_L = LACINKA.with_("la:lE lo:lE")
POLISH = HARD_AND_SOFT_L.with_("rz:Z brz:br drz:dr grz:gr krz:kr prz:pr trz:tr")
GERMAN = LACINKA.with_("z:c ss:s sz:sc dsch:dZ sch:S dse:dE dsi:dI dsm:dm dsj:dJ dsja:dE dsje:dE dsjo:dE")
FRENCH = ENGLISH.with_("ou:U iou:JU ch:S chtch:SC ss:s gu:g")
RESOLUTION = ENGLISH.with_("h:H")
# Passports write це and цэ alike: a soft т but for endings.
PASSPORT = ENGLISH.with_("tse:tE tseu:cEU tsev:cEv")


class _Habit(Enum):
    """Ways of reading: several conventions share one."""

    ENGLISH = ENGLISH
    LACINKA = LACINKA
    HARD_AND_SOFT_L = HARD_AND_SOFT_L
    POLISH = POLISH
    GERMAN = GERMAN
    FRENCH = FRENCH
    RESOLUTION = RESOLUTION
    PASSPORT = PASSPORT


HABITS = {
    Convention.PASSPORT_2008: _Habit.PASSPORT,
    Convention.RESOLUTION_2023: _Habit.RESOLUTION,
    Convention.BGN: _Habit.ENGLISH,
    Convention.ICAO: _Habit.ENGLISH,
    Convention.NATIONAL_LATIN: _Habit.LACINKA,
    Convention.LACINKA: _Habit.HARD_AND_SOFT_L,
    Convention.LACINKA_OLD: _Habit.HARD_AND_SOFT_L,
    Convention.LACINKA_PLAIN: _Habit.LACINKA,
    Convention.POLISH: _Habit.POLISH,
    Convention.GERMAN: _Habit.GERMAN,
    Convention.FRENCH: _Habit.FRENCH,
}

USE_C = frozenset({_Habit.LACINKA, _Habit.HARD_AND_SOFT_L, _Habit.POLISH, _Habit.RESOLUTION})

IS_CYRILLIC = re.compile("[Ѐ-ӿ]")
RUSSIAN_LETTERS = re.compile("[ищъ]|[оеё]ва?$|нко$")
BELARUSIAN_LETTERS = re.compile("[іў]")
# ц that Russian writes т. Before в it is so inside a word (Мацвееў), but not at its start (Цвяткоў).
SOFT_TS = re.compile("^ц(?=[еёіиюяє])|(?<=.)ц(?=[еёіиюяьє])|(?<=.)ц(?=[вм][еёіяю])")

LACINKA_MARKS = re.compile("[čšžŭĺ]")
POLISH_MARKS = re.compile("[śźńćłóżąę]|sz|cz|rz")
GERMAN_MARKS = re.compile("sch")
FRENCH_MARKS = re.compile("tch|ï|^i?ou(?=[^aeiouyj])|ou[^aeiouyjs].*(?:[eo]va?$|ff$|ine$|ch)")
ENGLISH_DIGRAPHS = re.compile("zh|sh|kh|ts|[vw]ich$|ichna$|chik$|chuk$|chenk[oa]$|y[aeou]")
ENGLISH_MARKS = re.compile("ch(?![lmnrv])|ia|ie|au$|ou$")
MARKS = (
    (re.compile("[čšžŭĺ].*ł|ł.*[čšžŭĺ]"), _Habit.HARD_AND_SOFT_L),
    (LACINKA_MARKS, _Habit.LACINKA),
    (GERMAN_MARKS, _Habit.GERMAN),
    (FRENCH_MARKS, _Habit.FRENCH),
    (POLISH_MARKS, _Habit.POLISH),
    (ENGLISH_DIGRAPHS, _Habit.ENGLISH),
    (re.compile("w|c(?![hklrz])"), _Habit.LACINKA),
    (ENGLISH_MARKS, _Habit.ENGLISH),
)
# Those that a word without marks over its letters can have.
MARKS_OF_LETTERS = MARKS[2:]
# A word with z for ц and no other mark of German: Kusnezow, Sawizki.
GERMAN_TS = re.compile("(?<![scr])z(?=k[iy]|[oe]wa?$)")

LATIN_SOFT_TS = re.compile("ts(?=i|y[aeou])|(?<=s)ts(?=e)|(?<=.)ts(?=[vm][ieyj])")
LACINKA_SOFT_C = re.compile("c(?=i|j)|(?<=.)c(?=[vwm][ij])")
U_IS_A_CONSONANT = re.compile("(?<=[ae])u(?=[iyj][aeou])|(?<=o)u(?=[yj][aeou])|(?<=[iy])u(?=sk)")
# As heard in English: another letter is the glide.
J_IS_A_SIBILANT = re.compile("^j(?=[aeou].*y[aeou]|[bdglmnr])|^j.*y$")
# A Russian ц before и is no soft т.
RUSSIAN_END = re.compile("(?:ko|[oe]va?|sk(?:y|iy|ii|aya))$")
GERMAN_SOFT_Z = re.compile("z(?=[ij])|(?<=.)z(?=w[ei])")
FRENCH_OV = re.compile("ou(?=$|sk)")
BETWEEN_VOWELS = re.compile("(?<=[aeiouy])s(?=[aeiouy])")
MUTE_E = re.compile("(?<=in)e$")


def phonemes(word: str, convention: Convention | None = None) -> str:
    """The phonemes of one lower-case word without apostrophes."""
    if not word.isascii() and IS_CYRILLIC.search(word):
        return CYRILLIC.spoken(SOFT_TS.sub("т", word) if _softens_ts(word, convention) else word)
    habit = HABITS.get(convention) if convention else None
    return _latin(_plain(word), habit) if habit else _latin(GERMAN_TS.sub("c", _plain(word)), _habit(word))


def _softens_ts(word: str, convention: Convention | None) -> bool:
    """Whether ц may be a Belarusian soft т: not in a Russian word."""
    if "ц" not in word or convention is Convention.RU:
        return False
    return BELARUSIAN_LETTERS.search(word) is not None or RUSSIAN_LETTERS.search(word) is None


def _latin(word: str, habit: _Habit) -> str:
    if habit in USE_C:
        word = LACINKA_SOFT_C.sub("t", word) if "c" in word else word
    elif habit is _Habit.GERMAN:
        word = GERMAN_SOFT_Z.sub("t", BETWEEN_VOWELS.sub("ź", word))
    elif habit is _Habit.FRENCH:
        word = MUTE_E.sub("", FRENCH_OV.sub("ov", word.replace("j", "ž")))
    elif word.startswith("j") and J_IS_A_SIBILANT.search(word):
        word = "ž" + word[1:]
    if "ts" in word and not RUSSIAN_END.search(word):
        word = LATIN_SOFT_TS.sub("t", word)
    if "u" in word:
        word = U_IS_A_CONSONANT.sub("v", word)
    return habit.value.spoken(word)


def _habit(word: str) -> _Habit:
    """What a word gives away of how it is to be read."""
    every = MARKS_OF_LETTERS if word.isascii() else MARKS
    return next((habit for marks, habit in every if marks.search(word)), _Habit.LACINKA)


def _plain(word: str) -> str:
    """Without the marks that no convention of ours uses."""
    if word.isascii():
        return word
    return "".join(letter if letter in KEPT else unicodedata.normalize("NFD", letter)[0] for letter in word)


KEPT = frozenset("abcdefghijklmnopqrstuvwxyzčšžżŭćśźłĺńßđąęó")


GLIDE_LOST = re.compile("J(?=[EI])|(?<=[^AOEIUJ])J(?=U)")
GLIDE_SOFTENS = re.compile("J[AO]|I+[AOE]|E{2,}")
HARDENED = re.compile("(?<=[ZSCcr])E")
INITIAL_U = re.compile("^v?U(?=[^AIUEJ])")
U_AFTER_VOWEL = re.compile("(?<=[AE])v?U(?=[^AIUEJ]|$)")
# Names that Russian and Belarusian begin otherwise: Николаев, Мікалаеў; Воробьёв, Вераб’ёў; Леонов, Лявонаў.
OTHERWISE = re.compile("^nIk(?=AlA|It)|^vA(?=rAb)|^lE(?=An)")
SILENT = re.compile("(?<=[sz])[td](?=[nl])")
SHCH = re.compile("[szS](?=C)")
ONE_AFFRICATE = re.compile("[tc](?=C)")
LONE_GLIDE = re.compile("J(?!U)")
DOUBLED = re.compile(r"(.)\1+")
BEGIN_OTHERWISE = ("nIk", "vA", "lE")

AS_HEARD = str.maketrans("EScCZHz", "Asttsgs", "J")
VOWELS = re.compile("[AIU]{2,}")
NO_VOWEL = str.maketrans("", "", "AIU")
ANY_VOWEL = str.maketrans("IU", "AA")


@lru_cache(SPELLINGS_KEPT)
def said(word: str, convention: Convention | None = None) -> str:
    """The settled phonemes of a word as it is written."""
    return settled(phonemes(word, convention))


def settled(spoken: str) -> str:
    """Phonemes as the conventions agree on them. What can be asked cheaply is asked before a pattern is tried."""
    if "J" in spoken:
        spoken = GLIDE_LOST.sub("", spoken)
    spoken = _single(GLIDE_SOFTENS.sub("E", spoken).replace("O", "A"))
    if "E" in spoken:
        spoken = HARDENED.sub("A", spoken)
    if "U" in spoken:
        spoken = U_AFTER_VOWEL.sub("v", INITIAL_U.sub("v", spoken))
    if "t" in spoken or "d" in spoken:
        spoken = SILENT.sub("", spoken)
    if "C" in spoken:
        spoken = SHCH.sub("S", ONE_AFFRICATE.sub("", spoken))
    if spoken.startswith(BEGIN_OTHERWISE):
        spoken = OTHERWISE.sub(_in_belarusian, spoken)
    return _single(LONE_GLIDE.sub("I", spoken) if "J" in spoken else spoken)


def heard(strict: str) -> str:
    return _single(VOWELS.sub(_fullest, strict.translate(AS_HEARD)))


def consonants(phonetic: str) -> str:
    """Without vowels but for one at the beginning, whichever it is."""
    return phonetic[:1].translate(ANY_VOWEL) + phonetic[1:].translate(NO_VOWEL)


def _single(spoken: str) -> str:
    """With each run of one sound as one."""
    return DOUBLED.sub(r"\1", spoken) if any(map(eq, spoken, spoken[1:])) else spoken


def _fullest(run: re.Match[str]) -> str:
    return next(vowel for vowel in "AUI" if vowel in run.group())


def _in_belarusian(found: re.Match[str]) -> str:
    return {"nIk": "mIk", "vA": "vE", "lE": "lEv"}[found.group()]
