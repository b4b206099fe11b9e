"""Opening, leading, pausing, closing, reopening."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import current_actor, our_organisation
from throughgate.access.actions import assign, unassign
from throughgate.access.acts import CannotDo, action, amend_row, note
from throughgate.access.models import Member
from throughgate.casework.actions.anchors import follow_anchors, release_day
from throughgate.casework.actions.contacts import schedule_follow_ups
from throughgate.casework.actions.readiness import count_readiness
from throughgate.casework.models import ACTIVE, Case, CaseChange, State, TeamMember
from throughgate.casework.rights import Right
from throughgate.people.models import Person

# Which state a case may go to from which; the codes of the list ``case_state``.
ALLOWED = {
    State.PROPOSED: {State.OPEN, State.CLOSED},
    State.OPEN: {State.PAUSED, State.CLOSED},
    State.REOPENED: {State.PAUSED, State.CLOSED},
    State.PAUSED: {State.OPEN, State.CLOSED},
    State.CLOSED: {State.REOPENED},
}


@action("casework.propose_case", needs=Right.WORK)
def propose_case(person: Person, *, kind: str, text: str = "", on: date | None = None) -> Case:
    """Say that somebody should be supported; whoever may open cases decides."""
    return _new_case(person, kind, State.PROPOSED, text, on)


@action("casework.open_case", needs=Right.OPEN)
def open_case(
    person: Person, *, kind: str, lead: Member | None = None, text: str = "", intake_on: date | None = None,
    on: date | None = None,
) -> Case:  # fmt: skip
    """Open a case led by *lead*, with the seven follow-ups after release on its schedule."""
    case = _new_case(person, kind, State.OPEN, text, on)
    case.lead, case.intake_on = lead, intake_on
    case.save(update_fields=["lead", "intake_on"])
    if lead is not None:
        assign(lead.id, person.id)
    schedule_follow_ups(case)
    count_readiness(person)
    return case


def _new_case(person: Person, kind: str, state: State, text: str, on: date | None) -> Case:
    if Case.objects.about(person).filter(kind=kind, state__in=ACTIVE).exists():
        raise CannotDo(gettext("There already is a case of this kind for this person. Reopen or continue that one."))
    case = Case(organisation_id=our_organisation(), person=person, kind=kind, state=state, note=text)
    case.opened_on = (on or timezone.localdate()) if state == State.OPEN else None
    case.save(force_insert=True)
    _remember(case, "", on)
    return case


def _remember(
    case: Case, before: str, on: date | None = None, reason: tuple[str, str] = ("", ""), text: str = ""
) -> None:
    CaseChange(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, before=before, after=case.state,
        on=on or timezone.localdate(), reason_list=reason[0], reason=reason[1], by_id=current_actor().id, note=text,
    ).save(force_insert=True)  # fmt: skip
    note(case=case.id.hex, before=before, after=str(case.state), reason=reason[1])


def _go(case: Case, state: State, *, on: date | None, reason: tuple[str, str] = ("", ""), text: str = "") -> Case:
    if state not in ALLOWED[State(case.state)]:
        refusal = gettext("A case that is “%(before)s” cannot become “%(after)s”.")
        raise CannotDo(refusal % {"before": State(case.state).label, "after": state.label})
    before, case.state = case.state, state
    case.save(update_fields=["state"])
    _remember(case, before, on, reason, text)
    count_readiness(case.person)
    return case


@action("casework.accept_case", needs=Right.OPEN)
def accept_case(case: Case, *, lead: Member | None = None, on: date | None = None) -> Case:
    """Open a case that was proposed."""
    _go(case, State.OPEN, on=on)
    case.opened_on, case.lead = on or timezone.localdate(), lead
    case.save(update_fields=["opened_on", "lead"])
    if lead is not None:
        assign(lead.id, case.person_id)
    schedule_follow_ups(case)
    return case


@action("casework.pause_case", needs=Right.OPEN)
def pause_case(case: Case, *, reason: str, text: str = "", on: date | None = None) -> Case:
    return _go(case, State.PAUSED, on=on, reason=("case_pause_reason", reason), text=text)


@action("casework.resume_case", needs=Right.OPEN)
def resume_case(case: Case, *, on: date | None = None) -> Case:
    return _go(case, State.OPEN, on=on)


@action("casework.close_case", needs=Right.OPEN)
def close_case(case: Case, *, reason: str, text: str = "", on: date | None = None) -> Case:
    """Close with a reason. What is undone stays visible, and waits for nobody any more."""
    _go(case, State.CLOSED, on=on, reason=("closing_reason", reason), text=text)
    case.closed_on, case.closing_reason = on or timezone.localdate(), reason
    case.save(update_fields=["closed_on", "closing_reason"])
    count_readiness(case.person)
    return case


@action("casework.reopen_case", needs=Right.OPEN)
def reopen_case(case: Case, *, reason: str, text: str = "", on: date | None = None) -> Case:
    """Take it up again, with a reason (the list ``reopening_reason``); dates are counted anew."""
    return reopen(case, reason=reason, text=text, on=on)


def reopen(case: Case, *, reason: str, text: str = "", on: date | None = None) -> Case:
    """The same inside another action, such as a return to custody."""
    _go(case, State.REOPENED, on=on, reason=("reopening_reason", reason), text=text)
    case.closed_on, case.closing_reason = None, ""
    case.save(update_fields=["closed_on", "closing_reason"])
    schedule_follow_ups(case)
    follow_anchors(case, release_day(case.person_id))
    count_readiness(case.person)
    return case


@action("casework.change_lead", needs=Right.OPEN)
def change_lead(case: Case, *, lead: Member, reason: str = "") -> Case:
    """Hand the case to another worker; the former one no longer sees the person through it."""
    former = case.lead_id
    amend_row(case, reason=reason, changes={"lead": lead})
    assign(lead.id, case.person_id)
    if former and former != lead.id:
        unassign(former, case.person_id)
    count_readiness(case.person)
    return case


@action("casework.note_day", needs=Right.WORK)
def note_day(case: Case, *, reason: str = "", **days: Any) -> Case:
    """Set the day of the first talk or of arrival; what hangs on it follows."""
    amend_row(
        case, reason=reason, changes={name: day for name, day in days.items() if name in ("intake_on", "arrival_on")}
    )
    note(moved=follow_anchors(case, release_day(case.person_id)))
    return case


@action("casework.add_to_team", needs=Right.OPEN)
def add_to_team(case: Case, *, member: Member, function: str) -> TeamMember:
    row, _made = TeamMember.objects.get_or_create(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, member=member, function=function,
        until=None,
    )  # fmt: skip
    assign(member.id, case.person_id)
    return row  # type: ignore[no-any-return]  # the manager's own row


@action("casework.remove_from_team", needs=Right.OPEN)
def remove_from_team(row: TeamMember) -> TeamMember:
    """Who has no other part in it no longer sees the person."""
    row.until = timezone.localdate()
    row.save(update_fields=["until"])
    still = TeamMember.objects.filter(person_id=row.person_id, member_id=row.member_id, until=None).exists()
    if not still and not Case.objects.filter(person_id=row.person_id, lead_id=row.member_id).exists():
        unassign(row.member_id, row.person_id)
    return row
