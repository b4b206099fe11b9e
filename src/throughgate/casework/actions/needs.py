"""Needs: found, given to somebody, worked on, met or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import current_actor
from throughgate.access.acts import CannotDo, action, amend_row, note
from throughgate.casework.actions.readiness import count_readiness
from throughgate.casework.models import UNDONE, UNMET, Case, Need, NeedState, NeedUpdate, PathwayReview, Step
from throughgate.casework.rights import Right
from throughgate.codelists.codes import own_terms
from throughgate.core.vocab import vocabulary

# The list from which a state takes its reason; the other states need none.
REASONS = {NeedState.DECLINED: "need_declined_reason", NeedState.CANNOT_BE_MET: "cannot_be_met_reason"}


def pathway_of(kind: str) -> str:
    """The pathway a kind of need belongs to, shipped or own."""
    shipped = vocabulary("need_kind").get(kind)
    if shipped is not None:
        return shipped.extra["pathway"]
    own = own_terms().get(("need_kind", kind))
    return own.pathway if own else ""


def urgent_by_default(kind: str) -> bool:
    shipped = vocabulary("need_kind").get(kind)
    return shipped is not None and shipped.extra["urgent_by_default"] == "1"


@action("casework.identify_need", needs=Right.WORK)
def identify_need(case: Case, *, kind: str, on: date | None = None, **facts: Any) -> Need:
    """*facts* are text, severity, responsible, owner, urgent; without the last, as the kind usually is."""
    need = _identify(case, kind, on, facts)
    count_readiness(case.person)
    note(kind=kind)
    return need


@action("casework.identify_needs", needs=Right.WORK)
def identify_needs(case: Case, *, kinds: Iterable[str], on: date | None = None, **facts: Any) -> list[Need]:
    """Several at once; *facts* are the same for all (see `identify_need`)."""
    needs = [_identify(case, kind, on, facts) for kind in dict.fromkeys(kinds)]
    count_readiness(case.person)
    note(kinds=[need.kind for need in needs])
    return needs


def _identify(case: Case, kind: str, on: date | None, facts: dict[str, Any]) -> Need:
    if Need.objects.filter(case=case, kind=kind, state__in=UNMET).exists():
        raise CannotDo(gettext("This need is already there and not met yet."))
    urgent = facts.get("urgent")
    need = Need(
        organisation_id=case.organisation_id, person_id=case.person_id, case=case, kind=kind, pathway=pathway_of(kind),
        identified_on=on or timezone.localdate(),
        **{**facts, "urgent": urgent_by_default(kind) if urgent is None else urgent},
    )  # fmt: skip
    need.save(force_insert=True)
    _log(need, "", on)
    # Steps of the plan that serve this kind of need now lead to it.
    Step.objects.filter(case=case, need_kind=kind, need=None, state__in=UNDONE).update(need=need)
    return need


@action("casework.change_need", needs=Right.WORK)
def change_need(need: Need, *, state: str, reason: str = "", text: str = "", on: date | None = None) -> Need:
    """A new state with a line in the need's log; *reason* is a code of the list that the state asks for."""
    asked = REASONS.get(NeedState(state))
    if asked and not reason:
        raise CannotDo(gettext("Say why: choose a reason."))
    note(before=need.state, after=state)
    need.state = NeedState(state)
    need.save(update_fields=["state"])
    _log(need, text, on, reason if asked else "")
    count_readiness(need.person)
    return need


@action("casework.give_need", needs=Right.WORK)
def give_need(need: Need, *, reason: str = "", **facts: Any) -> Need:
    """Say who answers for it (owner, responsible), how bad it is (severity, urgent), or tell it otherwise (text)."""
    amend_row(need, reason=reason, changes=facts)
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
    note(pathway=pathway, result=result)
    return row  # type: ignore[no-any-return]  # the manager's own row


@action("casework.undo_review", needs=Right.WORK)
def undo_review(review: PathwayReview) -> Case:
    """The answer about a pathway was given by mistake."""
    case: Case = review.case
    note(pathway=review.pathway)
    review.delete()
    return case
