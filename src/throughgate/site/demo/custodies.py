"""Rows about custody, from a story."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from throughgate.access.acts import CannotDo
from throughgate.core.dates import PartialDate
from throughgate.custody.actions.dates import computed_date
from throughgate.custody.calculating import Given, calculate_from
from throughgate.custody.models import (
    Charge,
    CustodyEvent,
    Facility,
    Hearing,
    ReleaseDate,
    Sentence,
    StatusAssessment,
)
from throughgate.people.models import Person
from throughgate.site.demo import texts
from throughgate.site.demo.stories import Happening, Story, Told

# How far each source is believed.
BELIEVED = {
    "court": ("a", "1"),
    "lawyer": ("b", "2"),
    "family": ("b", "2"),
    "person": ("b", "2"),
    "observer": ("b", "1"),
}
# Questions of the calculation that the demo's courts answer in this way.
ASSUMED = {"CRD-05": "not_excluded", "CRD-07": "up"}


@dataclass
class Held:
    """The rows of one person's custody, not saved."""

    events: list[CustodyEvent] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    dates: list[ReleaseDate] = field(default_factory=list)
    assessments: list[StatusAssessment] = field(default_factory=list)


def rows_of(rng: random.Random, person: Person, story: Story, facilities: Mapping[str, Facility]) -> Held:
    of: dict[str, object] = {"organisation_id": person.organisation_id, "person": person}
    court = texts.one_of(rng, texts.COURTS, story.language)
    held = Held(
        events=[_event(of, one, facilities) for one in story.happened],
        charges=[
            Charge(
                **of, code=one.code, article=one.article, part=one.part, stage=one.stage, outcome=one.outcome,
                charged_on=PartialDate.from_date(one.on),
            )
            for one in story.charged
        ],
        hearings=[Hearing(**of, kind=one.kind, on=one.on, hour=one.hour, court=court) for one in story.sittings],
        sentences=[Sentence(**of, **facts, court=court) for facts in story.sentences],
    )  # fmt: skip
    for told in story.told:
        date = _computed(person, held) if told.type == "computed" else _told(of, told)
        held.dates += [date] if date is not None else []
        if told.type == "told_by_facility" and held.sentences:
            held.sentences[-1].last_day_told, held.sentences[-1].told_on = told.on.as_date(), told.told_on
    if story.recognised is not None:
        held.assessments.append(
            StatusAssessment(
                **of, scheme="GUIDELINES-2013", code=rng.choice(("release", "release", "retrial")),
                start=PartialDate.from_date(story.recognised), by=texts.in_language(texts.ASSESSED_BY, story.language),
            )
        )  # fmt: skip
    return held


def _event(of: dict[str, object], one: Happening, facilities: Mapping[str, Facility]) -> CustodyEvent:
    reliability, credibility = BELIEVED.get(one.source, ("d", "3"))
    return CustodyEvent(
        **of, kind=one.kind, on=one.on, hour=one.hour, facility=facilities.get(one.place), days=one.days,
        source_kind=one.source, reliability=reliability, credibility=credibility, note=one.note or None,
    )  # fmt: skip


def _told(of: dict[str, object], told: Told) -> ReleaseDate:
    return ReleaseDate(**of, type=told.type, on=told.on, certainty=told.certainty, told_on=told.told_on)


def _computed(person: Person, held: Held) -> ReleaseDate | None:
    """What the calculator makes of the rows; None where it asks for more."""
    try:
        computed = calculate_from(Given(held.events, held.sentences, held.charges), ASSUMED)
    except CannotDo:
        return None
    if computed.last_day is None:
        return None
    return computed_date(person, computed, computed.last_day, assumed=True)
