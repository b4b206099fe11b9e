"""Contradictions in words, in Belarusian, Russian and English."""

from collections.abc import Callable

from throughgate.core.custody.given import Contradiction
from throughgate.core.dates import PartialDate, format_date
from throughgate.core.dates.showing import known_language

SENTENCES: dict[str, dict[str, str]] = {
    "dates_differ": {
        "en": "{kind}: one source says {first}, another {second}.",
        "be": "{kind}: адна крыніца называе {first}, другая – {second}.",
        "ru": "{kind}: один источник называет {first}, другой – {second}.",
    },
    "released_while_free": {
        "en": "{kind}: nothing says that the person was held before.",
        "be": "{kind}: няма звестак, што да гэтага чалавека трымалі.",
        "ru": "{kind}: нет сведений, что до этого человека держали.",
    },
    "detained_while_held": {
        "en": "{kind}: the person was already held, and no release is recorded.",
        "be": "{kind}: чалавек ужо быў у зняволенні, а пра вызваленне запісу няма.",
        "ru": "{kind}: человек уже был в заключении, а об освобождении записи нет.",
    },
    "held_without_detention": {
        "en": "{kind}: no detention is recorded before it.",
        "be": "{kind}: да гэтага няма запісу пра затрыманне.",
        "ru": "{kind}: до этого нет записи о задержании.",
    },
    "two_facilities": {
        "en": "Two places on one day: {on}.",
        "be": "Два месцы ў адзін дзень: {on}.",
        "ru": "Два места в один день: {on}.",
    },
    "after_death": {
        "en": "{kind}, {on}: the person is recorded as dead before that.",
        "be": "{kind}, {on}: паводле запісу, чалавек памёр раней.",
        "ru": "{kind}, {on}: по записи, человек умер раньше.",
    },
    "in_future": {
        "en": "{kind}: the date {on} is still to come.",
        "be": "{kind}: дата {on} яшчэ не настала.",
        "ru": "{kind}: дата {on} ещё не наступила.",
    },
    "unknown_kind": {
        "en": "The kind of event “{kind}” is not in the vocabulary.",
        "be": "Віду падзеі «{kind}» няма ў слоўніку.",
        "ru": "Вида события «{kind}» нет в словаре.",
    },
}


def explain(found: Contradiction, language: str, *, name_kind: Callable[[str], str] = str) -> str:
    """The contradiction as a sentence; `name_kind` gives the label of an event kind.

    Raises KeyError for a code without a sentence.
    """
    language = known_language(language)
    shown = {
        name: format_date(value, language) if isinstance(value, PartialDate) else name_kind(value)
        for name, value in found.params
    }
    # A Belarusian or Russian date ends in "г." already.
    return SENTENCES[found.code][language].format_map(shown).replace("г..", "г.")
