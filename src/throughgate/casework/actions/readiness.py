"""How ready somebody is for the day of release, counted again whenever something it counts has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

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
    return _main(Case.objects.about(person).active().select_related("lead").order_by("opened_on", "id"))


def _main(cases: Iterable[Case]) -> Case | None:
    found = list(cases)
    return next((case for case in found if case.kind == "re_entry"), None) or next(iter(found), None)


@dataclass
class _Counted:
    """What the active cases of one person hold, in plain values."""

    cases: list[Case] = field(default_factory=list)
    needs: list[tuple[str, str, str, Any]] = field(default_factory=list)  # pathway, state, responsible, owner
    gates: list[GateMeeting] = field(default_factory=list)
    planned: bool = False
    overdue: int = 0


def count_readiness(person: Person) -> Readiness:
    """Recount what the active cases give, and keep it. Constant queries, whatever there is to count.

    A gap is each of: no plan, a need without an owner (once), documents, the first night, nobody who meets.
    """
    ready = _readiness(person, _count([person])[person.id])
    ready.save()
    return ready


def count_readiness_many(people: Sequence[Person]) -> None:
    """The same for many people of whom none was counted before: constant queries, one insertion."""
    counted = _count(people)
    Readiness.objects.bulk_create(_readiness(person, counted[person.id]) for person in people)


def _count(people: Sequence[Person]) -> dict[UUID, _Counted]:
    found = {person.id: _Counted() for person in people}
    active: Any = {"person__in": list(found), "case__state__in": ACTIVE}
    for case in Case.objects.filter(person__in=list(found)).active().select_related("lead").order_by("opened_on", "id"):
        found[case.person_id].cases.append(case)
    for person_id, *need in Need.objects.filter(**active).values_list(
        "person_id", "pathway", "state", "responsible", "owner_id"
    ):
        found[person_id].needs.append((need[0], need[1], need[2], need[3]))
    for gate in GateMeeting.objects.filter(**active):
        found[gate.person_id].gates.append(gate)
    for person_id in Plan.objects.filter(round=F("case__round"), **active).values_list("person_id", flat=True):
        found[person_id].planned = True
    late = Step.objects.undone().filter(due_on__lt=timezone.localdate(), **active)
    for person_id in late.values_list("person_id", flat=True):
        found[person_id].overdue += 1
    return found


def _readiness(person: Person, counted: _Counted) -> Readiness:
    case = _main(counted.cases)
    unmet = [need for need in counted.needs if need[1] in UNMET]
    ready = Readiness(
        person=person,
        organisation_id=person.organisation_id,
        case=case,
        lead=case.lead if case else None,
        has_plan=counted.planned,
        needs_unmet=len(unmet),
        needs_without_owner=len([need for need in unmet if need[3] is None and need[2] in ("", "us")]),
        documents=bool(counted.needs) and not any(pathway == DOCUMENTS for pathway, *_rest in unmet),
        first_night=_settled(counted.gates, "first_night"),
        met_at_gate=_settled(counted.gates, "meets"),
        overdue=counted.overdue,
    )
    ready.gaps = gaps(ready)
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
