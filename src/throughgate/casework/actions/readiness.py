"""How ready somebody is for the day of release, counted again whenever something it counts has changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone

from throughgate.casework.models import (
    ACTIVE,
    UNMET,
    Case,
    GateMeeting,
    Need,
    Plan,
    Readiness,
    Step,
)
from throughgate.people.models import Person

# The pathway whose needs being all dealt with means that papers are seen to.
DOCUMENTS = "documents"


def main_case(person: Person) -> Case | None:
    """The case that answers for the release: the re-entry case, else the one that was opened first."""
    cases = list(Case.objects.about(person).active().select_related("lead").order_by("opened_on", "id"))
    return next((case for case in cases if case.kind == "re_entry"), None) or next(iter(cases), None)


def count_readiness(person: Person) -> Readiness:
    """Recount what the active cases give, and keep it. Constant queries, whatever there is to count.

    A gap is each of: no plan, a need without an owner (once), documents, the first night, nobody who meets.
    """
    case = main_case(person)
    active: Any = {"person": person, "case__state__in": ACTIVE}
    needs = list(Need.objects.filter(**active).values_list("pathway", "state", "responsible", "owner_id"))
    unmet = [need for need in needs if need[1] in UNMET]
    gates = list(GateMeeting.objects.filter(**active))
    ready = Readiness(
        person=person,
        organisation_id=person.organisation_id,
        case=case,
        lead=case.lead if case else None,
        has_plan=Plan.objects.filter(round=F("case__round"), **active).exists(),
        needs_unmet=len(unmet),
        needs_without_owner=len([need for need in unmet if need[3] is None and need[2] in ("", "us")]),
        documents=bool(needs) and not any(pathway == DOCUMENTS for pathway, *_rest in unmet),
        first_night=_settled(gates, "first_night"),
        met_at_gate=_settled(gates, "meets"),
        overdue=Step.objects.undone().filter(due_on__lt=timezone.localdate(), **active).count(),
    )
    ready.gaps = gaps(ready)
    ready.save()
    return ready


def _settled(gates: Iterable[GateMeeting], part: str) -> bool:
    return any(getattr(gate, part) != GateMeeting.Part.OPEN for gate in gates)


def gaps(ready: Readiness) -> int:
    """How many of the five things that must stand before a release are missing."""
    missing = [
        not ready.has_plan,
        ready.needs_without_owner > 0,
        not ready.documents,
        not ready.first_night,
        not ready.met_at_gate,
    ]
    return sum(missing)
