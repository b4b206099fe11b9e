"""The two bases of every form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.forms.widgets import ChoiceWidget
from django.utils.choices import CallableChoiceIterator
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from throughgate.kit.forms.choices import CodeField, SearchSelectField

# Widths of the look, in characters: an input is as wide as its answer.
WIDTHS = (2, 3, 4, 5, 10, 20)


@dataclass(frozen=True)
class Problem:
    """One line of the summary: what is wrong, and the id of the input to go to ("" for the whole form)."""

    text: str
    anchor: str = ""


def error_links(form: forms.BaseForm) -> list[Problem]:
    """The errors of a bound form in the order of its fields."""
    problems = [Problem(str(error)) for error in form.non_field_errors()]
    for bound in form:
        for error in bound.errors:
            text = gettext("%(field)s: %(problem)s") % {"field": bound.label, "problem": error}
            anchor = "" if bound.is_hidden else bound.id_for_label or _first_input(bound)
            problems.append(Problem(text, anchor))
    return problems


def _first_input(bound: forms.BoundField) -> str:
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, ChoiceWidget) else str(bound.auto_id)


class _Look(forms.BaseForm):
    """What both bases share: our words, no `required` attribute, inputs as wide as their answers."""

    use_required_attribute = False
    show_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, CodeField):
                field.settle()
            elif isinstance(field, forms.ChoiceField) and isinstance(field.choices, CallableChoiceIterator):
                field.choices = list(field.choices)  # asked once for a form, not at each look at them
            dress(field)
            if isinstance(field, SearchSelectField):
                field.prepare(self.data, self.add_prefix(name), self.get_initial_for_field(field, name))

    @property
    def searching(self) -> bool:
        """Whether a search inside the form was asked for: show the matches, judge nothing yet."""
        return self.is_bound and any(
            isinstance(field, SearchSelectField) and field.wants_search(self.data, self.add_prefix(name))
            for name, field in self.fields.items()
        )

    def full_clean(self) -> None:
        if self.searching:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return not self.searching and super().is_valid()

    @property
    def summary(self) -> SafeString:
        """The error summary alone, for the top of the page."""
        return self.render("kit/forms/summary.html", {"form": self})

    @property
    def rows(self) -> SafeString:
        """The fields without the summary."""
        return self.render("kit/forms/fields.html", {"form": self})


class Form(_Look, forms.Form):
    """A form of ours."""


class ModelForm(_Look, forms.ModelForm):  # type: ignore[type-arg]
    """A form of ours for one row."""


def dress(field: forms.Field) -> None:
    """Give a field our wording of the common errors, a width and an autocomplete attribute."""
    widget = field.widget
    words = {"required": gettext("Enter an answer"), "invalid_choice": gettext("Choose one of the answers")}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        words["required"] = gettext("Choose an answer")
    for code, text in words.items():
        if code in field.error_messages and _is_stock(field, code):
            field.error_messages[code] = text
    if isinstance(widget, forms.TextInput | forms.NumberInput) and not widget.is_hidden:
        widget.attrs.setdefault("autocomplete", "off")  # other people's data: nothing for the browser to keep
        _fit(field, widget)

    if isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = "5" if widget.attrs.get("rows") == "10" else widget.attrs.get("rows", "5")
        widget.attrs.pop("cols", None)


def _is_stock(field: forms.Field, code: str) -> bool:
    for cls in type(field).__mro__:
        stock = cls.__dict__.get("default_error_messages", {})
        if code in stock:
            return cls.__module__.startswith("django.") and field.error_messages[code] == stock[code]
    return False


def _fit(field: forms.Field, widget: forms.Widget) -> None:
    longest = getattr(field, "max_length", None)
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        longest = 10
    if longest is None or "class" in widget.attrs:
        return
    width = next((w for w in WIDTHS if w >= longest), None)
    if width is not None:
        widget.attrs["class"] = f"govuk-input--width-{width}"
