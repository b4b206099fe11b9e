"""What colleagues did since one was last here, from the log: who, about whom, of what kind; never what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.access import log_words
from throughgate.access.acting import current_actor, current_member, our_organisation
from throughgate.access.models import LogEntry, LogHead, Member
from throughgate.casework.screens.due import Whose, my_people
from throughgate.kit import show
from throughgate.people.models import Person
from throughgate.people.models.person import assigned_to
from throughgate.people.naming import shown_names
from throughgate.people.screens import HISTORY

# The newest so many entries are looked through, however long somebody was away.
LOOKED_THROUGH = 5000
SHOWN = 10
FIRST_TIME = timedelta(days=7)


@dataclass
class Changed:
    """One person: what was done, how often, by whom, and when last."""

    person_id: UUID
    last: datetime
    kinds: dict[str, int] = field(default_factory=dict)
    actors: set[str] = field(default_factory=set)
    name: Any = ""
    url: str = ""
    what: str = ""
    who: str = ""


@dataclass(frozen=True)
class Changes:
    since: str
    people: list[Changed]
    more: int


def changes(whose: Whose) -> Changes:
    """At most `SHOWN` people, the latest change first. Five queries."""
    since = current_member().member.before_that_seen_at or timezone.now() - FIRST_TIME
    found: dict[UUID, Changed] = {}
    for person_id, kind, at, actor in _entries(whose, since):
        one = found.setdefault(person_id, Changed(person_id, at))
        one.kinds[kind] = one.kinds.get(kind, 0) + 1
        one.actors.add(actor)
    visible = Person.objects.kept().in_bulk(list(found)[: SHOWN * 2])
    shown = [one for one in found.values() if one.person_id in visible][:SHOWN]
    _dress(shown, visible)
    return Changes(_moment_words(since), shown, max(0, len(found) - len(shown)))


def _moment_words(when: datetime) -> str:
    local = timezone.localtime(when)
    return gettext("since %(day)s, %(hour)s") % {"day": show.date_words(local.date()), "hour": f"{local:%H:%M}"}


def _entries(whose: Whose, since: datetime) -> Any:
    """(person, kind, when, who) by others, the newest first."""
    actor = current_actor()
    head = LogHead.objects.filter(organisation_id=our_organisation()).values_list("number", flat=True).first() or 0
    rows = LogEntry.objects.filter(number__gt=head - LOOKED_THROUGH, at__gte=since, subject_id__isnull=False)
    rows = rows.filter(_rooms()).exclude(actor=actor.name)
    if actor.narrowed:
        rows = rows.filter(subject_id__in=assigned_to(actor))
    elif not whose.everybody:
        rows = rows.filter(subject_id__in=my_people())
    return rows.order_by("-number").values_list("subject_id", "kind", "at", "actor")


def _rooms() -> Q:
    """Entries of the rooms one has a right to look into; openings belong to no room."""
    allowed = Q(pk=None)
    for room, needs in HISTORY.items():
        if current_actor().has(needs):
            allowed |= Q(kind__startswith=f"{room}.")
    return allowed


def _dress(rows: list[Changed], people: dict[UUID, Person]) -> None:
    names = shown_names([row.person_id for row in rows])
    ids = {UUID(actor.partition(":")[2]) for row in rows for actor in row.actors if actor.startswith("member:")}
    members = {
        f"member:{key}": name for key, name in Member.objects.filter(id__in=ids).values_list("id", "display_name")
    }
    for row in rows:
        row.name = names.get(row.person_id) or show.lock()
        row.url = people[row.person_id].get_absolute_url()
        row.what = _in_words(row.kinds)
        row.who = ", ".join(sorted({str(members.get(actor, _("the system"))) for actor in row.actors}))


def _in_words(kinds: dict[str, int]) -> str:
    """Each kind once, with how often; kinds without words of their own together."""
    counted: Counter[str] = Counter()
    for kind, count in kinds.items():
        words = log_words.label(kind)
        counted[gettext("other changes") if words == kind else words] += count
    return ", ".join(f"{words} ({count})" if count > 1 else words for words, count in counted.items())
