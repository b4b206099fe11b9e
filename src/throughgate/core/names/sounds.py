"""How a spelling may sound, independent of script and of the system of transliteration.

A *reading* is a short string of sounds. Vowels keep only their class, because Belarusian writes
the unstressed ones as heard and Russian does not:

    A  а о э е я ё        I  и і ы        U  у ю

Consonants are themselves, х is H, ш ж ч ц are S Z C T, and digits stand where a spelling leaves a
choice open: 5 (с or ш), 3 (з or ж), 7 (т or ц), 4 (т, ц or ч), 6 (г or х). Softness, doubling, й
and the last vowel are dropped, so that Жураўскі, Журавская and Zhurauskaya read alike.

A *skeleton* is a reading with the choices merged: the key under which spellings are looked up.
The rules are our own, from the orthographies of Belarusian (2008) and Russian, the Belarusian
Latin alphabet, the spelling of passports, and the habits of English, German and Polish.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

SPELLINGS_KEPT = 1 << 15

MERGED = str.maketrans("S5Z3TC74H6", "sszzttttgg")
CHOICES = {"5": frozenset("sS"), "3": frozenset("zZ"), "7": frozenset("tT")}
CHOICES |= {"4": frozenset("tTC"), "6": frozenset("gH")}


def _table(text: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in text.split(" "))


class _Alphabet:
    """The sounds of one script: letters by a quick translation, groups of letters before them."""

    def __init__(self, units: dict[str, str]) -> None:
        self._letters = str.maketrans({unit: sound for unit, sound in units.items() if len(unit) == 1})
        self._groups = {unit: sound for unit, sound in units.items() if len(unit) > 1}
        self._group = re.compile("|".join(sorted(self._groups, key=len, reverse=True)))

    def __contains__(self, letter: str) -> bool:
        return ord(letter) in self._letters

    def spoken(self, word: str) -> str:
        return self._group.sub(self._sound, word).translate(self._letters)

    def _sound(self, found: re.Match[str]) -> str:
        return self._groups[found.group()]


CYRILLIC = _Alphabet(
    _table(
        "а:A о:A э:A е:A ё:A є:A я:A ю:JU у:U и:I і:I ы:I ї:I й:J ь: ъ: "
        "б:b в:v ў:v г:g ґ:g д:d ж:Z з:z к:k л:l м:m н:n п:p р:r с:s т:t ф:f х:H ц:T ч:C ш:S щ:SC "
        "дз:d дж:dZ тс:T"
    )
)
LATIN_UNITS = _table(
    "a:A o:A e:A u:U i:I y:I j:J b:b c:k d:d f:f g:g h:6 k:k l:l m:m n:n p:p q:k r:r s:s t:t v:v w:v x:ks z:z "
    "č:C š:S ž:Z ż:Z ŭ:v ć:7 ś:s ź:z ł:l ß:s đ:d ą:An ę:An "
    "shch:SC szcz:SC tsch:C sch:S tch:C cz:C dzh:dZ dž:dZ zh:Z sh:S sz:S kh:H ck:k ph:f th:t gh:g tz:T ts:T "
    "dz:d dź:d"
)
LATIN = _Alphabet(LATIN_UNITS)
# Without diacritics and digraphs s and z may be š and ž that lost their marks.
PLAIN_LATIN = _Alphabet(LATIN_UNITS | {"s": "5", "z": "3"})

# ц before a soft vowel is either the Belarusian soft т or a true ц.
SOFT_TS = re.compile("ц(?=[вм]?[еёіиюяьє])")
LATIN_SOFT_TS = re.compile("ts(?=[vmw]?[ieyj])")
LACINKA_SOFT_C = re.compile("c(?=[vm]?[iej])")
C_ALONE = re.compile("(?<!s)c(?![hzk])")
CH_ALONE = re.compile("(?<![sth])ch")
RZ = re.compile("rz(?![aou]v)")

LACINKA_MARKS = re.compile("[čšžŭćśźńł]")
POLISH = re.compile("w|ł|sz|cz")
DIGRAPHS = re.compile("zh|sh|kh|ts|cz|sz|sch|y[aeou]")
CH_IS_A_SIBILANT = re.compile("[vw]ich$|chik$|chuk$|chenk[oa]$")
INITIAL_J = re.compile("j[aeou][^j]*$")

INITIAL_U = re.compile("^v?U(?=[^AIUJ])")
U_AFTER_A = re.compile("Av?U(?=[^AIUJ]|$)")
VOWELS = re.compile("[AIUJ]{2,}|J")
DOUBLED = re.compile(r"(.)\1+")
LAST_VOWEL = re.compile("(?<=..)[AIU]$")


@lru_cache(SPELLINGS_KEPT)
def readings(token: str) -> tuple[str, ...]:
    """The ways to read one lower-case word, the likeliest first; empty for a word without sounds."""
    return tuple(dict.fromkeys(LAST_VOWEL.sub("", opening) for opening in openings(token)))


def openings(token: str) -> tuple[str, ...]:
    """The ways to read a word that may go on: the last vowel still counts."""
    drafts = _drafts(token) if token else []
    return tuple(filter(None, dict.fromkeys(map(_settle, drafts))))


def skeletons(token: str) -> tuple[str, ...]:
    """The skeletons of all readings: several where a letter has two values (ch, initial J)."""
    found = readings(token)
    if len(found) == 1:
        return (merged(found[0]),)
    return tuple(dict.fromkeys(map(merged, found))) or (token,)


def merged(reading: str) -> str:
    return reading.translate(MERGED)


def agree(one: str, other: str) -> bool:
    """Whether two readings can be the same sounds as far as the shorter goes.

    с agrees with ш only where a spelling leaves it open.
    """
    return all(a == b or _choices(a) & _choices(b) for a, b in zip(one, other, strict=False))


def _choices(sound: str) -> frozenset[str]:
    return CHOICES.get(sound) or frozenset(sound)


def _drafts(token: str) -> list[str]:
    if token[0] in CYRILLIC:
        return [CYRILLIC.spoken(SOFT_TS.sub("7", token) if "ц" in token else token)]
    return _latin(token)


def _latin(token: str) -> list[str]:
    """Drafts of a Latin word, one for each value of ch and of an initial J."""
    word = token if token.isascii() else "".join(map(_known_letter, token))
    lacinka = LACINKA_MARKS.search(word) is not None
    english = not lacinka and DIGRAPHS.search(word) is not None
    if lacinka:
        word = C_ALONE.sub("T", LACINKA_SOFT_C.sub("7", word))
    else:
        word = C_ALONE.sub("4", LATIN_SOFT_TS.sub("7", word))
    if POLISH.search(word):
        word = RZ.sub("Z", word)
    if word.endswith("ff"):
        word = word.removesuffix("ff") + "v"
    ch_values = _values_of_ch(word, lacinka=lacinka, english=english)
    initials = ("", "Z") if not lacinka and INITIAL_J.match(word) else ("",)
    sounds = LATIN if lacinka or english else PLAIN_LATIN
    return [
        sounds.spoken(initial + CH_ALONE.sub(ch, word[len(initial) :]))
        for initial, ch in product(initials, ch_values if CH_ALONE.search(word) else "C")
    ]


def _values_of_ch(word: str, *, lacinka: bool, english: bool) -> str:
    if lacinka or "cz" in word:
        return "H"
    return "C" if english or CH_IS_A_SIBILANT.search(word) else "CH"


def _known_letter(letter: str) -> str:
    return letter if letter in LATIN else unicodedata.normalize("NFD", letter)[0]


def _settle(draft: str) -> str:
    """The rules about vowels, the same for both scripts."""
    if "U" in draft:
        draft = U_AFTER_A.sub("Av", INITIAL_U.sub("v", draft))
    return DOUBLED.sub(r"\1", VOWELS.sub(_vowel, draft))


def _vowel(run: re.Match[str]) -> str:
    """A run of vowels and glides counts as one vowel, the fullest of them."""
    return next((vowel for vowel in "AUI" if vowel in run.group()), "")
