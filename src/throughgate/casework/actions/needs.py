"""Needs: found, given to somebody, worked on, met or not."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from throughgate.access.acting import current_actor
from throughgate.access.acts import action, amend_row, note
from throughgate.access.models import Member
from throughgate.casework.actions.readiness import count_readiness
from throughgate.casework.models import Case, Need, NeedState, NeedUpdate, PathwayReview
from throughgate.casework.rights import Right
from throughgate.codelists.codes import own_terms
from throughgate.core.vocab import vocabulary


def pathway_of(kind: str) -> str:
    """The pathway a kind of need belongs to, shipped or own."""
    shipped = vocabulary("need_kind").get(kind)
    if shipped is not None:
        return shipped.extra["pathway"]
    own = own_terms().get(("need_kind", kind))
    return own.pathway if own else ""


@action("casework.identify_need", needs=Right.WORK)
def identify_need(
    case: Case, *, kind: str, text: str = "", severity: str = "", responsible: str = "", owner: Member | None = None,
    urgent: bool = False, on: date | None = None,
) -> Need:  # fmt: skip
    need = Need(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, kind=kind, pathway=pathway_of(kind),
        text=text, severity=severity, responsible=responsible, owner=owner, urgent=urgent,
        identified_on=on or timezone.localdate(),
    )  # fmt: skip
    need.save(force_insert=True)
    _log(need, "", on)
    count_readiness(case.person)
    note(kind=kind)
    return need


@action("casework.change_need", needs=Right.WORK)
def change_need(need: Need, *, state: str, reason: str = "", text: str = "", on: date | None = None) -> Need:
    """A new state with a line in the need's log; *reason* is a code of the list that the state asks for."""
    note(before=need.state, after=state)
    need.state = NeedState(state)
    need.save(update_fields=["state"])
    _log(need, text, on, reason)
    count_readiness(need.person)
    return need


@action("casework.give_need", needs=Right.WORK)
def give_need(need: Need, *, owner: Member | None, responsible: str, reason: str = "") -> Need:
    """Say who answers for it: one of us, or a party outside."""
    amend_row(need, reason=reason, changes={"owner": owner, "responsible": responsible})
    count_readiness(need.person)
    return need


def _log(need: Need, text: str, on: date | None, reason: str = "") -> None:
    NeedUpdate(
        organisation_id=need.organisation_id, person_id=need.person_id, need=need, on=on or timezone.localdate(),
        state=need.state, reason=reason, by_id=current_actor().id, note=text,
    ).save(force_insert=True)  # fmt: skip


@action("casework.review_pathway", needs=Right.WORK)
def review_pathway(case: Case, *, pathway: str, result: str, on: date | None = None) -> PathwayReview:
    """Record that a pathway was looked at; the latest answer of a day stands."""
    row, _made = PathwayReview.objects.update_or_create(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, pathway=pathway,
        on=on or timezone.localdate(), defaults={"result": result, "by_id": current_actor().id},
    )  # fmt: skip
    return row  # type: ignore[no-any-return]  # the manager's own row
