"""What the members of the demo did just now: by real actions, so that the log and the histories have it."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.utils import timezone

from throughgate.access import actions as access
from throughgate.access.acting import acting_as
from throughgate.access.middleware import actor_of
from throughgate.access.models import Member
from throughgate.casework import actions as casework
from throughgate.casework.models import Case, FollowUp, Need, Step
from throughgate.codelists.actions import add_term
from throughgate.core.dates import PartialDate
from throughgate.core.names import Convention
from throughgate.core.names.rendering import Language, written
from throughgate.custody import actions as custody
from throughgate.custody.models import CustodyEvent, Standing
from throughgate.people import actions as people
from throughgate.people.models import Name, Person
from throughgate.site.demo import texts
from throughgate.site.demo.stories import DAY
from throughgate.site.demo.support import Staff
from throughgate.vault import unlocking
from throughgate.vault.keyring import unlocked
from throughgate.vault.sealing import KeyPair

Pairs = Mapping[UUID, KeyPair]
TWICE = 5  # people whom the coordinator of each organisation enters once more
RUSSIAN = re.compile("[ищъ]")


def act(staff: Staff, pairs: Pairs, *, seed: str, today: datetime.date) -> None:
    """A short working day of an organisation."""
    day = _Day(random.Random(seed), today)  # noqa: S311 (nothing to be guessed)
    doings: dict[str, Callable[[Member], None]] = {
        "case_worker": day.case_worker,
        "peer_worker": day.peer_worker,
        "dispatcher": day.case_worker,
        "monitor": day.monitor,
        "coordinator": day.coordinator,
        "security_officer": day.security_officer,
    }
    for role, do in doings.items():
        for member in staff.by_role.get(role, []):
            with at_work(member, pairs[member.id]):
                do(member)


@contextmanager
def at_work(member: Member, pair: KeyPair) -> Iterator[None]:
    """Everything inside is done by this member, with the keys they hold."""
    actor = actor_of(member)
    assert actor is not None
    with acting_as(actor), unlocked(unlocking.keyring_of(member.id, pair)):
        yield


class _Day:
    def __init__(self, rng: random.Random, today: datetime.date) -> None:
        self.rng = rng
        self.today = today

    def _some(self, rows: Any, count: int) -> list[Any]:
        """The same rows for the same seed: chosen by their place, because ids differ every time."""
        found = list(rows)
        return self.rng.sample(found, min(count, len(found)))

    # Roles ----------------------------------------------------------------------------------------------------------

    def case_worker(self, member: Member) -> None:
        self._tasks(member)
        mine = Case.objects.filter(lead=member, state="open").select_related("person").order_by("id")
        self._keep_in_touch(mine)
        due = FollowUp.objects.filter(state="to_do", due_on__lte=self.today, case__in=mine).select_related(
            "case", "person"
        )
        for row in self._some(due.order_by("id"), 1):
            casework.record_contact(
                row.person, at=timezone.now(), channel="phone", follow_up=row, minutes=20, note=texts.CONTACT[0][0]
            )
        for step in self._some(Step.objects.undone().due_by(self.today).filter(case__in=mine).order_by("id"), 3):
            casework.do_step(step, on=self.today)
        for need in self._some(Need.objects.filter(case__in=mine, state="identified").order_by("id"), 2):
            casework.change_need(need, state="in_work", text=texts.UPDATE[0][0])
        self._correct_birth(mine)
        self._move_a_date(mine)

    def peer_worker(self, member: Member) -> None:
        self._tasks(member)
        self._keep_in_touch(Case.objects.filter(state="open").select_related("person").order_by("id"))

    def monitor(self, _member: Member) -> None:
        imprisoned = Standing.objects.imprisoned().select_related("person").order_by("id")
        for row in self._some(imprisoned, 5):
            kind = self.rng.choice(("letters_blocked", "punishment_cell", "illness_reported"))
            custody.record_event(
                row.person, kind=kind, on=PartialDate.from_date(self.today - self.rng.randint(0, 3) * DAY),
                source_kind="family", reliability="b", credibility="2",
            )  # fmt: skip
        for row in self._some(imprisoned, 2):
            custody.assess_status(row.person, scheme="WGAD", code="II", by=texts.ASSESSED_BY[0])
        for event in self._some(CustodyEvent.objects.filter(kind="detained", hour=None).order_by("id"), 2):
            custody.amend_event(event, reason="Удакладнілі родныя", hour=datetime.time(6, 40))

    def coordinator(self, member: Member) -> None:
        self._tasks(member)
        add_term("contact_channel", en="Through the parish", be="Праз парафію", ru="Через приход")
        add_term(
            "need_kind",
            en="A place for the piano",
            be="Месца для піяніна",
            ru="Место для пианино",
            pathway="accommodation",
        )
        for case in self._some(Case.objects.filter(state="proposed").order_by("id"), 1):
            casework.accept_case(case, lead=member)
        self._enter_twice()
        for person in self._some(Person.objects.kept().order_by("reference"), 2):
            people.add_consent(
                person,
                purpose="keep_record",
                how="spoken",
                given=PartialDate.from_date(self.today),
                compartments=["identity"],
            )

    def security_officer(self, _member: Member) -> None:
        access.invite("Новы Калега (прыклад)", roles=["peer_worker"])

    # What they do ---------------------------------------------------------------------------------------------------

    def _enter_twice(self) -> None:
        """Somebody did not search first, and wrote the names as passports do: pairs to review."""
        known = Name.objects.filter(preferred=True, person__erased_at=None).select_related("person")
        for name in self._some(known.order_by("person__reference"), TWICE):
            born = name.person.birth_date
            language: Language = "ru" if RUSSIAN.search(name.whole) else "be"
            surname, given = (written(part, Convention.PASSPORT_2008, language) for part in (name.surname, name.given))
            people.add_person(names=[{"surname": surname, "given": given}], birth_date=born, sex=name.person.sex)

    def _tasks(self, member: Member) -> None:
        for offset in (-4, -1, 0, 0, 2, 6, 20):
            casework.add_task(
                self.rng.choice(texts.TASKS)[0], assignee=member, due_on=self.today + offset * DAY,
                urgency="today" if offset <= 0 else "week",
            )  # fmt: skip

    def _keep_in_touch(self, cases: Any) -> None:
        for case in self._some(cases, 3):
            casework.record_contact(
                case.person, at=timezone.now(), channel="signal", case=case, minutes=15,
                note=self.rng.choice(texts.CONTACT)[0],
            )  # fmt: skip

    def _correct_birth(self, cases: Any) -> None:
        """A correction with its reason, for the history of the person."""
        for case in self._some(cases, 2):
            birth = case.person.birth_date
            if isinstance(birth, PartialDate):
                better = PartialDate(birth.year, birth.month or 5, min(28, (birth.day or 3) + 1))
                people.amend_person(case.person, reason="Паводле пашпарта", birth_date=better)

    def _move_a_date(self, cases: Any) -> None:
        """The institution names another day: what hangs on it follows."""
        waiting = Standing.objects.held().filter(
            working_on__gt=self.today + 40 * DAY, person__in=cases.values("person")
        )
        for row in self._some(waiting.select_related("person").order_by("id"), 1):
            custody.tell_release_date(
                row.person, type="told_by_facility", on=PartialDate.from_date(row.working_on - 6 * DAY),
                certainty="likely", told_on=self.today,
            )  # fmt: skip
