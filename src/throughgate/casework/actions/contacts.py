"""Contacts, follow-ups after release, outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import current_actor, our_organisation
from throughgate.access.acts import CannotDo, action, note
from throughgate.casework.actions.anchors import FOLLOW_UP_DAYS, follow_up_day, release_day
from throughgate.casework.models import Case, Contact, FollowUp, Outcome
from throughgate.casework.rights import Right
from throughgate.people.models import Person


def schedule_follow_ups(case: Case) -> None:
    """The seven follow-ups of this round, on their days where these are known; inside other actions."""
    release = release_day(case.person_id)
    there = set(FollowUp.objects.filter(case=case, round=case.round).values_list("offset_days", flat=True))
    FollowUp.objects.bulk_create(
        FollowUp(
            organisation_id=case.organisation_id, person_id=case.person_id, case=case, round=case.round,
            offset_days=days, due_on=follow_up_day(case, days, release),
        )
        for days in FOLLOW_UP_DAYS
        if days not in there
    )  # fmt: skip


@action("casework.record_contact", needs=Right.WORK)
def record_contact(
    person: Person, *, at: datetime, channel: str, case: Case | None = None, follow_up: FollowUp | None = None,
    **facts: Any,
) -> Contact:  # fmt: skip
    """A conversation or an attempt. *facts* are direction, with_whom, happened, minutes, consultation, note.

    With a *follow_up* that came to a conversation, the follow-up is done.
    """
    contact = Contact(
        organisation_id=our_organisation(), person=person, at=at, channel=channel, by_id=current_actor().id,
        case=case or (follow_up.case if follow_up else None), **facts,
    )  # fmt: skip
    contact.save(force_insert=True)
    if follow_up is not None and contact.happened:
        _refuse_ended(follow_up)
        follow_up.state, follow_up.contact = FollowUp.State.DONE, contact
        follow_up.done_on = timezone.localdate(at)
        follow_up.save(update_fields=["state", "contact", "done_on"])
    note(happened=contact.happened)
    return contact


@action("casework.undo_contact", needs=Right.WORK)
def undo_contact(contact: Contact) -> Contact:
    """Take back a contact one has just recorded; a follow-up it completed is due again."""
    if contact.by_id != current_actor().id:
        raise CannotDo(gettext("Only who recorded a contact can take it back."))
    FollowUp.objects.filter(contact=contact).update(state=FollowUp.State.TO_DO, contact=None, done_on=None)
    contact_id = contact.id
    contact.delete()
    contact.id = contact_id  # the log entry still names it
    return contact


@action("casework.miss_follow_up", needs=Right.WORK)
def miss_follow_up(follow_up: FollowUp, *, why: str, reason: str, text: str = "") -> FollowUp:
    """It did not happen, and why: the person (all right or not), or our logistics."""
    _refuse_ended(follow_up)
    follow_up.state, follow_up.why, follow_up.reason = FollowUp.State.MISSED, why, reason
    follow_up.done_on, follow_up.note = timezone.localdate(), text
    follow_up.save(update_fields=["state", "why", "reason", "done_on", "note"])
    note(why=why, reason=reason)
    return follow_up


@action("casework.undo_missed", needs=Right.WORK)
def undo_missed(follow_up: FollowUp) -> FollowUp:
    """It was said by mistake that it did not happen: it is due again."""
    if follow_up.state != FollowUp.State.MISSED:
        raise CannotDo(gettext("This follow-up has not been missed."))
    follow_up.state, follow_up.why, follow_up.reason = FollowUp.State.TO_DO, "", ""
    follow_up.done_on, follow_up.note = None, ""
    follow_up.save(update_fields=["state", "why", "reason", "done_on", "note"])
    return follow_up


def _refuse_ended(follow_up: FollowUp) -> None:
    if follow_up.state != FollowUp.State.TO_DO:
        raise CannotDo(gettext("This follow-up has already been dealt with."))


@action("casework.measure_outcomes", needs=Right.WORK)
def measure_outcomes(
    case: Case, *, point: int, answers: Mapping[str, str], evidence: Mapping[str, str] | None = None,
    on: date | None = None,
) -> Case:  # fmt: skip
    """Answers at one fixed point, {question: answer}; "not known" is an answer. A second time corrects the first."""
    for question, answer in answers.items():
        Outcome.objects.update_or_create(
            organisation_id=case.organisation_id, person_id=case.person_id, case=case, round=case.round, point=point,
            question=question,
            defaults={
                "answer": answer, "evidence": (evidence or {}).get(question, ""),
                "measured_on": on or timezone.localdate(), "by_id": current_actor().id,
            },
        )  # fmt: skip
    note(point=point, answers=len(answers))
    return case
