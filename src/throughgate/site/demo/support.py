"""Rows about support: a case with its team, needs, plan, day at the gate, contacts, follow-ups and outcomes."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone

from throughgate.access.models import Assignment, Member
from throughgate.casework.actions.anchors import FOLLOW_UP_DAYS, first_day, follow_up_day
from throughgate.casework.actions.needs import pathway_of, urgent_by_default
from throughgate.casework.actions.plans import lay_out, planned_step
from throughgate.casework.models import (
    UNMET,
    Case,
    CaseChange,
    Contact,
    FollowUp,
    GateMeeting,
    Need,
    NeedState,
    NeedUpdate,
    Outcome,
    PathwayReview,
    Plan,
    Step,
    StepState,
    Task,
    TeamMember,
)
from throughgate.core.vocab import common_need_kinds, need_kinds, vocabulary
from throughgate.custody.models import Standing
from throughgate.people.models import Person
from throughgate.site.demo import texts
from throughgate.site.demo.stories import DAY, Story

TEMPLATES = {
    "exile": ("exile_arrival",),
    "relative_under_pressure": ("relative_under_pressure",),
    "support_in_custody": ("political_prisoner",),
    "health_hiv": ("hiv_and_treatment_continuity",),
    "re_entry": ("re_entry_6_months", "re_entry_6_months", "political_prisoner"),
}
# A share of steps and needs that stay undone although their day has passed.
LATE = 0.05
POINTS = (0, 42, 90, 180, 365, 730, 1095)
QUESTIONS = (
    "outcome_housing", "outcome_documents", "outcome_income", "outcome_work_training", "outcome_health_care",
    "outcome_family_contact", "outcome_safety", "outcome_wellbeing", "outcome_back_in_custody",
)  # fmt: skip
REACHED_INSIDE = ("letter", "through_relative", "through_lawyer")
REACHED_OUTSIDE = ("phone", "signal", "in_person", "video_call")
MISSED = (
    ("no_contact_acceptable", ("ill", "work_or_study", "not_ready_to_talk")),
    ("no_contact_not_acceptable", ("no_answer", "did_not_come")),
    ("no_contact_logistics", ("worker_ill", "no_connection")),
)


@dataclass(frozen=True)
class Staff:
    """Who works in an organisation, by role; `roles` of each member."""

    by_role: dict[str, list[Member]]
    roles: dict[Any, tuple[str, ...]]

    @property
    def leads(self) -> list[Member]:
        """Those who lead cases."""
        workers = self.by_role.get("case_worker", []) + self.by_role.get("dispatcher", [])
        return workers or self.by_role.get("coordinator", [])


@dataclass
class Support:
    """The rows of one case, not saved, in the order in which they depend on each other."""

    case: Case
    rows: list[models.Model] = field(default_factory=list)
    workers: list[Member] = field(default_factory=list)


class Supporting:
    """Makes the support of one person."""

    def __init__(
        self, rng: random.Random, person: Person, story: Story, standing: Standing | None, staff: Staff,
        today: datetime.date,
    ) -> None:  # fmt: skip
        self.rng = rng
        self.person = person
        self.story = story
        self.staff = staff
        self.today = today
        self.release = first_day(standing.release) if standing is not None else None
        self.of: dict[str, Any] = {"organisation_id": person.organisation_id, "person": person}

    def wanted(self, share: float) -> bool:
        """Whether this person is supported: likelier near a release, on either side of it."""
        if self.release is None:
            return self.rng.random() < share / 2
        near = -1100 < (self.release - self.today).days < 420
        return self.rng.random() < (min(0.95, share * 1.6) if near else share / 3)

    def make(self, reference: str) -> Support:
        case = self._case(reference)
        made = Support(case, [case])
        made.rows += self._changes(case)
        if case.state == "proposed":
            return made
        made.workers, team = self._team(case)
        made.rows += team
        needs = self._needs(case)
        made.rows += needs
        made.rows += self._updates(needs)
        made.rows += self._reviews(case)
        made.rows += self._plan(case, needs, made.workers)
        made.rows += self._gate(case)
        made.rows += self._in_touch(case)
        made.rows += self._outcomes(case)
        made.rows += self._tasks(case)
        return made

    # The case -----------------------------------------------------------------------------------------------------

    def _case(self, reference: str) -> Case:
        rng, kind = self.rng, self._kind()
        opened = self._opened(kind)
        case = Case(
            **self.of, reference=reference, kind=kind, state=self._state(kind),
            note=texts.one_of(rng, texts.CASE, self.story.language),
        )  # fmt: skip
        if case.state == "proposed":
            return case
        case.lead = rng.choice(self.staff.leads)
        case.opened_on = opened
        case.intake_on = min(self.today, opened + rng.randint(0, 12) * DAY)
        case.arrival_on = self.story.arrived if kind == "exile" else None
        if case.state == "closed":
            case.closed_on = min(self.today, max(opened, self.story.ended or opened) + rng.randint(60, 400) * DAY)
            case.closing_reason = (
                "died" if self.story.state == "dead" else rng.choice(("goals_reached", "contact_lost"))
            )
        return case

    def _kind(self) -> str:
        if self.story.state == "untouched":
            return "relative_under_pressure"
        if self.story.state == "abroad":
            return "exile"
        if self.story.state == "held" and self.release is None:
            return self.rng.choice(("support_in_custody", "legal_defence"))
        return self.rng.choices(("re_entry", "health_hiv", "humanitarian_aid"), (90, 4, 6))[0]

    def _state(self, kind: str) -> str:
        long_ago = self.story.ended is not None and (self.today - self.story.ended).days > 400
        if self.story.state == "dead" or (long_ago and self.rng.random() < 0.6):
            return "closed"
        return self.rng.choices(("open", "paused", "proposed", "reopened"), (88, 4, 5, 3))[0]

    def _opened(self, kind: str) -> datetime.date:
        begun = self.story.begun or self.today - 200 * DAY
        if kind == "exile" and self.story.arrived is not None:
            return self.story.arrived
        near = (self.story.ended or self.today) - self.rng.randint(5, 220) * DAY
        return min(self.today, max(begun, near))

    def _changes(self, case: Case) -> Iterable[models.Model]:
        first = "proposed" if case.state == "proposed" else "open"
        on = case.opened_on or self.today - 3 * DAY
        yield CaseChange(**self.of, case=case, before="", after=first, on=on, by=case.lead)
        lists = {
            "closed": ("closing_reason", case.closing_reason),
            "paused": ("case_pause_reason", "no_contact"),
            "reopened": ("reopening_reason", "person_came_back"),
        }
        if case.state in lists:
            later = case.closed_on or min(self.today, on + 20 * DAY)
            if case.state == "reopened":
                yield CaseChange(
                    **self.of, case=case, before="open", after="closed", on=later, by=case.lead,
                    reason_list="closing_reason", reason="goals_reached",
                )  # fmt: skip
            yield CaseChange(
                **self.of, case=case, before="closed" if case.state == "reopened" else "open", after=case.state,
                on=later, by=case.lead, reason_list=lists[case.state][0], reason=lists[case.state][1],
            )  # fmt: skip

    def _team(self, case: Case) -> tuple[list[Member], list[models.Model]]:
        peers = self.staff.by_role.get("peer_worker", [])
        workers = [case.lead] if case.lead is not None else []
        rows: list[models.Model] = []
        if peers and self.rng.random() < 0.35:
            peer = self.rng.choice(peers)
            rows.append(
                TeamMember(**self.of, case=case, member=peer, function=self.rng.choice(("mentor", "gate_meeter")))
            )
            workers.append(peer)
        return workers, rows

    # What is needed -----------------------------------------------------------------------------------------------

    def _needs(self, case: Case) -> list[Need]:
        rng = self.rng
        kinds = [term.code for term in rng.sample(common_need_kinds(), rng.randint(2, 5))]
        kinds += [term.code for term in rng.sample(_all_kinds(), rng.randint(0, 2))]
        return [self._need(case, kind) for kind in dict.fromkeys(kinds)]

    def _need(self, case: Case, kind: str) -> Need:
        rng = self.rng
        assert case.opened_on is not None
        old = case.state == "closed" or (self.story.ended is not None and (self.today - self.story.ended).days > 120)
        weights = (4, 6, 78, 7, 5) if old else (32, 34, 28, 3, 3)
        need = Need(
            **self.of, case=case, kind=kind, pathway=pathway_of(kind), urgent=urgent_by_default(kind),
            severity=rng.choice(("mild", "moderate", "moderate", "serious", "critical")),
            state=rng.choices(NeedState.values, weights)[0],
            responsible=rng.choice(("us", "us", "us", "partner", "family", "prison", "state")),
            identified_on=min(self.today, case.opened_on + rng.randint(0, 30) * DAY),
        )  # fmt: skip
        if need.responsible == "us" and rng.random() < 0.75:
            need.owner = case.lead
        if rng.random() < 0.3:
            need.text = texts.one_of(rng, texts.NEED, self.story.language)
        return need

    def _updates(self, needs: Iterable[Need]) -> Iterable[models.Model]:
        for need in needs:
            of: dict[str, Any] = {**self.of, "need": need, "by": need.case.lead}
            yield NeedUpdate(**of, on=need.identified_on, state="identified")
            if need.state != NeedState.IDENTIFIED:
                on = min(self.today, need.identified_on + self.rng.randint(1, 60) * DAY)
                reason = {"declined": "solves_alone", "cannot_be_met": "no_money"}.get(need.state, "")
                note = texts.one_of(self.rng, texts.UPDATE, self.story.language) if self.rng.random() < 0.4 else None
                yield NeedUpdate(**of, on=on, state=need.state, reason=reason, note=note)

    def _reviews(self, case: Case) -> Iterable[models.Model]:
        if self.rng.random() < 0.3 and case.intake_on is not None:
            for pathway in self.rng.sample(_pathways(), 3):
                yield PathwayReview(
                    **self.of, case=case, pathway=pathway, on=case.intake_on, by=case.lead,
                    result=self.rng.choice(("need_found", "no_need_found", "no_need_found", "declined_to_answer")),
                )  # fmt: skip

    # What is planned ----------------------------------------------------------------------------------------------

    def _plan(self, case: Case, needs: list[Need], workers: list[Member]) -> Iterable[models.Model]:
        rng = self.rng
        choice = TEMPLATES.get(case.kind, ())
        if not choice or rng.random() < 0.12 or case.opened_on is None:
            return
        soon = self.release is not None and 0 <= (self.release - case.opened_on).days < 30
        template = "short_notice" if soon and case.kind == "re_entry" else rng.choice(choice)
        plan = Plan(**self.of, case=case, template=template, made_on=min(self.today, case.opened_on + 5 * DAY))
        if rng.random() < 0.2:
            plan.event_on = self.today - rng.randint(1, 60) * DAY
        yield plan
        owners = {role: worker.id for worker in reversed(workers) for role in self.staff.roles.get(worker.id, ())}
        open_needs = {need.kind: need.id for need in needs if need.state in UNMET}
        for planned in lay_out(plan, release=self.release):
            yield self._stepped(planned_step(plan, planned, owners, open_needs))

    def _stepped(self, step: Step) -> Step:
        rng, due = self.rng, step.due_on
        if due is None:
            return step
        late = (self.today - due).days
        if late < 0:
            step.state = StepState.IN_PROGRESS if late > -20 and rng.random() < 0.2 else StepState.TO_DO
            if rng.random() < 0.05:
                step.pinned, step.due_on = True, due + rng.randint(1, 6) * DAY
            return step
        chance = rng.random()
        if chance < (0.35 if late < 8 else LATE if late < 60 else 0):
            return step
        if chance > 0.94:
            step.state, step.skip_reason = StepState.SKIPPED, rng.choice(("not_needed", "done_by_other", "no_access"))
        else:
            step.state, step.done_on = StepState.DONE, min(self.today, due + rng.randint(-3, 4) * DAY)
        return step

    def _gate(self, case: Case) -> Iterable[models.Model]:
        if case.kind != "re_entry" or self.release is None:
            return
        days = (self.release - self.today).days
        if days > 120 or days < -400:
            return
        arranged = 0.95 if days < 0 else 0.75 if days < 30 else 0.35
        part, choice = GateMeeting.Part, self.rng
        parts = {
            name: choice.choice((part.ARRANGED, part.ARRANGED, part.NOT_NEEDED))
            if choice.random() < arranged
            else part.OPEN
            for name in GateMeeting.PARTS
        }
        gate = GateMeeting(**self.of, case=case, **parts, member=case.lead if choice.random() < 0.5 else None)
        if choice.random() < 0.6:
            gate.details = texts.one_of(choice, texts.GATE, self.story.language)
        yield gate

    # Keeping in touch ---------------------------------------------------------------------------------------------

    def _in_touch(self, case: Case) -> Iterable[models.Model]:
        for day in self._contact_days(case):
            yield self._contact(case, day)
        for offset in FOLLOW_UP_DAYS:
            yield from self._follow_up(case, offset)

    def _contact_days(self, case: Case) -> Iterable[datetime.date]:
        first, last = case.opened_on or self.today, case.closed_on or self.today
        span = (last - first).days
        return sorted(
            first + self.rng.randint(0, max(0, span)) * DAY for _ in range(min(5, self.rng.randint(0, 1 + span // 25)))
        )

    def _contact(self, case: Case, day: datetime.date, *, happened: bool | None = None) -> Contact:
        rng = self.rng
        held = self.story.state in ("held", "home") or (self.story.ended is not None and day < self.story.ended)
        at = datetime.datetime.combine(day, datetime.time(rng.randint(9, 18), rng.choice((0, 15, 30, 45))))
        contact = Contact(
            **self.of, case=case, at=timezone.make_aware(at), by=case.lead,
            channel=rng.choice(REACHED_INSIDE if held else REACHED_OUTSIDE),
            direction=rng.choice(("out", "out", "in")), with_whom=rng.choice(("mother", "spouse", "")) if held else "",
            happened=rng.random() < 0.88 if happened is None else happened,
        )  # fmt: skip
        if contact.happened:
            contact.minutes = rng.choice((10, 15, 20, 30, 45, 60))
            contact.consultation = rng.choice(_pathways()) if rng.random() < 0.3 else ""
            contact.note = texts.one_of(rng, texts.CONTACT, self.story.language)
        return contact

    def _follow_up(self, case: Case, offset: int) -> Iterable[models.Model]:
        rng = self.rng
        due = follow_up_day(case, offset, self.release)
        row = FollowUp(**self.of, case=case, offset_days=offset, due_on=due)
        late = (self.today - due).days if due is not None else -1
        if due is not None and (case.opened_on is None or due < case.opened_on):
            return
        waits = 0.4 if late < 12 else 0.05 if late < 40 else 0
        if due is not None and late >= 0 and case.state != "paused" and rng.random() > waits:
            if rng.random() < 0.78:
                contact = self._contact(case, min(self.today, due + rng.randint(0, 3) * DAY), happened=True)
                yield contact
                row.state, row.contact, row.done_on = FollowUp.State.DONE, contact, timezone.localdate(contact.at)
            else:
                why, reasons = rng.choice(MISSED)
                row.state, row.why, row.reason, row.done_on = FollowUp.State.MISSED, why, rng.choice(reasons), due
        yield row

    def _outcomes(self, case: Case) -> Iterable[models.Model]:
        start = self.story.arrived if case.kind == "exile" else self.story.ended
        if start is None or self.story.state == "dead":
            return
        for point in POINTS:
            on = start + (point + self.rng.randint(0, 10)) * DAY
            if on > (case.closed_on or self.today) or on < (case.opened_on or on) or self.rng.random() < 0.25:
                continue
            for question in QUESTIONS:
                if self.rng.random() < 0.85:
                    yield Outcome(
                        **self.of, case=case, point=point, question=question, measured_on=on, by=case.lead,
                        answer=self.rng.choice(_answers(question)),
                        evidence=self.rng.choice(("self_report", "self_report", "seen", "document")),
                    )  # fmt: skip

    def _tasks(self, case: Case) -> Iterable[models.Model]:
        if case.state in ("open", "reopened") and self.rng.random() < 0.3:
            due = self.today + self.rng.randint(-12, 25) * DAY
            done = due if due < self.today and self.rng.random() < 0.6 else None
            yield Task(
                **self.of, case=case, title=texts.one_of(self.rng, texts.TASKS, self.story.language), due_on=due,
                assignee=case.lead if self.rng.random() < 0.9 else None, by=case.lead, done_on=done,
                urgency=self.rng.choice(("today", "three_days", "week", "month", "")),
            )  # fmt: skip


def assignments(made: Iterable[Support]) -> list[Assignment]:
    """Who supports whom, so that a peer worker sees these people: of cases that are not closed."""
    pairs = {
        (worker.id, one.case.person_id): one.case.organisation_id
        for one in made
        for worker in one.workers
        if one.case.state != "closed"
    }
    return [
        Assignment(organisation_id=organisation_id, member_id=member_id, subject_id=person_id)
        for (member_id, person_id), organisation_id in pairs.items()
    ]


@cache
def _all_kinds() -> tuple[Any, ...]:
    return tuple(need_kinds())


@cache
def _pathways() -> tuple[str, ...]:
    return tuple(term.code for term in vocabulary("pathway"))


@cache
def _answers(question: str) -> tuple[str, ...]:
    """The answers of a question, the good ones likelier; "not known" among them."""
    codes = [term.code for term in vocabulary(question)]
    return (*codes[:3], *codes[:2], *codes)
