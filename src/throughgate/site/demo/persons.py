"""Rows about who somebody is: names, papers, ways to reach them, the people around, what they agreed to."""

from __future__ import annotations

import datetime
import random
from uuid import UUID

from django.db import models

from throughgate.core.dates import PartialDate
from throughgate.core.lists.invent import InventedName, invent_person
from throughgate.core.references import ALPHABET
from throughgate.people.finding import contact_hash, document_hash
from throughgate.people.models import (
    Consent,
    ConsentState,
    ContactPoint,
    HowGiven,
    IdentityDocument,
    Name,
    Person,
    Relationship,
    band_of,
)
from throughgate.site.demo import texts
from throughgate.site.demo.stories import DAY, Story

CATEGORIES = (
    "activist", "journalist", "student", "it_worker", "medic", "industrial_worker", "entrepreneur", "cultural_worker",
    "protest_participant", "elderly", "parent_small_children", "disabled", "young_adult", "trade_unionist",
    "first_time_prisoner", "repeated_prisoner", "foreign_citizen",
)  # fmt: skip
SEALED = ("former_security_officer", "volunteer_ukraine", "donor_to_funds", "social_media_comment")
RELATIONS = ("mother", "spouse", "sibling", "father", "child", "friend", "partner", "colleague")
RISKS = ("none_known", "none_known", "careful", "through_other", "never_name_us")


def draw_reference(rng: random.Random, used: set[str]) -> str:
    """A reference that nothing in *used* has; it is added there."""
    while True:
        drawn = "".join(rng.choices(ALPHABET, k=7))
        code = f"{drawn[:3]}-{drawn[3:]}"
        if code not in used:
            used.add(code)
            return code


def make_person(
    rng: random.Random, organisation_id: UUID, story: Story, reference: str, at: datetime.datetime
) -> Person:
    birth = _birth(rng, story)
    return Person(
        organisation_id=organisation_id,
        reference=reference,
        created_at=at,
        sex="f" if story.person.sex == "female" else "m",
        birth_date=birth,
        birth_band=band_of(birth),
        citizenships=rng.choices((["by"], ["by", "pl"], ["ru"], ["ua"], []), (90, 2, 3, 2, 3))[0],
        categories=sorted(rng.sample(CATEGORIES, rng.choices((0, 1, 2, 3), (20, 45, 25, 10))[0])),
        sealed_categories=[rng.choice(SEALED)] if rng.random() < 0.07 else None,
        language=story.language,
    )


def _birth(rng: random.Random, story: Story) -> PartialDate | None:
    """Known to the day, the month, the year, or roughly; now and then not at all."""
    whole, chance = story.person.birth, rng.random()
    if chance < 0.04:
        return None
    if chance < 0.14:
        return PartialDate(whole.year, about=chance < 0.07)
    return PartialDate(whole.year, whole.month) if chance < 0.19 else whole


def names(rng: random.Random, person: Person, story: Story) -> list[models.Model]:
    """The name in use, and how it is spelt in Russian, in the passport, or was before."""
    invented = story.person
    spelt: list[tuple[str, str, InventedName]] = [("current", story.language, invented.name(story.language))]
    if rng.random() < 0.55:
        other = "ru" if story.language == "be" else "be"
        spelt.append(("document", other, invented.name(other)))
    if rng.random() < 0.4:
        spelt.append(("document", "passport", invented.latin))
    if invented.sex == "female" and rng.random() < 0.12:
        maiden = invent_person(rng)
        surname = maiden.be.surname if story.language == "be" else maiden.ru.surname
        spelt.append(("birth", story.language, InventedName(surname, spelt[0][2].given, spelt[0][2].patronymic)))
    return [
        Name(
            **_of(person), kind=kind, script=script, preferred=place == 0,
            parts={part: value for part in ("surname", "given", "patronymic") if (value := getattr(name, part))},
        )
        for place, (kind, script, name) in enumerate(spelt)
    ]  # fmt: skip


def _of(person: Person) -> dict[str, object]:
    return {"organisation_id": person.organisation_id, "person": person}


def papers(rng: random.Random, person: Person, today: datetime.date) -> list[models.Model]:
    number = f"AA{rng.randint(0, 9_999_999):07}"
    issued = today - rng.randint(100, 3600) * DAY
    state = rng.choice(("held_by_person", "held_by_person", "held_by_authorities", "lost", "expired", "being_renewed"))
    missing = {"lost": "lost", "held_by_authorities": "held_by_facility", "expired": "expired"}.get(state, "")
    found: list[models.Model] = [
        IdentityDocument(
            **_of(person), kind=rng.choice(("passport", "passport", "id_card")), state=state, missing_reason=missing,
            issued=PartialDate.from_date(issued), expires=PartialDate.from_date(issued + 3652 * DAY), country="by",
            number=number, number_hash=document_hash(person.organisation_id, number),
        )
    ]  # fmt: skip
    if rng.random() < 0.25:
        kind = rng.choice(("driving", "work_book", "education", "birth"))
        found.append(IdentityDocument(**_of(person), kind=kind, state=rng.choice(("held_by_person", "lost"))))
    return found


def contact_points(rng: random.Random, person: Person, story: Story, today: datetime.date) -> list[models.Model]:
    """A telephone that cannot ring, and for some an account or an address."""
    number = f"+375 00 {rng.randint(0, 999):03} {rng.randint(0, 9999):04}"
    values = [(rng.choice(("phone", "signal", "viber", "telegram")), number)]
    if rng.random() < 0.35:
        values.append(("email", f"{person.reference.lower()}@example.org"))
    found: list[models.Model] = []
    for channel, value in values:
        point = ContactPoint(
            **_of(person), channel=channel, value=value, value_hash=contact_hash(person.organisation_id, value),
            whose=texts.one_of(rng, texts.WHOSE, story.language), risk=rng.choice(RISKS),
        )  # fmt: skip
        if rng.random() < 0.5:
            point.safe_times = texts.one_of(rng, texts.SAFE, story.language)
        point.never_mention_us = point.risk == "never_name_us"
        if rng.random() < 0.08:
            point.not_safe_since = PartialDate.from_date(today - rng.randint(5, 300) * DAY)
            point.not_safe_reason = rng.choice(("search", "phone_seized", "interrogation", "person_asked"))
        found.append(point)
    return found


def relationships(rng: random.Random, person: Person, story: Story, known: Person | None) -> list[models.Model]:
    """Somebody outside, and now and then somebody known here."""
    other = invent_person(rng)
    found: list[models.Model] = [
        Relationship(
            **_of(person),
            kind=rng.choice(RELATIONS),
            risk=rng.choice(RISKS),
            other_name=other.name(story.language).full,
        )
    ]
    if known is not None:
        found.append(Relationship(**_of(person), kind=rng.choice(("co_defendant", "friend", "sibling")), other=known))
    return found


def consents(
    rng: random.Random, person: Person, story: Story, since: datetime.date, today: datetime.date
) -> list[models.Model]:
    found: list[models.Model] = []
    for purpose in (
        "keep_record",
        "contact_me",
        *rng.sample(("follow_up", "referral", "health_record", "documentation"), 2),
    ):
        given = min(today, since + rng.randint(0, 40) * DAY)
        until = given + rng.choice((365, 1095)) * DAY
        consent = Consent(
            **_of(person), purpose=purpose, how=rng.choice(HowGiven.values), given=PartialDate.from_date(given),
            until=PartialDate.from_date(until) if rng.random() < 0.4 else None, compartments=["identity", "case"],
        )  # fmt: skip
        if purpose == "referral":
            consent.recipients = texts.in_language(texts.PARTNER, story.language)
        if rng.random() < 0.04 and consent.state(today) == ConsentState.IN_FORCE:
            consent.withdrawn = PartialDate.from_date(today - rng.randint(0, (today - given).days) * DAY)
            consent.withdrawal_reason = "no_reason_given"
        found.append(consent)
    return found
