"""What happened to people who do not exist: events, charges, sentences and dates, as plain values.

A story is told around a life of `core.lists.invent`. The first people of an organisation get a `Wish` each, so that
every list of the product has somebody on it on any day; the rest live by chance.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field, replace
from functools import cache

from throughgate.core.dates import PartialDate, Term
from throughgate.core.geo import Institution, institutions
from throughgate.core.lists.invent import InventedLife, InventedPerson, invent_life
from throughgate.site.demo.texts import NOTES

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Happening:
    """One report. `place` is the code of an institution, `source` who told it."""

    kind: str
    on: PartialDate
    place: str = ""
    days: int | None = None
    source: str = ""
    hour: datetime.time | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Charged:
    article: str
    part: str
    on: datetime.date
    stage: str
    outcome: str = ""
    code: str = "criminal"


@dataclass(frozen=True, slots=True)
class Told:
    """A release date somebody gives; of type "computed" where it is to be computed."""

    type: str
    on: PartialDate
    certainty: str
    told_on: datetime.date


@dataclass(frozen=True, slots=True)
class Sitting:
    kind: str
    on: PartialDate
    hour: datetime.time | None = None


@dataclass
class Story:
    """`ended` is the last release; `state` one of free, held, home, abroad, dead, untouched (never in custody)."""

    person: InventedPerson
    language: str
    state: str = "free"
    happened: list[Happening] = field(default_factory=list)
    charged: list[Charged] = field(default_factory=list)
    sentences: list[dict[str, object]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)
    recognised: datetime.date | None = None
    due: datetime.date | None = None
    ended: datetime.date | None = None
    arrived: datetime.date | None = None

    @property
    def begun(self) -> datetime.date | None:
        return min((one.on.earliest for one in self.happened), default=None)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a list needs somebody for: `kind` of story and how many days from today."""

    kind: str
    days: int = 0


# By kind of story, how many days ago or ahead.
_WISHED: dict[str, tuple[int, ...]] = {
    "due": (11, -9, 40, 150, 4, 85, 210, -45, 0, 18, 60, 110, 27, 175, 260, 320, 400, 700),
    "left": (3, 31, 92, 183, 14, 362, 1, 5, 29, 60, 88, 150, 178, 250, 368, 500, 728, 1000),
    "court": (2, 5, 0, 9, 20, 34),
    "silent": (95, 35, 210, 65, 140),
    "abroad": (45, 2, 200),
    "again": (40, 6, 120),
    "arrest": (5, 1, 9),
    "relative": (30, 3, 90),
    "no_date": (100, 300),
    "died": (200,),
}
# One of each kind in turn, so that a small organisation has some of everything.
WISHES = tuple(
    Wish(kind, days[turn])
    for turn in range(max(len(days) for days in _WISHED.values()))
    for kind, days in _WISHED.items()
    if turn < len(days)
)
MONTH = 30.44
# What happens to how many of those who serve in a colony.
PRESSED = (("punishment_cell", 0.35), ("pkt", 0.08), ("violator_label", 0.2), ("illness_reported", 0.12))


def tell(rng: random.Random, number: int, today: datetime.date) -> Story:
    """The story of the person with this number in an organisation."""
    life = invent_life(rng, today=today)
    wish = WISHES[number] if number < len(WISHES) else _by_chance(rng)
    return Teller(rng, today, life).tell(wish)


def _by_chance(rng: random.Random) -> Wish:
    kind = rng.choices(("life", "arrests", "arrest", "relative", "again", "abroad", "late"), (74, 12, 1, 4, 3, 3, 3))[0]
    return Wish(kind, rng.randint(1, 400) if kind != "arrest" else rng.randint(1, 12))


class Teller:
    """Tells one story. Nothing it tells lies in the future but hearings and dates of release."""

    def __init__(self, rng: random.Random, today: datetime.date, life: InventedLife) -> None:
        self.rng = rng
        self.today = today
        self.life = life
        self.story = Story(life.person, "be" if rng.random() < 0.72 else "ru")

    def tell(self, wish: Wish) -> Story:
        getattr(self, f"_{wish.kind}")(wish.days)
        self._disagree()
        self.story.happened.sort(key=lambda one: one.on)
        return self.story

    # Kinds of stories ---------------------------------------------------------------------------------------------

    def _life(self, _days: int) -> None:
        self._through(self.life)

    def _late(self, days: int) -> None:
        """The date has passed and nobody knows of a release."""
        self._due(-(days % 60) - 1)

    def _due(self, days: int) -> None:
        until = self.today + days * DAY
        self._through(self._serving(until, at_least=300 if days < 300 else days + 200))

    def _no_date(self, days: int) -> None:
        served = replace(self._serving(self.today + days * DAY, at_least=400), kind="compulsory_treatment", term=None)
        self._through(replace(served, until=None, regime="", place=_place(self.rng, "SIZO", self.life.person.sex)))

    def _left(self, days: int) -> None:
        left = self.today - days * DAY
        self._through(replace(self._serving(left, at_least=240), state="released", released=left, place=None))

    def _silent(self, days: int) -> None:
        self._through(self._serving(self.today + 400 * DAY, at_least=days + 260), silent=days)

    def _court(self, days: int) -> None:
        detained = self.today - self.rng.randint(60, 200) * DAY
        self._through(replace(self.life, detained=detained, state="awaiting", verdict=None, until=None, released=None))
        self.story.sittings.append(Sitting("trial", _exact(self.today + days * DAY), datetime.time(10, 30)))

    def _again(self, days: int) -> None:
        """Released, and taken again."""
        taken = self.today - days * DAY
        self._left(days + self.rng.randint(40, 200))
        self._add("redetained", taken, source="family", note=self._note("detained"))
        self._add("remanded", taken + 4 * DAY, place=self._remand(), source="lawyer")
        self.story.charged.append(Charged("361-4", "1", taken + 6 * DAY, "charged"))
        self.story.state, self.story.ended = "held", None

    def _abroad(self, days: int) -> None:
        """Taken to the border, or gone soon after the release."""
        left = self.today - days * DAY
        served = replace(self._serving(left, at_least=240), state="released", released=left, place=None)
        self._through(served, told_end=False)
        self._add("expelled" if self.rng.random() < 0.7 else "exchanged", left, source="media")
        self.story.state, self.story.ended, self.story.arrived = "abroad", left, left

    def _died(self, days: int) -> None:
        died = self.today - days * DAY
        self._through(replace(self._serving(self.today + 600 * DAY, at_least=days + 500), state="died", died=died))

    def _relative(self, days: int) -> None:
        """Never held; under pressure because of somebody who is."""
        self.story.state = "untouched"
        for past in (days, days + 40):
            if self.rng.random() < 0.6:
                kind = self.rng.choice(("summoned_questioned", "searched"))
                self._add(kind, self.today - past * DAY, source="person", note=self._note("pressure"))

    def _arrest(self, days: int) -> None:
        """In administrative arrest today."""
        self._one_arrest(self.today - days * DAY, max(15, days + 2) if days < 13 else 15, ongoing=True)
        self.story.state = "held"

    def _arrests(self, _days: int) -> None:
        """Held for days, once or several times, and never charged with a crime."""
        for year in self.rng.sample(range(6), self.rng.choices((1, 2, 3), (70, 20, 10))[0]):
            day = self.today - (year * 365 + self.rng.randint(40, 320)) * DAY
            self._one_arrest(day, self.rng.choice((5, 7, 10, 15, 15)))

    def _one_arrest(self, day: datetime.date, length: int, *, ongoing: bool = False) -> None:
        place = self.rng.choice(("CIP-MINSK", "IVS-MINSK", "T-8", ""))
        hour = datetime.time(self.rng.randint(7, 22), self.rng.choice((0, 15, 30)))
        self._add("detained_administrative", day, place=place, source="family", hour=hour)
        self._add("administrative_arrest", day + DAY, place=place, days=length, source="court")
        self.story.charged.append(
            Charged(self.rng.choice(("24.23", "19.11", "24.3")), "", day + DAY, "decided", "", "administrative")
        )
        end = day + length * DAY
        if not ongoing:
            self._add("released_from_administrative", end, source=self.rng.choice(("person", "family")))
            self.story.ended = max(self.story.ended or end, end)

    # One way through custody --------------------------------------------------------------------------------------

    def _serving(self, until: datetime.date, *, at_least: int) -> InventedLife:
        """Somebody whose term ends on that day, held for at least so many days by then or by today."""
        rng = self.rng
        months = rng.randint(int(at_least / MONTH) + 1, int(at_least / MONTH) + 20) // 6 * 6 + 6
        kind = rng.choices(("deprivation_colony", "restriction_open"), (80, 20))[0]
        detained = until - datetime.timedelta(days=round(months * MONTH)) + DAY
        latest = min(until, self.today) - 120 * DAY
        verdict = min(detained + datetime.timedelta(days=rng.randint(70, 200)), latest)
        return replace(
            self.life,
            detained=detained,
            state="serving",
            verdict=verdict,
            kind=kind,
            term=Term(months=months).normalized(),
            regime=rng.choice(("general", "general", "reinforced")) if kind == "deprivation_colony" else "",
            place=_place(rng, "IK" if kind == "deprivation_colony" else "IUOT", self.life.person.sex),
            until=until,
            released=None,
            died=None,
            fine=None,
        )

    def _through(self, life: InventedLife, *, silent: int = 0, told_end: bool = True) -> None:
        self.story.state = {"awaiting": "held", "serving": "held", "home": "home", "died": "dead"}.get(
            life.state, "free"
        )
        last = min(day for day in (self.today, life.released, life.died) if day is not None)
        self._before_court(life, last)
        if life.verdict is not None and life.verdict <= last:
            self._judged(life, last)
            self._served(life, last, silent)
        if told_end:
            self._end(life)
        if life.recognised and life.detained + 40 * DAY < self.today:
            self.story.recognised = life.detained + 40 * DAY

    def _before_court(self, life: InventedLife, last: datetime.date) -> None:
        rng, day = self.rng, life.detained
        coarse = rng.random() < 0.08
        if rng.random() < 0.2:
            self._add("detained_administrative", day, place="IVS-MINSK", source="family")
            self._add("administrative_arrest", day + DAY, place="CIP-MINSK", days=15, source="court")
        else:
            hour = datetime.time(rng.randint(5, 21), rng.choice((0, 10, 30))) if rng.random() < 0.4 else None
            on = PartialDate(day.year, day.month) if coarse else _exact(day)
            source = rng.choice(("family", "media", "family", "observer"))
            self.story.happened.append(
                Happening("detained", on, "", None, source, None if coarse else hour, self._note("detained"))
            )
        remand = self._remand()
        charged = min(day + rng.randint(9, 16) * DAY, last)
        self._add("remanded", min(day + rng.randint(3, 15) * DAY, last), place=remand, source="lawyer")
        self._add("charged", charged, source="lawyer")
        outcome = "convicted" if life.verdict is not None and life.kind else ""
        stage = "decided" if outcome else "charged"
        for article, part in life.articles:
            self.story.charged.append(Charged(article.number, str(part or ""), charged, stage, outcome))
        until = min(life.verdict or last, last)
        if (until - day).days > 75:
            self._add("remand_extended", day + 60 * DAY, source="lawyer")
        self._heard(day + 30 * DAY, until, every=(30, 80))

    def _judged(self, life: InventedLife, last: datetime.date) -> None:
        rng, verdict = self.rng, life.verdict
        assert verdict is not None
        self._add("trial_start", max(life.detained + 20 * DAY, verdict - rng.randint(4, 20) * DAY), source="observer")
        judged = {
            "restriction_open": "sentenced_restriction_open",
            "restriction_home": "sentenced_restriction_home",
            "fine": "sentenced_non_custodial",
            "compulsory_treatment": "forced_treatment_ordered",
        }.get(life.kind, "sentenced")
        # Whoever is sent to an open institution travels there alone: the judgment says where.
        place = life.place.code if life.kind == "restriction_open" and life.place else ""
        self._add(judged, verdict, place=place, source="court", note=self._note("judged"))
        self.story.sittings.append(Sitting("judgment", _exact(verdict), datetime.time(14)))
        force = min(verdict + rng.randint(12, 70) * DAY, last)
        if (force - verdict).days > 30:
            self._add("appealed", verdict + 8 * DAY, source="lawyer")
            self._add("appeal_decided", force, source="court")
            self.story.sittings.append(Sitting("appeal", _exact(force)))
        self._add("sentence_in_force", force, source="court")
        self._sentence(life, verdict, force)

    def _sentence(self, life: InventedLife, verdict: datetime.date, force: datetime.date) -> None:
        kind = {
            "deprivation_colony": "imprisonment",
            "deprivation_prison": "imprisonment",
            "arrest_criminal": "criminal_arrest",
        }.get(life.kind, life.kind)
        if kind not in ("imprisonment", "criminal_arrest", "restriction_open", "restriction_home", "fine"):
            return
        term = life.term or Term()
        facts: dict[str, object] = {
            "kind": kind,
            "regime": life.regime or ("prison" if life.kind == "deprivation_prison" else ""),
            "category": self.rng.choice(("less_grave", "less_grave", "grave")),
            "years": term.years or None,
            "months": term.months or None,
            "judgment_on": _exact(verdict),
            "in_force_on": force,
        }
        if kind.startswith("restriction"):
            facts["starts_on"] = life.detained  # time in remand is counted into it by the demo's courts
            facts["credit_days"] = 0
        self.story.sentences.append(facts)
        if life.until is not None:
            self._dates(life.until, verdict, force)

    def _dates(self, until: datetime.date, verdict: datetime.date, force: datetime.date) -> None:
        """Who says when it ends: the institution, a calculation, the family, a rumour; sometimes nobody."""
        rng, told_on = self.rng, min(force + 30 * DAY, self.today)
        self.story.due = until
        soon = until - self.today < 90 * DAY
        chance = rng.random()
        if soon or chance < 0.45:
            passed = until < self.today
            certainty = "past_no_release" if passed and rng.random() < 0.5 else rng.choice(("certain", "likely"))
            self._date("told_by_facility", until, certainty, told_on)
        elif chance < 0.75:
            self._date("computed", until, "possible", told_on)
        elif chance < 0.92:
            on = PartialDate(until.year, until.month) if rng.random() < 0.5 else _exact(until)
            self.story.told.append(Told("told_by_person", on, "likely", told_on))
        if until - self.today > 200 * DAY and rng.random() < 0.22:
            earlier = self.today + rng.randint(20, 190) * DAY
            kind = rng.choice(("parole", "replacement", "amnesty", "pardon"))
            self._date(kind, earlier, rng.choice(("likely", "likely", "possible")), max(told_on, self.today - 20 * DAY))
        if rng.random() < 0.08:
            about = self.today + rng.randint(30, 300) * DAY
            rumour = PartialDate(about.year, about.month, about=True)
            self.story.told.append(Told("rumoured", rumour, "doubtful", told_on))

    def _date(self, kind: str, day: datetime.date, certainty: str, told_on: datetime.date) -> None:
        self.story.told.append(Told(kind, _exact(day), certainty, told_on))

    def _served(self, life: InventedLife, last: datetime.date, silent: int) -> None:
        rng, verdict = self.rng, life.verdict
        if verdict is None or life.kind in ("fine", "restriction_home"):
            return
        arrived = verdict + rng.randint(75, 110) * DAY
        place = life.place.code if life.place else ""
        if not place and life.kind == "deprivation_colony":
            place = _place(rng, "IK", life.person.sex).code
        if arrived < last and life.kind != "restriction_open":
            self._add("arrived_at_facility", arrived, place=place, source=rng.choice(("family", "person", "lawyer")))
        heard_until = self.today - silent * DAY if silent else last
        self._heard(max(arrived, verdict) + 20 * DAY, min(last, heard_until), every=(50, 190))
        if life.kind.startswith("deprivation"):
            self._pressed(arrived + 40 * DAY, last)
        if silent:
            self._add("letters_blocked", self.today - silent * DAY // 2, source="family")

    def _pressed(self, first: datetime.date, last: datetime.date) -> None:
        """Punishment cell, cell-type room, prison regime, health."""
        rng, span = self.rng, (last - first).days
        if span < 10:
            return
        for kind, share in PRESSED:
            if rng.random() < share:
                days = rng.choice((5, 10, 15)) if kind == "punishment_cell" else None
                self._add(kind, first + rng.randint(0, span) * DAY, days=days, source="cellmate", note=self._note(kind))
        if rng.random() < 0.04:
            self._add("prison_regime", first + rng.randint(0, span) * DAY, place="T-4", source="court")

    def _heard(self, first: datetime.date, last: datetime.date, *, every: tuple[int, int]) -> None:
        signs = ("letter_received", "letter_received", "parcel_accepted", "visit_short", "lawyer_visit", "phone_call")
        day = first
        for _ in range(6):
            if day >= last:
                return
            self._add(self.rng.choice(signs), day, source=self.rng.choice(("family", "family", "lawyer")))
            day += self.rng.randint(*every) * DAY

    def _end(self, life: InventedLife) -> None:
        rng = self.rng
        if life.died is not None and life.state == "died":
            self._add("died", life.died, source="family")
        elif life.state == "released" and life.released is not None:
            if life.kind != "fine":
                early = life.until is not None and life.released < life.until - 10 * DAY
                kind = rng.choice(("parole_granted", "pardoned")) if early else "released"
                self._add(kind, life.released, source=rng.choice(("person", "family", "observer")))
                if rng.random() < 0.25:
                    self._add("preventive_register_set", life.released + 9 * DAY, source="person")
                if rng.random() < 0.12 and life.released + 50 * DAY < self.today:
                    self._add("left_country", life.released + 50 * DAY, source="person")
                    self.story.state, self.story.arrived = "abroad", life.released + 50 * DAY
            self.story.ended = life.released

    # Small parts --------------------------------------------------------------------------------------------------

    def _add(
        self, kind: str, day: datetime.date, *, place: str = "", days: int | None = None, source: str = "",
        hour: datetime.time | None = None, note: str = "",
    ) -> None:  # fmt: skip
        if day <= self.today:
            self.story.happened.append(Happening(kind, _exact(day), place, days, source, hour, note))

    def _disagree(self) -> None:
        """A few have a second report that says otherwise."""
        placed = [one for one in self.story.happened if one.kind in ("remanded", "arrived_at_facility") and one.place]
        if placed and self.rng.random() < 0.05:
            first = self.rng.choice(placed)
            other = _place(self.rng, first.place.split("-")[0], self.story.person.sex).code
            if other != first.place:
                self.story.happened.append(replace(first, place=other, source="media", note=self._note("doubt")))

    def _remand(self) -> str:
        return self.rng.choice(("SIZO-1", "SIZO-1", "SIZO-2", "SIZO-3", "SIZO-6", "SIZO-7", "T-8", "T-1", "SIZO-KGB"))

    def _note(self, about: str) -> str:
        if self.rng.random() > 0.3:
            return ""
        return self.rng.choice(NOTES[about])[0 if self.story.language == "be" else 1]


@cache
def _places(kind: str, women: bool) -> tuple[Institution, ...]:
    found = [one for one in institutions() if one.kind == kind and one.status.startswith(("active", "unknown"))]
    fitting = [one for one in found if kind != "IK" or (one.holds == "women") == women]
    return tuple(fitting or found)


def _place(rng: random.Random, kind: str, sex: str) -> Institution:
    return rng.choice(_places(kind if _places(kind, women=False) else "SIZO", women=sex == "female"))


def _exact(day: datetime.date) -> PartialDate:
    return PartialDate.from_date(day)
