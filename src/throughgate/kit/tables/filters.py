"""The filter of a list: a GET form whose answers are named above the list and taken back one by one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms as django_forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from throughgate.core.dates import PartialDate
from throughgate.kit import show
from throughgate.kit.forms import Form

Rows = TypeVar("Rows")
KEPT_DRAWINGS = 100
_drawn: dict[tuple[Any, ...], SafeString] = {}


@dataclass(frozen=True)
class Chosen:
    """One answer of the filter: its words, and the query without it."""

    words: str
    url: str


class FilterForm(Form):
    """Fields are optional by nature. Override `narrow`; read `self.given` (only what was answered)."""

    show_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    @property
    def given(self) -> dict[str, Any]:
        """The answers that are valid and not empty."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: found for name, found in self.cleaned_data.items() if found not in (None, "", [], False)}

    @property
    def rows(self) -> SafeString:
        """The fields. Most lists are opened with nothing asked, so that drawing is kept as long as the choices are."""
        if self.data.keys() & self.fields.keys() or self.errors:
            return super().rows
        choices = tuple((name, tuple(getattr(field, "choices", ()))) for name, field in self.fields.items())
        drawing = type(self), get_language(), choices
        if drawing not in _drawn:
            if len(_drawn) >= KEPT_DRAWINGS:
                _drawn.clear()
            _drawn[drawing] = super().rows
        return _drawn[drawing]

    def narrow(self, rows: Rows) -> Rows:
        """The rows that answer to `self.given`; by default every answer is an exact look-up of its name."""
        for name, found in self.given.items():
            lookup = f"{name}__in" if isinstance(found, list) else name
            rows = rows.filter(**{lookup: found})  # type: ignore[attr-defined]
        return rows

    def chosen(self, query: QueryDict) -> list[Chosen]:
        """What was answered, in words, each with the address that leaves it out."""
        return [one for name, found in self.given.items() for one in self._chosen(name, found, query)]

    def _chosen(self, name: str, found: Any, query: QueryDict) -> Iterator[Chosen]:
        field = self.fields[name]
        label = str(field.label or name)
        if isinstance(found, list):
            for one in found:
                left = [value for value in query.getlist(name) if value != str(one)]
                yield Chosen(f"{label}: {_words(field, one)}", _without(query, name, left))
        elif found is True:
            yield Chosen(label, _without(query, name))
        else:
            yield Chosen(f"{label}: {_words(field, found)}", _without(query, name))


def _words(field: django_forms.Field, found: Any) -> str:
    if isinstance(found, datetime.date | PartialDate):
        return show.date_words(found, style="short")
    if isinstance(field, django_forms.ChoiceField):
        return next((str(label) for code, label in _flat(field.choices) if str(code) == str(found)), str(found))
    return str(found)


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label


PARTS = ("", "_day", "_month", "_year", "_about", "_find", "_search")


def _without(query: QueryDict, name: str, left: list[str] | None = None) -> str:
    changed = query.copy()
    for part in PARTS:
        changed.pop(f"{name}{part}", None)
    for gone in ("page", "export"):
        changed.pop(gone, None)
    if left:
        changed.setlist(name, left)
    return f"?{changed.urlencode()}"
