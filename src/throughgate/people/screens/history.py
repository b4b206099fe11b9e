"""What was corrected about somebody: which field, what it was, what it is, who changed it, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.access.models import Amendment, Member
from throughgate.codelists import codes
from throughgate.core.dates import PartialDate
from throughgate.kit.fields import PartialDateField
from throughgate.people.models import Person
from throughgate.people.screens.frame import HISTORY
from throughgate.people.screens.pages import Pages
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import Locked, Sealed, SealedField
from throughgate.vault.keyring import open_keyring

PER_PAGE = 30
NOT_SHOWN = frozenset({"birth_band", "number_hash", "value_hash"})  # follow from other fields
PART_WORDS = {
    "surname": _("surname"),
    "given": _("given name"),
    "patronymic": _("patronymic"),
    "whole": _("whole name"),
}


@dataclass(frozen=True)
class Change:
    """One field of one row, corrected once."""

    noun: Any
    field: Any
    was: Any
    became: Any
    by: Any
    at: datetime
    why: Any


class History(Pages):
    """The page: `page_rows` are changes, newest first; `nouns` to filter by."""

    def __init__(self, request: HttpRequest, person: Person) -> None:
        self.of = request.GET.get("of", "")
        amendments = _readable(Amendment.objects.filter(subject_id=person.id).order_by("-created_at", "-id"))
        nouns = {one.object_type: _model(one) for one in amendments}
        shown = [one for one in amendments if not self.of or nouns[one.object_type]._meta.model_name == self.of]
        labels = {model._meta.model_name or "": capfirst(model._meta.verbose_name) for model in nouns.values()}
        self.nouns = [
            {"url": f"?of={code}" if code else "?", "label": words, "current": code == self.of}
            for code, words in [("", gettext("Everything")), *sorted(labels.items(), key=lambda pair: str(pair[1]))]
        ]
        became = _became(amendments)
        super().__init__(request, shown, per_page=PER_PAGE)
        self.page_rows = _dressed(self.page_rows, became)


def _model(amendment: Amendment) -> Any:
    return apps.get_model(amendment.object_type)


def _readable(amendments: Iterable[Amendment]) -> list[Amendment]:
    """Without rooms that whoever looks has no right to, and without fields that follow from others."""
    actor = current_actor()
    rooms = {room for room, needs in HISTORY.items() if actor.has(needs)}
    return [one for one in amendments if one.object_type.partition(".")[0] in rooms and one.field not in NOT_SHOWN]


def _became(amendments: list[Amendment]) -> dict[UUID, Any]:
    """{amendment: the value that took its place}: what the next correction found, else what stands there now."""
    rows = _rows_now(amendments)
    now: dict[tuple[UUID, str], Any] = {}
    became: dict[UUID, Any] = {}
    for one in amendments:  # the newest first
        place = one.object_id, one.field
        if place in now:
            became[one.id] = now[place]
        else:
            row = rows.get(one.object_id)
            became[one.id] = getattr(row, one.field, None) if row is not None else gettext("the entry is gone")
        now[place] = value_then(one)
    return became


def _rows_now(amendments: list[Amendment]) -> dict[UUID, Any]:
    """The rows themselves, one query for each noun."""
    wanted: dict[Any, set[UUID]] = {}
    for one in amendments:
        wanted.setdefault(_model(one), set()).add(one.object_id)
    return {key: row for model, ids in wanted.items() for key, row in model.objects.in_bulk(list(ids)).items()}


def value_then(one: Amendment) -> Any:
    """What stood there, opened where it was sealed and the reader holds the key."""
    model = _model(one)
    field = model._meta.get_field(one.field)
    if not isinstance(field, SealedField):
        return field.to_python(one.was) if isinstance(field, PartialDateField) else one.was
    if one.was_sealed is None:
        return None
    keyring = open_keyring()
    if keyring is None:
        return Locked(field.compartment)
    place = model(pk=one.object_id)
    return field.open_with(place, Sealed(bytes(one.was_sealed)), keyring)


def _dressed(amendments: Iterable[Amendment], became: dict[UUID, Any]) -> list[Change]:
    rows = list(amendments)
    authors = {UUID(one.actor.partition(":")[2]) for one in rows if one.actor.startswith("member:")}
    names = dict(Member.objects.filter(id__in=authors).values_list("id", "display_name"))
    return [_change(one, became[one.id], names) for one in rows]


def _change(one: Amendment, became: Any, names: dict[UUID, str]) -> Change:
    model = _model(one)
    field = model._meta.get_field(one.field)
    by: Any = gettext("the system")
    if one.actor.startswith("member:"):
        by = names.get(UUID(one.actor.partition(":")[2]), gettext("somebody"))
    return Change(
        noun=capfirst(model._meta.verbose_name),
        field=capfirst(field.verbose_name),
        was=in_words(field, value_then(one)),
        became=in_words(field, became),
        by=by,
        at=one.created_at,
        why=one.reason,
    )


def in_words(field: Any, value: Any) -> Any:
    """A stored value as people read it: codes by their words, dates as dates, parts of a name by name."""
    if value in (None, "") or isinstance(value, Locked):
        return value
    list_name = getattr(field, "list_name", "") or getattr(field.model, "lists_of_fields", {}).get(field.name, "")
    if list_name:
        return codes.labels(list_name, value) if isinstance(value, list) else codes.label(list_name, value)
    if field.name == "compartments":
        return [str(dict(Compartment.choices).get(code, code)) for code in value]
    if isinstance(value, dict):
        return ", ".join(f"{PART_WORDS.get(key, key)}: {part}" for key, part in value.items())
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, PartialDateField) and not isinstance(value, PartialDate):
        return field.to_python(value)
    if isinstance(field, models.ForeignKey):
        return gettext("another entry")
    return value
