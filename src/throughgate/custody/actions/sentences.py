"""Charges, hearings, sentences and what changes them."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from throughgate.access.acts import action, amend_row
from throughgate.core.dates import PartialDate
from throughgate.custody.actions.standing import restate
from throughgate.custody.models import Charge, Credit, Extension, Hearing, Reduction, ReleaseDate, Sentence
from throughgate.custody.rights import Right
from throughgate.people.models import Person


@action("custody.add_charge", needs=Right.WRITE)
def add_charge(person: Person, *, article: str, **facts: Any) -> Charge:
    """*facts*: code, part, charged_on, stage, outcome, note."""
    charge = Charge(organisation_id=person.organisation_id, person=person, article=article, **facts)
    charge.save(force_insert=True)
    return charge


@action("custody.add_hearing", needs=Right.WRITE)
def add_hearing(person: Person, *, next_on: PartialDate | None = None, **facts: Any) -> Hearing:
    """One sitting; with *next_on* also the next one. *facts*: on, hour, kind, court, result."""
    hearing = Hearing(organisation_id=person.organisation_id, person=person, **facts)
    hearing.save(force_insert=True)
    if next_on is not None:
        following = Hearing(
            organisation_id=person.organisation_id, person=person, on=next_on, kind=hearing.kind, court=hearing.court
        )
        following.save(force_insert=True)
    return hearing


@action("custody.add_sentence", needs=Right.WRITE)
def add_sentence(person: Person, *, kind: str, **facts: Any) -> Sentence:
    """A punishment as the judgment sets it; *facts* are the fields of `Sentence`.

    A last day that the judgment names is at once a release date, told by the institution: it goes before any
    calculation.
    """
    sentence = Sentence(organisation_id=person.organisation_id, person=person, kind=kind, **facts)
    sentence.save(force_insert=True)
    _tell_last_day(sentence)
    return sentence


@action("custody.amend_sentence", needs=Right.WRITE)
def amend_sentence(sentence: Sentence, *, reason: str, **changes: Any) -> Sentence:
    """Correct a sentence, keeping what stood there."""
    changed = amend_row(sentence, reason=reason, changes=changes)
    if "last_day_told" in changed:
        _tell_last_day(sentence)
    return sentence


def _tell_last_day(sentence: Sentence) -> None:
    if sentence.last_day_told is None:
        return
    judged = sentence.judgment_on.as_date() if sentence.judgment_on else None
    told = ReleaseDate(
        organisation_id=sentence.organisation_id,
        person=sentence.person,
        type="told_by_facility",
        on=PartialDate.from_date(sentence.last_day_told),
        certainty="likely",
        told_on=sentence.told_on or judged or timezone.localdate(),
    )
    told.save(force_insert=True)
    restate(sentence.person)


@action("custody.set_aside_sentence", needs=Right.WRITE)
def set_aside_sentence(sentence: Sentence) -> Sentence:
    """The judgment was overturned, or was recorded by mistake: no calculation reads it any more."""
    sentence.set_aside_at = timezone.now()
    sentence.save(update_fields=["set_aside_at"])
    return sentence


@action("custody.add_credit", needs=Right.WRITE)
def add_credit(person: Person, *, kind: str, start: datetime.date, end: datetime.date | None = None) -> Credit:
    """Custody before the judgment, as the court counted it; both days count."""
    credit = Credit(organisation_id=person.organisation_id, person=person, kind=kind, start=start, end=end)
    credit.save(force_insert=True)
    return credit


@action("custody.add_reduction", needs=Right.WRITE)
def add_reduction(person: Person, *, kind: str, **facts: Any) -> Reduction:
    """*facts*: years, months, days, on, granted, rule; an amnesty without a term takes its cut from the rule."""
    reduction = Reduction(organisation_id=person.organisation_id, person=person, kind=kind, **facts)
    reduction.save(force_insert=True)
    return reduction


@action("custody.add_extension", needs=Right.WRITE)
def add_extension(person: Person, *, on: datetime.date, **facts: Any) -> Extension:
    """A new judgment while serving. *facts*: years, months, days, final, unserved_days, article."""
    extension = Extension(organisation_id=person.organisation_id, person=person, on=on, **facts)
    extension.save(force_insert=True)
    return extension
