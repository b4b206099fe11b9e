"""What casework does when two records of one person are merged, or taken apart again."""

from __future__ import annotations

from throughgate.casework.actions.anchors import follow_anchors, release_day
from throughgate.casework.actions.readiness import count_readiness
from throughgate.casework.models import ACTIVE, Case, Readiness
from throughgate.people.models import Person


def merged(person: Person, other: Person) -> None:
    """Steps hang on the release of whoever the case is about now; what is still open is counted again."""
    _settle(person)
    if other.merged_into_id is None:
        _settle(other)
    else:
        Readiness.objects.filter(person=other).delete()


def _settle(person: Person) -> None:
    for case in Case.objects.about(person).filter(state__in=ACTIVE):
        follow_anchors(case, release_day(person.id))
    count_readiness(person)
