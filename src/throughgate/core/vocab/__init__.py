"""Code lists, plan templates and the glossary: data in English, Belarusian and Russian.

Codes are stable and safe to store; labels are for showing. `vocabulary("closing_reason")` is a
list, `plan_template("re_entry_6_months")` a template, `search_need_kinds("passp", "en")` finds
kinds of need by typing.
"""

from throughgate.core.vocab.needs import common_need_kinds, need_kinds, search_need_kinds
from throughgate.core.vocab.plans import (
    PlanTemplate,
    TemplateStep,
    plan_template,
    plan_templates,
)
from throughgate.core.vocab.tables import VERSION, all_vocabularies
from throughgate.core.vocab.terms import LANGUAGES, Term, Vocabulary

__all__ = [
    "LANGUAGES",
    "VERSION",
    "PlanTemplate",
    "TemplateStep",
    "Term",
    "Vocabulary",
    "common_need_kinds",
    "need_kinds",
    "plan_template",
    "plan_templates",
    "search_need_kinds",
    "vocabulary",
    "vocabulary_names",
]


def vocabulary(name: str) -> Vocabulary:
    """The code list of a name. Raises KeyError for an unknown name."""
    return all_vocabularies()[name]


def vocabulary_names() -> tuple[str, ...]:
    return tuple(sorted(all_vocabularies()))
