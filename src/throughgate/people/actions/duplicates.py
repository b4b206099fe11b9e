"""What somebody says of two people who look alike."""

from __future__ import annotations

from throughgate.access.acting import current_member
from throughgate.access.acts import action, note
from throughgate.people.actions.merging import both_now
from throughgate.people.models import Person, Says, Verdict
from throughgate.people.rights import Right


@action("people.judge", needs=Right.WRITE)
def judge(person: Person, *, other: Person, says: str) -> Verdict:
    """Remember whether two people are one; a later verdict takes the place of an earlier one.

    Raises `CannotDo` for one and the same, and for data that were destroyed or merged before.
    """
    one, two = sorted(both_now(person, other), key=lambda row: row.id)
    told = {"says": Says(says), "by": current_member().member}
    verdict: Verdict
    verdict, _new = Verdict.objects.update_or_create(
        one=one, other=two, defaults=told, create_defaults={**told, "organisation_id": person.organisation_id}
    )
    note(other=other.id.hex, says=says)
    return verdict


@action("people.take_back_verdict", needs=Right.WRITE)
def take_back_verdict(verdict: Verdict) -> Person:
    """Ask again about these two."""
    note(other=verdict.other_id.hex, says=verdict.says)
    person = Person.objects.get(id=verdict.one_id)
    verdict.delete()
    return person
