"""Plan templates: ready lists of steps counted from an anchor such as the day of release."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from throughgate.core.vocab.tables import Row, all_vocabularies, rows
from throughgate.core.vocab.terms import Term


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """A step of a template.

    `offset_days` counts from the `anchor` (a code of the list "plan_anchor"), negative before it.
    `owner_role` is a code of "member_role"; `need_kind` one of "need_kind", or empty.
    `evidence` says in English why the step stands at its time.
    """

    code: str
    en: str
    be: str
    ru: str
    anchor: str
    offset_days: int
    owner_role: str
    need_kind: str
    evidence: str

    def label(self, language: str) -> str:
        return Term("plan_step", self.code, self.en, self.be, self.ru).label(language)


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """A template and its steps in the order of the data file (roughly by day)."""

    code: str
    en: str
    be: str
    ru: str
    steps: tuple[TemplateStep, ...]

    def label(self, language: str) -> str:
        return Term("plan_template", self.code, self.en, self.be, self.ru).label(language)


def plan_templates() -> tuple[PlanTemplate, ...]:
    """All templates, in the order of the list "plan_template"."""
    return tuple(_templates().values())


def plan_template(code: str) -> PlanTemplate:
    """The template of a code. Raises KeyError for an unknown code."""
    return _templates()[code]


@cache
def _templates() -> Mapping[str, PlanTemplate]:
    steps: dict[str, list[TemplateStep]] = {}
    for row in rows("plan_templates.csv"):
        steps.setdefault(row["template"], []).append(_step(row))
    return MappingProxyType(
        {
            term.code: PlanTemplate(term.code, term.en, term.be, term.ru, tuple(steps.get(term.code, ())))
            for term in all_vocabularies()["plan_template"]
        }
    )


def _step(row: Row) -> TemplateStep:
    return TemplateStep(
        code=row["step_code"],
        en=row["en"],
        be=row["be"],
        ru=row["ru"],
        anchor=row["anchor"],
        offset_days=int(row["offset_days"]),
        owner_role=row["owner_role"],
        need_kind=row["need_kind"],
        evidence=row["evidence"],
    )
