"""What may be typed about needs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.casework.actions.needs import REASONS, pathway_of
from throughgate.casework.forms.cases import long_text
from throughgate.casework.forms.members import MemberField
from throughgate.casework.models import NeedState
from throughgate.codelists import codes
from throughgate.core.vocab import common_need_kinds, search_need_kinds
from throughgate.core.vocab.needs import words
from throughgate.kit.forms import CodeField, CodesField, DayField, Form, SearchSelectField

# Answers of the list that say there is no need: they are recorded about a pathway, not about a need.
NO_NEED = ("none", "not_asked")


def find_kinds(typed: str) -> list[tuple[str, str]]:
    """(kind, its words with the pathway), the organisation's own kinds first."""
    asked = words(typed)
    own = [
        code
        for (list_name, code), term in codes.own_terms().items()
        if list_name == "need_kind" and not term.retired_at and _meets(asked, codes.own_label(term))
    ]
    shipped = [term.code for term in search_need_kinds(typed, codes.language(), limit=SearchSelectField.at_most + 1)]
    return [(code, kind_words(code)) for code in (*own, *shipped)]


def _meets(asked: Collection[str], label: str) -> bool:
    found = words(label)
    return bool(asked) and all(any(part in word for word in found) for part in asked)


def kind_words(code: str) -> str:
    return gettext("%(need)s (%(pathway)s)") % {
        "need": codes.label("need_kind", code),
        "pathway": codes.label("pathway", pathway_of(code)),
    }


def known_kind(code: str) -> str | None:
    """The words of a kind, or None where there is none of that code."""
    return kind_words(code) if pathway_of(code) else None


def common_kinds(leave_out: Collection[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds met most, under their pathways, in the order of the list of pathways."""
    by_pathway: dict[str, list[tuple[str, str]]] = {}
    for term in common_need_kinds():
        if term.code not in leave_out:
            by_pathway.setdefault(term.extra["pathway"], []).append((term.code, term.label(codes.language())))
    return [(label, by_pathway[code]) for code, label in codes.choices("pathway") if code in by_pathway]


def severities() -> list[tuple[str, str]]:
    return codes.choices("need_severity", only=lambda term: term.code not in NO_NEED)


class AddNeedsForm(Form):
    """Any one found by typing, and several of the common ones; the rest is said of all of them."""

    found = SearchSelectField(
        label=_("Find a need by typing"),
        help_text=_("A word or its beginning, in any of the three languages."),
        find=find_kinds,
        label_of=known_kind,
        required=False,
    )
    kinds = CodesField(
        label=_("Needs met most often"), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )  # fmt: skip
    severity = CodeField(label=_("Severity"), choices=severities, required=False)
    urgent = forms.BooleanField(
        label=_("Urgent"), required=False, help_text=_("Kinds that are urgent by nature are marked by themselves.")
    )
    responsible = CodeField(
        label=_("Who answers for it"), choices=lambda: codes.choices("responsible"), required=False
    )  # fmt: skip
    owner = MemberField(label=_("Who of us does it"), required=False)
    text = long_text(_("In words"))

    def __init__(self, *args: Any, present: Collection[str] = (), **kwargs: Any) -> None:
        """*present*: the kinds of need that are open in the case already."""
        super().__init__(*args, **kwargs)
        self.present = present
        self.fields["kinds"].choices = common_kinds(present)  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("found") and not data.get("kinds"):
            self.add_error("found", gettext("Find a need, or tick at least one of those below."))
        if data.get("found") in self.present:
            self.add_error("found", gettext("This need is already there and not met yet."))
        return data


class GiveNeedForm(Form):
    owner = MemberField(label=_("Who of us does it"), required=False)
    responsible = CodeField(
        label=_("Who answers for it"), choices=lambda: codes.choices("responsible"), required=False
    )  # fmt: skip
    severity = CodeField(label=_("Severity"), choices=severities, required=False)
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    text = long_text(_("In words"))
    reason = forms.CharField(
        label=_("Why it is changed"), required=False, max_length=500, help_text=_("Kept with what stood here.")
    )


class NeedStateForm(Form):
    """What came of a need, for one state, with the reasons that fit it."""

    text = long_text(_("In words"))
    on = DayField(label=_("Day"), required=False, help_text=_("Today, when it is left empty."))

    field_order = ["reason", "text", "on"]

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = REASONS.get(NeedState(state))
        if reasons:
            self.fields["reason"] = CodeField(label=gettext("Why"), choices=codes.choices(reasons))
            self.order_fields(self.field_order)
