"""How somebody lives at a fixed point after release: the questions, their answers, and how we know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.casework.models import Outcome
from throughgate.codelists import codes
from throughgate.core.vocab import vocabulary
from throughgate.kit.forms import CodeField, DayField, Form

# Days after release (domain document, "Outcome").
POINTS = (0, 42, 90, 180, 365, 730, 1095)
# Code lists; each is a question with its answers. In the order in which they are asked.
QUESTIONS = (
    "outcome_housing",
    "outcome_documents",
    "outcome_income",
    "outcome_work_training",
    "outcome_health_care",
    "outcome_substance_use",
    "outcome_family_contact",
    "outcome_safety",
    "outcome_wellbeing",
    "outcome_back_in_custody",
)
# Three answers that are not one of the scale, and not the same as each other.
UNKNOWN, DECLINED, NOT_ASKED = "unknown", "declined", "not_asked"
NOT_OF_THE_SCALE = (UNKNOWN, DECLINED, NOT_ASKED)


def question_words(name: str) -> str:
    """The question in the language of the page; the name of the list where it has none."""
    question = vocabulary(name).question
    return question.label(codes.language()) if question else name


def answer_words(name: str, code: str) -> str:
    if code == NOT_ASKED and NOT_ASKED not in vocabulary(name):
        return gettext("Not asked")
    return codes.label(name, code)


def answers(name: str) -> list[tuple[str, Any]]:
    """The scale, and apart from it: not known, does not want to say, not asked."""
    scale = codes.choices(name, only=lambda term: term.code not in NOT_OF_THE_SCALE)
    apart = [(code, answer_words(name, code)) for code in NOT_OF_THE_SCALE]
    return [("", gettext("Nothing recorded")), *scale, (gettext("No answer of the scale"), apart)]


class OutcomesForm(Form):
    """All questions of one point. What is left empty is not recorded; "not known" is an answer."""

    show_optional = False

    measured_on = DayField(label=_("Asked on"))
    evidence = CodeField(
        label=_("How we know"), choices=lambda: codes.choices("evidence_grade"), required=False,
        help_text=_("Holds for every answer below that does not say otherwise."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        grades = [("", gettext("As said above")), *codes.choices("evidence_grade")]
        for name in QUESTIONS:
            self.fields[name] = forms.ChoiceField(label=question_words(name), choices=answers(name), required=False)
            self.fields[f"{name}_by"] = forms.ChoiceField(
                label=gettext("How we know"), choices=grades, required=False
            )  # fmt: skip

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(question, how we know) for the template, after the two fields that hold for all."""
        return [(self[name], self[f"{name}_by"]) for name in QUESTIONS]

    @property
    def general(self) -> list[forms.BoundField]:
        return [self["measured_on"], self["evidence"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = {name: data[name] for name in QUESTIONS if data.get(name)}
        if not given and not self.errors:
            raise forms.ValidationError(gettext("Answer at least one question."))
        grades = {name: data.get(f"{name}_by") or data.get("evidence") or "" for name in given}
        for name, answer in given.items():
            if answer in NOT_OF_THE_SCALE:
                grades[name] = ""
            elif not grades[name]:
                self.add_error(f"{name}_by", gettext("Say how we know it."))
        return {"answers": given, "evidence": grades, "on": data.get("measured_on")}

    @staticmethod
    def initial_of(rows: Iterable[Outcome]) -> dict[str, Any]:
        """The answers already recorded at the point."""
        found: dict[str, Any] = {}
        for row in rows:
            found |= {row.question: row.answer, f"{row.question}_by": row.evidence, "measured_on": row.measured_on}
        return found
