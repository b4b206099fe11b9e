"""Charges, hearings, sentences and what changes them."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from throughgate.access.acts import action, amend_row
from throughgate.core.dates import PartialDate
from throughgate.custody.actions.standing import restate
from throughgate.custody.models import (
    Charge,
    Credit,
    CustodyEvent,
    Extension,
    Hearing,
    Reduction,
    ReleaseDate,
    Sentence,
)
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


# The event that a judgment is, by the kind of punishment.
_JUDGMENTS = {
    "imprisonment": "sentenced",
    "criminal_arrest": "sentenced",
    "life": "sentenced",
    "death": "death_sentence",
    "restriction_open": "sentenced_restriction_open",
    "restriction_home": "sentenced_restriction_home",
    "corrective_work": "sentenced_non_custodial",
    "community_work": "sentenced_non_custodial",
    "fine": "sentenced_non_custodial",
}


@action("custody.add_sentence", needs=Right.WRITE)
def add_sentence(person: Person, *, kind: str, as_events: bool = False, **facts: Any) -> Sentence:
    """A punishment as the judgment sets it; *facts* are the fields of `Sentence`.

    A last day that the judgment names is at once a release date, told by the institution: it goes before any
    calculation. *as_events*: the judgment and its entry into force are recorded as events too, where they are not yet.
    """
    sentence = Sentence(organisation_id=person.organisation_id, person=person, kind=kind, **facts)
    sentence.save(force_insert=True)
    if as_events:
        in_force = PartialDate.from_date(sentence.in_force_on) if sentence.in_force_on else None
        _record_once(person, _JUDGMENTS[kind], sentence.judgment_on)
        _record_once(person, "sentence_in_force", in_force)
    _tell_last_day(sentence)
    restate(person)
    return sentence


def _record_once(person: Person, kind: str, on: PartialDate | None) -> None:
    """An event of the kind on the day, unless one that may be the same is recorded already."""
    if on is None:
        return
    recorded = CustodyEvent.objects.about(person).standing().filter(kind=kind)
    if any(one.on is None or one.on.overlaps(on) for one in recorded):
        return
    CustodyEvent(organisation_id=person.organisation_id, person=person, kind=kind, on=on, source_kind="court").save(
        force_insert=True
    )


@action("custody.amend_sentence", needs=Right.WRITE)
def amend_sentence(sentence: Sentence, *, reason: str, **changes: Any) -> Sentence:
    """Correct a sentence, keeping what stood there."""
    changed = amend_row(sentence, reason=reason, changes=changes)
    if "last_day_told" in changed:
        _tell_last_day(sentence)
        restate(sentence.person)
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
