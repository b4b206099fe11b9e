"""Choices out of code lists: few as radios, many as a list, very many found by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

RADIOS_UP_TO = 6

# (code, label) or (group, [(code, label), ...]); a callable is asked at each form, in its language.
Choices = Sequence[tuple[Any, Any]]
MaybeChoices = Choices | Callable[[], Choices]


def _flat(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    out: list[tuple[Any, Any]] = []
    for code, label in choices:
        out.extend(_flat(label) if isinstance(label, list | tuple) else [(code, label)])
    return out


class CodeField(forms.ChoiceField):
    """One code of a list: radios up to six, else a list to choose from; groups are kept.

    `unknown` adds a last answer "not known" with the code given, which is not the same as no answer.
    """

    default_error_messages = {
        "required": _("Choose an answer"),
        "invalid_choice": _("Choose one of the answers"),
    }

    def __init__(self, choices: MaybeChoices, *, unknown: str | None = None, **kwargs: Any) -> None:
        def listed() -> list[tuple[Any, Any]]:
            found = list(choices() if callable(choices) else choices)
            return [*found, (unknown, gettext("Not known"))] if unknown else found

        self.listed = listed
        self.free = "widget" not in kwargs
        super().__init__(choices=(), **{"widget": forms.Select, **kwargs})
        if not callable(choices):
            self.settle()

    def settle(self) -> None:
        """Ask for the choices once a form is made (at its declaration nobody acts): radios when they are few."""
        listed = self.listed()
        if self.free and len(_flat(listed)) <= RADIOS_UP_TO:
            self.widget = forms.RadioSelect(attrs=self.widget.attrs)
            self.widget.is_required = self.required
        elif self.free:
            listed = [("", gettext("Choose…")), *listed]
        self.choices = listed


class CodesField(forms.MultipleChoiceField):
    """Several codes of a list, as ticks; cleans to a list of codes."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Choose at least one answer"),
        "invalid_choice": _("Choose from the answers given"),
    }


class SearchSelect(forms.RadioSelect):
    """Find, then choose, without a script: a search box whose button sends the form back with radios.

    The field fills `choices` with what was found; the box and the choice travel in one form, so that
    nothing typed elsewhere is lost.
    """

    template_name = "kit/widgets/find.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed = ""
        self.message = ""

    def id_for_label(self, id_: str | None, index: Any = None) -> str:
        return f"{id_}_find" if id_ and index is None else super().id_for_label(id_ or "", index)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].get("id") or f"id_{name}"
        context["widget"]["find"] = {
            "id": f"{base}_find",
            "name": f"{name}_find",
            "button": f"{name}_search",
            "value": self.typed,
            "label": gettext("Type to search"),
            "button_label": gettext("Find"),
            "message": self.message,
        }
        return context


class SearchSelectField(forms.ChoiceField):
    """A value found by typing. `find(text)` gives (value, label) pairs; `label_of(value)` names one value.

    `kit.forms.Form` calls `prepare` and, while `wants_search` is true, is neither valid nor in error.
    """

    widget = SearchSelect
    at_most = 20

    def __init__(self, *, find: Callable[[str], Choices], label_of: Callable[[str], str | None], **kwargs: Any) -> None:
        self.find = find
        self.label_of = label_of
        super().__init__(**kwargs)

    @staticmethod
    def wants_search(data: Mapping[str, Any], name: str) -> bool:
        """The button was pressed, or a text was typed and nothing chosen yet (Enter in the box)."""
        typed = str(data.get(f"{name}_find", "")).strip()
        return bool(data.get(f"{name}_search")) or bool(typed and not data.get(name))

    def prepare(self, data: Mapping[str, Any], name: str, initial: Any) -> None:
        """Offer what was found for the text typed, and always the value already chosen."""
        typed = str(data.get(f"{name}_find", "")).strip()
        chosen = str(data.get(name) or initial or "")
        found = list(self.find(typed))[: self.at_most + 1] if typed else []
        self.widget.typed = typed
        if typed and not found:
            self.widget.message = gettext("Nothing found. Try other letters or a shorter word.")
        elif len(found) > self.at_most:
            self.widget.message = gettext("Only the first matches are shown. Type more to narrow them down.")
        offered = [(str(value), label) for value, label in found[: self.at_most]]
        if chosen and chosen not in dict(offered) and (label := self.label_of(chosen)):
            offered.insert(0, (chosen, label))
        self.choices = offered

    def valid_value(self, value: Any) -> bool:
        return self.label_of(str(value)) is not None

    def validate(self, value: Any) -> None:
        if value in self.empty_values and self.required:
            raise ValidationError(gettext("Search, then choose one of the matches"), code="required")
        super().validate(value)
