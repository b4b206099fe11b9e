"""Release dates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.codelists.codes import language
from throughgate.core.jurisdiction import Question, explain, name_rule
from throughgate.core.jurisdiction.sentences import VALUES
from throughgate.kit.forms import CodeField, DayField, Form, PartialDateField
from throughgate.kit.forms.base import dress


class ReleaseDateForm(Form):
    """A date that somebody gives."""

    on = PartialDateField(label=_("Release date"))
    type = CodeField(
        label=_("How it is known"),
        choices=lambda: codes.choices("release_date_type", only=lambda term: term.code != "computed"),
    )
    certainty = CodeField(
        label=_("How certain"),
        choices=lambda: codes.choices("release_certainty", only=lambda term: term.code != "past_no_release"),
        initial="likely",
    )
    told_on = DayField(
        label=_("Told or decided on"),
        required=False,
        help_text=_("Today, if left empty. The newest news goes first among equals."),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        help_text=_("Sealed. A name, a link, a document."),
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


class AnswersForm(Form):
    """What the rules leave open; each field answers one question of a calculation."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        asked = {one.rule: _answer(one) for one in questions if one.assumable and one.rule}
        super().__init__(*args, **kwargs)
        for rule, made in asked.items():
            self.fields[f"assume-{rule}"] = made
            dress(made)


def _answer(question: Question) -> CodeField:
    speaking = language()
    words = [(value, VALUES.get(f"value:{value}", {}).get(speaking, value)) for value in question.values]
    rule = name_rule(question.rule or "", speaking)
    return CodeField(label=explain(question, speaking), choices=words, help_text=rule)
