"""What may be said of two records that look alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughgate.kit.forms import CodeField, Form
from throughgate.people.forms.around import PersonField
from throughgate.people.models import Person, Says

ONE, OTHER = "one", "other"


class JudgeForm(Form):
    says = CodeField(label=_("Verdict"), choices=Says.choices)


class OtherForm(Form):
    other = PersonField(label=_("The other record of the same person"), help_text=_("Type a name or a reference."))


class MergeForm(Form):
    """A choice for every fact that the two tell otherwise; `take` names those that the other tells right."""

    def __init__(
        self, *args: Any, person: Person, other: Person, facts: Mapping[str, tuple[Any, str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, (label, mine, theirs) in facts.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[(ONE, _answer(mine, person)), (OTHER, _answer(theirs, other))],
                initial=ONE,
                widget=forms.RadioSelect,
            )

    @property
    def take(self) -> list[str]:
        return [name for name, chosen in self.cleaned_data.items() if chosen == OTHER]


def _answer(words: str, person: Person) -> str:
    return f"{words} ({person.reference})"
