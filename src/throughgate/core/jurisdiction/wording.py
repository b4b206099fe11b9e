"""The sentences that explain a calculation, in Belarusian, Russian and English."""

import datetime

from throughgate.core.dates import Term, format_date, format_term
from throughgate.core.dates.showing import known_language
from throughgate.core.dates.terms import counted
from throughgate.core.jurisdiction.given import Line, Question, Value
from throughgate.core.jurisdiction.rules import rules
from throughgate.core.jurisdiction.sentences import QUESTIONS, STEPS, VALUES

# Parameters that are numbers of days and take their plural with them.
_DAYS = {"held", "credit", "unserved", "days", "left"}


def explain(line: Line | Question, language: str) -> str:
    """The step or the question as a sentence; the rule it cites is named apart (`name_rule`).

    Raises KeyError for a code without a sentence.
    """
    language = known_language(language)
    sentences = QUESTIONS if isinstance(line, Question) else STEPS
    shown = {name: _shown(name, value, language) for name, value in line.params}
    if line.rule is not None:
        shown["rule"] = rules()[line.rule].label(language)
    # A Belarusian or Russian date ends in "г." already.
    return sentences[line.code][language].format_map(shown).replace("г..", "г.")


def name_rule(rule_id: str, language: str) -> str:
    """`CRD-02: Remand day for one and a half from 19 June 2021`."""
    return f"{rule_id}: {rules()[rule_id].label(language)}"


def _shown(name: str, value: Value, language: str) -> str:
    if isinstance(value, datetime.date):
        return format_date(value, language)
    if isinstance(value, Term):
        return format_term(value, language)
    if name in _DAYS:
        return counted(int(value), "days", language)
    if name == "arrest":
        return counted(int(value), "arrest", language)
    return VALUES.get(f"{name}:{value}", {}).get(language, str(value))
