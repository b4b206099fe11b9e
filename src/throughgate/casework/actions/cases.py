"""Opening, leading, pausing, closing, reopening."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import current_actor, our_organisation
from throughgate.access.actions import assign, unassign
from throughgate.access.acts import CannotDo, action, amend_row, note
from throughgate.access.models import Member
from throughgate.casework.actions.anchors import follow_anchors, release_day
from throughgate.casework.actions.contacts import schedule_follow_ups
from throughgate.casework.actions.readiness import count_readiness
from throughgate.casework.models import ACTIVE, UNDONE, UNMET, Case, CaseChange, Need, State, Step, TeamMember
from throughgate.casework.rights import Right
from throughgate.people.models import Person


@action("casework.propose_case", needs=Right.WORK)
def propose_case(person: Person, *, kind: str, text: str = "", on: date | None = None) -> Case:
    """Say that somebody should be supported; whoever may open cases decides."""
    case = _new_case(person, kind, State.PROPOSED, text, on)
    count_readiness(person)
    return case


@action("casework.open_case", needs=Right.OPEN)
def open_case(
    person: Person, *, kind: str, lead: Member | None = None, text: str = "", intake_on: date | None = None,
    on: date | None = None,
) -> Case:  # fmt: skip
    """Open a case led by *lead*, with the seven follow-ups on its schedule."""
    case = _new_case(person, kind, State.OPEN, text, on, lead=lead, intake_on=intake_on)
    _begin(case)
    return case


def _new_case(person: Person, kind: str, state: State, text: str, on: date | None, **facts: Any) -> Case:
    if Case.objects.about(person).filter(kind=kind, state__in=ACTIVE).exists():
        raise CannotDo(gettext("There already is a case of this kind for this person. Reopen or continue that one."))
    case = Case(organisation_id=our_organisation(), person=person, kind=kind, state=state, note=text, **facts)
    case.opened_on = (on or timezone.localdate()) if state == State.OPEN else None
    case.save(force_insert=True)
    _remember(case, "", on)
    note(kind=kind)
    return case


def _begin(case: Case) -> None:
    if case.lead_id is not None:
        assign(case.lead_id, case.person_id)
    schedule_follow_ups(case)
    count_readiness(case.person)


def _remember(
    case: Case, before: str, on: date | None, reason: tuple[str, str] = ("", ""), text: str = ""
) -> None:  # fmt: skip
    CaseChange(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, before=before, after=case.state,
        on=on or timezone.localdate(), reason_list=reason[0], reason=reason[1], by_id=current_actor().id, note=text,
    ).save(force_insert=True)  # fmt: skip


def _go(
    case: Case, after: State, *, only: Collection[State], on: date | None, reason: tuple[str, str] = ("", ""),
    text: str = "", **facts: Any,
) -> None:  # fmt: skip
    """To another state, if it is *only* in one of these now, setting *facts* on the way."""
    if case.state not in only:
        refusal = gettext("A case that is “%(before)s” cannot become “%(after)s”.")
        raise CannotDo(refusal % {"before": State(case.state).label, "after": after.label})
    before, case.state = case.state, after
    for name, value in facts.items():
        setattr(case, name, value)
    case.save(update_fields=["state", *facts])
    _remember(case, before, on, reason, text)


@action("casework.accept_case", needs=Right.OPEN)
def accept_case(case: Case, *, lead: Member | None = None, on: date | None = None) -> Case:
    """Open a case that was proposed."""
    _go(case, State.OPEN, only=[State.PROPOSED], on=on, opened_on=on or timezone.localdate(), lead=lead)
    _begin(case)
    return case


@action("casework.pause_case", needs=Right.OPEN)
def pause_case(case: Case, *, reason: str, text: str = "", on: date | None = None) -> Case:
    _go(
        case, State.PAUSED, only=[State.OPEN, State.REOPENED], on=on, reason=("case_pause_reason", reason), text=text
    )  # fmt: skip
    note(reason=reason)
    count_readiness(case.person)
    return case


@action("casework.resume_case", needs=Right.OPEN)
def resume_case(case: Case, *, on: date | None = None) -> Case:
    _go(case, State.OPEN, only=[State.PAUSED], on=on)
    count_readiness(case.person)
    return case


@action("casework.close_case", needs=Right.OPEN)
def close_case(case: Case, *, reason: str, text: str = "", on: date | None = None) -> Case:
    """Close with a reason. What is undone stays visible, and waits for nobody any more."""
    ended = on or timezone.localdate()
    _go(
        case, State.CLOSED, only=ACTIVE, on=on, reason=("closing_reason", reason), text=text,
        closed_on=ended, closing_reason=reason,
    )  # fmt: skip
    note(reason=reason)
    count_readiness(case.person)
    return case


@action("casework.reopen_case", needs=Right.OPEN)
def reopen_case(case: Case, *, reason: str, text: str = "", on: date | None = None) -> Case:
    """Take it up again, with a reason (the list ``reopening_reason``); dates are counted anew."""
    note(reason=reason)
    return reopen(case, reason=reason, text=text, on=on)


def reopen(case: Case, *, reason: str, text: str = "", on: date | None = None) -> Case:
    """The same inside another action, such as a return to custody."""
    if Case.objects.filter(person_id=case.person_id, kind=case.kind, state__in=ACTIVE).exists():
        raise CannotDo(gettext("There already is a case of this kind for this person. Reopen or continue that one."))
    _go(
        case, State.REOPENED, only=[State.CLOSED], on=on, reason=("reopening_reason", reason), text=text,
        closed_on=None, closing_reason="",
    )  # fmt: skip
    schedule_follow_ups(case)
    follow_anchors(case, release_day(case.person_id))
    count_readiness(case.person)
    return case


@action("casework.change_lead", needs=Right.OPEN)
def change_lead(case: Case, *, lead: Member, reason: str = "") -> Case:
    """Hand the case to another worker, with the steps and needs that waited for the former one."""
    former = case.lead_id
    if not case.is_active:
        raise CannotDo(gettext("This case is closed: reopen it first."))
    amend_row(case, reason=reason, changes={"lead": lead})
    assign(lead.id, case.person_id)
    if former and former != lead.id:
        _hand_over(case, former, lead, reason)
        _let_go(case.person_id, former)
    count_readiness(case.person)
    return case


def _hand_over(case: Case, former: UUID, lead: Member, reason: str) -> None:
    steps = Step.objects.filter(case=case, owner_id=former, state__in=UNDONE).update(owner=lead)
    needs = list(Need.objects.filter(case=case, owner_id=former, state__in=UNMET))
    for need in needs:
        amend_row(need, reason=reason, changes={"owner": lead})
    note(fields=["lead"], steps=steps, needs=len(needs))


def _let_go(person_id: UUID, member_id: UUID) -> None:
    """Who has no other part in the person's cases no longer sees the person through them."""
    in_team = TeamMember.objects.filter(person_id=person_id, member_id=member_id, until=None).exists()
    if not in_team and not Case.objects.filter(person_id=person_id, lead_id=member_id, state__in=ACTIVE).exists():
        unassign(member_id, person_id)


@action("casework.note_day", needs=Right.WORK)
def note_day(case: Case, *, reason: str = "", **days: Any) -> Case:
    """Set the day of the first talk (`intake_on`) or of arrival (`arrival_on`); what hangs on it follows."""
    amend_row(
        case, reason=reason, changes={name: day for name, day in days.items() if name in ("intake_on", "arrival_on")}
    )
    note(moved=follow_anchors(case, release_day(case.person_id)))
    count_readiness(case.person)
    return case


@action("casework.add_to_team", needs=Right.OPEN)
def add_to_team(case: Case, *, member: Member, function: str) -> TeamMember:
    row, _made = TeamMember.objects.get_or_create(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, member=member, function=function,
        until=None,
    )  # fmt: skip
    assign(member.id, case.person_id)
    note(function=function)
    return row  # type: ignore[no-any-return]  # the manager's own row


@action("casework.remove_from_team", needs=Right.OPEN)
def remove_from_team(row: TeamMember) -> TeamMember:
    """Who has no other part in it no longer sees the person."""
    row.until = timezone.localdate()
    row.save(update_fields=["until"])
    _let_go(row.person_id, row.member_id)
    return row


@action("casework.back_to_team", needs=Right.OPEN)
def back_to_team(row: TeamMember) -> TeamMember:
    """They were taken from the team by mistake."""
    row.until = None
    row.save(update_fields=["until"])
    assign(row.member_id, row.person_id)
    return row
