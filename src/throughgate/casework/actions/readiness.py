"""How ready somebody is for the day of release, counted again whenever something it counts has changed."""

from __future__ import annotations

from django.utils import timezone

from throughgate.casework.models import (
    ACTIVE,
    UNDONE,
    Case,
    GateMeeting,
    Need,
    NeedState,
    Plan,
    Readiness,
    Step,
)
from throughgate.people.models import Person

# Needs whose being met or owned means that papers are seen to.
DOCUMENTS = "documents"
SEEN_TO = (NeedState.MET, NeedState.DECLINED)


def count_readiness(person: Person) -> Readiness:
    """Recount and keep. Five queries, whatever there is to count.

    A gap is each of: no plan, a need without an owner (once), documents, the first night, nobody who meets.
    """
    cases = Case.objects.about(person).filter(state__in=ACTIVE).select_related("lead").order_by("opened_on", "id")
    case = next((c for c in cases if c.kind == "re_entry"), None) or next(iter(cases), None)
    needs = list(Need.objects.about(person).values_list("pathway", "state", "responsible", "owner_id"))
    unmet = [need for need in needs if need[1] not in (*SEEN_TO, NeedState.CANNOT_BE_MET)]
    unowned = [need for need in unmet if need[3] is None and need[2] in ("", "us")]
    gate = GateMeeting.objects.about(person).order_by("-created_at").first()
    ready = Readiness(
        person=person,
        organisation_id=person.organisation_id,
        case=case,
        lead=case.lead if case else None,
        has_plan=Plan.objects.about(person).exists(),
        needs_unmet=len(unmet),
        needs_without_owner=len(unowned),
        documents=bool(needs) and not any(pathway == DOCUMENTS for pathway, *_rest in unmet),
        first_night=_settled(gate, "first_night"),
        met_at_gate=_settled(gate, "meets"),
        overdue=Step.objects.about(person).filter(state__in=UNDONE, due_on__lt=timezone.localdate()).count(),
    )
    ready.gaps = gaps(ready)
    ready.save()
    return ready


def _settled(gate: GateMeeting | None, part: str) -> bool:
    return gate is not None and getattr(gate, part) != GateMeeting.Part.OPEN


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
