"""Why two people or a search and a name are taken for one: sentences in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.core.dates import PartialDate
from throughgate.core.lookalikes import Known, births, closest
from throughgate.core.names import Reason
from throughgate.kit import show

# What `core.names.compare` observes, by the codes of its own sentences.
NAMES = {
    "same": _("%(a)s is written the same in both"),
    "russian": _("%(a)s is %(b)s in Russian"),
    "from_russian": _("%(b)s is a Latin spelling of %(name)s, the Russian form of %(a)s"),
    "from_belarusian": _("%(b)s is a Latin spelling of %(name)s, the Belarusian form of %(a)s"),
    "be_classical": _("%(b)s is the classical spelling of %(a)s"),
    "passport_2008": _("%(b)s is the passport spelling of %(a)s"),
    "resolution_2023": _("%(b)s is the spelling of %(a)s by the resolution of 2023"),
    "bgn": _("%(b)s is the BGN/PCGN spelling of %(a)s"),
    "national_latin": _("%(b)s is the national Latin spelling of %(a)s"),
    "lacinka": _("%(b)s is the Łacinka spelling of %(a)s"),
    "lacinka_old": _("%(b)s is the old Łacinka spelling of %(a)s"),
    "lacinka_plain": _("%(b)s is the Łacinka spelling of %(a)s without diacritics"),
    "polish": _("%(b)s is the Polish spelling of %(a)s"),
    "icao": _("%(b)s is the ICAO spelling of %(a)s"),
    "english": _("%(b)s is the English spelling of %(a)s"),
    "german": _("%(b)s is the German spelling of %(a)s"),
    "french": _("%(b)s is the French spelling of %(a)s"),
    "gender": _("%(a)s and %(b)s are one surname of a woman and a man"),
    "spellings": _("%(a)s and %(b)s are spellings of one name"),
    "forms": _("%(a)s and %(b)s are forms of one given name"),
    "short": _("%(b)s is short for %(a)s"),
    "both_short": _("%(a)s and %(b)s are both short for %(name)s"),
    "initial": _("the initial %(b)s fits %(a)s"),
    "sounds": _("%(a)s and %(b)s sound alike"),
    "one_letter": _("one letter differs in %(a)s and %(b)s"),
    "one_sound": _("one sound differs in %(a)s and %(b)s"),
    "vowels": _("%(a)s and %(b)s differ only in vowels"),
    "part": _("%(b)s is part of the double name %(a)s"),
    "maiden": _("%(a)s is the maiden name given for %(b)s"),
    "other": _("%(a)s is another name given for %(b)s"),
    "swapped": _("surname and given name are swapped"),
    "father": _("%(a)s and %(b)s name the same father, %(name)s"),
    "surname_differs": _("the surnames differ: %(a)s, %(b)s"),
    "given_differs": _("the given names differ: %(a)s, %(b)s"),
    "patronymic_differs": _("the patronymics differ: %(a)s, %(b)s"),
}
BIRTHS = {
    "same_day": _("born on the same day: %(one)s"),
    "swapped": _("day and month of birth in each other’s place: %(one)s, %(other)s"),
    "one_part": _("dates of birth that differ in one part: %(one)s, %(other)s"),
    "may_be_same": _("dates of birth that may be the same: %(one)s, %(other)s"),
    "same_so_far": _("the same date of birth as far as it is known: %(one)s"),
    "differs": _("dates of birth that differ: %(one)s, %(other)s"),
}
AGAINST = ("differs", "one_part")


def words_of(reason: Reason) -> str:
    """One observation about names as a sentence."""
    return str(NAMES[reason.code]) % reason.params


def is_against(reason: Reason) -> bool:
    return reason.code.endswith("_differs")


def why_found(reasons: Iterable[Reason]) -> list[str]:
    """How what was typed meets a name that the search found: what a reader does not see at a glance."""
    return [words_of(one) for one in reasons if not is_against(one) and one.code != "same"]


class Reasons:
    """What speaks for two being one person, and what against it."""

    def __init__(self, one: Known, other: Known) -> None:
        self.speaks_for: list[str] = []
        self.against: list[str] = []
        self._names(closest(one.names, other.names).reasons)
        self._births(one.born, other.born)
        if {one.sex, other.sex} == {"f", "m"}:
            self.against.append(gettext("one is a woman, the other a man"))

    def _names(self, reasons: Iterable[Reason]) -> None:
        for reason in reasons:
            (self.against if is_against(reason) else self.speaks_for).append(words_of(reason))

    def _births(self, one: PartialDate | None, other: PartialDate | None) -> None:
        code = "same_so_far" if one == other and one is not None and one.day is None else births(one, other)
        if one is not None and other is not None and code in BIRTHS:
            days = {"one": show.date_words(one), "other": show.date_words(other)}
            (self.against if code in AGAINST else self.speaks_for).append(str(BIRTHS[code]) % days)

    def add_numbers(self, *, document: bool, contact: bool) -> None:
        if document:
            self.speaks_for.append(gettext("a document with the same number"))
        if contact:
            self.speaks_for.append(gettext("the same telephone or address"))
