"""Codes and their words: what is shipped and what the organisation added, asked for in one way.

kind = CodeField(_("kind"), list_name="custody_event")
words("custody_event")("detained")  ->  "Detained" in the language of the page
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import get_language

from throughgate.access.acting import somebody
from throughgate.codelists.models import OwnTerm
from throughgate.core.vocab import Term, vocabulary
from throughgate.kit import forms

# Own terms change once a month and are asked for on every page: read at most every ten seconds.
_KEPT_SECONDS = 10
_kept: dict[UUID, tuple[float, dict[tuple[str, str], OwnTerm]]] = {}


def language() -> str:
    return (get_language() or "en")[:2]


def own_terms() -> dict[tuple[str, str], OwnTerm]:
    """{(list, code): term} of the organisation of whoever acts."""
    actor = somebody()
    if actor is None or actor.organisation_id is None:
        return {}
    kept = _kept.get(actor.organisation_id)
    if kept is None or time.monotonic() - kept[0] > _KEPT_SECONDS:
        found = {(term.list, term.code): term for term in OwnTerm.objects.all()}
        kept = _kept[actor.organisation_id] = (time.monotonic(), found)
    return kept[1]


def forget_own_terms() -> None:
    """After an own term changed."""
    _kept.clear()


def own_label(term: OwnTerm) -> str:
    return str(getattr(term, language(), term.en) or term.en)


def label(list_name: str, code: str | None) -> str:
    """The words of a code in the language of the page; an unknown code stays as it is, nothing is lost."""
    if not code:
        return ""
    shipped = vocabulary(list_name).get(code)
    if shipped is not None:
        return shipped.label(language())
    own = own_terms().get((list_name, code))
    return own_label(own) if own else code


def words(list_name: str) -> Callable[[Any], str]:
    """For table columns: code -> words."""
    return lambda code: label(list_name, code)


def labels(list_name: str, codes: Iterable[str]) -> list[str]:
    return [label(list_name, code) for code in codes]


def choices(list_name: str, *, only: Callable[[Term], bool] | None = None) -> list[tuple[str, str]]:
    """(code, words) as a form wants them: the shipped ones in their order, then the own ones in use."""
    shipped = [(term.code, term.label(language())) for term in vocabulary(list_name) if only is None or only(term)]
    own = [(code, own_label(t)) for (name, code), t in own_terms().items() if name == list_name and not t.retired_at]
    return shipped + sorted(own, key=lambda pair: pair[1])


class CodeField(models.CharField[str, str]):
    """A code of one list, stored as the code, shown in words, asked for by radios or a select."""

    def __init__(self, *args: Any, list_name: str, **kwargs: Any) -> None:
        self.list_name = list_name
        kwargs.setdefault("max_length", 48)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "list_name": self.list_name}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, f"{name}_words", property(lambda row: label(self.list_name, getattr(row, name))))

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("max_length", None)
        options = {"label": self.verbose_name, "required": not self.blank, "help_text": self.help_text, **kwargs}
        return forms.CodeField(choices=lambda: choices(self.list_name), **options)
