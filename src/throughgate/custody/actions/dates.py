"""Release dates: told, computed, taken back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acts import CannotDo, action, note
from throughgate.codelists.codes import language
from throughgate.core.dates import PartialDate
from throughgate.core.jurisdiction import Computed, explain
from throughgate.custody.actions.standing import restate
from throughgate.custody.calculating import calculate
from throughgate.custody.lines import pack
from throughgate.custody.models import ReleaseDate
from throughgate.custody.rights import Right
from throughgate.people.models import Person

COMPUTED = "computed"


@action("custody.tell_release_date", needs=Right.WRITE)
def tell_release_date(
    person: Person,
    *,
    type: str,  # noqa: A002 (the field's name)
    on: PartialDate,
    certainty: str = "likely",
    told_on: datetime.date | None = None,
    source: str = "",
) -> ReleaseDate:
    """A date that somebody gives. It stands beside the others; which one to work by is chosen by precedence."""
    date = ReleaseDate(
        organisation_id=person.organisation_id,
        person=person,
        type=type,
        on=on,
        certainty=certainty,
        told_on=told_on or timezone.localdate(),
        source=source,
    )
    date.save(force_insert=True)
    note(type=type)
    restate(person)
    return date


@action("custody.compute_release_date", needs=Right.WRITE)
def compute_release_date(person: Person, *, assumptions: Mapping[str, str] | None = None) -> ReleaseDate:
    """Compute the end of the sentence and keep it with every line; an earlier computed date is withdrawn.

    *assumptions* answer what the rules leave open (see `core.jurisdiction.compute`). Raises `CannotDo` while
    something is missing; the text says what.
    """
    computed = calculate(person, assumptions)
    if computed.last_day is None:
        missing = [explain(question, language()) for question in computed.questions]
        raise CannotDo(" ".join(missing) or gettext("This punishment has no last day to compute."))
    ReleaseDate.objects.about(person).standing().filter(type=COMPUTED).update(withdrawn_at=timezone.now())
    date = computed_date(person, computed, computed.last_day, assumed=bool(assumptions))
    date.save(force_insert=True)
    note(verified=computed.verified, assumed=sorted(assumptions or {}))
    restate(person)
    return date


def computed_date(person: Person, computed: Computed, last_day: datetime.date, *, assumed: bool = False) -> ReleaseDate:
    """A calculation that came to a *last_day* as a row, not saved, with every line of it."""
    return ReleaseDate(
        organisation_id=person.organisation_id,
        person=person,
        type=COMPUTED,
        on=PartialDate.from_date(last_day),
        hour=computed.at.time() if computed.at else None,
        certainty="likely" if computed.verified == "yes" and not assumed else "possible",
        told_on=timezone.localdate(),
        lines=pack(computed.lines),
        rules=list(computed.rules),
        verified=computed.verified,
    )


@action("custody.withdraw_release_date", needs=Right.WRITE)
def withdraw_release_date(date: ReleaseDate) -> ReleaseDate:
    """It no longer stands; it stays readable."""
    return _stand(date, timezone.now())


@action("custody.give_back_release_date", needs=Right.WRITE)
def give_back_release_date(date: ReleaseDate) -> ReleaseDate:
    """Let a withdrawn date stand again."""
    return _stand(date, None)


def _stand(date: ReleaseDate, withdrawn_at: Any) -> ReleaseDate:
    date.withdrawn_at = withdrawn_at
    date.save(update_fields=["withdrawn_at"])
    restate(date.person)
    return date
