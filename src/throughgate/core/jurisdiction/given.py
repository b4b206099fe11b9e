"""What a calculation of a release date is given, and what it gives back: plain values."""

import datetime
from dataclasses import dataclass, field
from typing import Literal

from throughgate.core.dates import Term
from throughgate.core.jurisdiction.rules import Verified

CustodyKind = Literal["detention", "remand", "psychiatric", "house_arrest", "administrative_arrest"]
SentenceKind = Literal[
    "imprisonment",
    "criminal_arrest",
    "restriction_open",
    "restriction_home",
    "corrective_work",
    "community_work",
    "fine",
    "life",
    "death",
]
Regime = Literal["general", "reinforced", "strict", "special", "prison"]
Category = Literal["minor", "less_grave", "grave", "especially_grave"]
LineKind = Literal["start", "change", "note", "assumption"]
Value = str | int | datetime.date | Term

# Custody in full, from which a sentence can run on without a break.
FULL_CUSTODY: frozenset[CustodyKind] = frozenset({"detention", "remand", "psychiatric"})


@dataclass(frozen=True, slots=True)
class Custody:
    """A stay before the judgment is in force; both days count. No `end`: it ran on into it."""

    kind: CustodyKind
    start: datetime.date
    end: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("A stay in custody cannot end before it begins.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One punishment as the judgment sets it.

    `starts_on`: the day the judgment counts from (arrival or registration for restriction of
    liberty). `credit_days`: the credit in days of the punishment, if the judgment says it; then
    no ratio is computed. `last_day_told`: the last day told by the judgment or the institution,
    on `told_on`; it goes before any calculation. `final`: this term already holds all earlier
    ones. `replaced_days`: unserved days of restriction of liberty that this imprisonment
    replaces, instead of a term. `articles`: numbers such as "342", to find exclusions.
    """

    kind: SentenceKind
    term: Term | None = None
    regime: Regime | None = None
    starts_on: datetime.date | None = None
    in_force_on: datetime.date | None = None
    credit_days: int | None = None
    last_day_told: datetime.date | None = None
    told_on: datetime.date | None = None
    final: bool = False
    replaced_days: int | None = None
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reduction:
    """A cut of the term; only a granted one changes the date.

    `rule`: the id of the amnesty's rule; an amnesty without `term` takes the cut from it.
    """

    kind: Literal["amnesty", "pardon", "other"]
    term: Term | None = None
    on: datetime.date | None = None
    granted: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A new judgment while serving (article 411 and others), counted from its day.

    `final_term` is what the new judgment sets in the end. Failing that, `term` and the
    `unserved_days` of the old sentence it adds.
    """

    on: datetime.date
    term: Term | None = None
    unserved_days: int | None = None
    final_term: Term | None = None
    article: str = "411(1)"


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a calculation: what happened, under which rule, and the date after it.

    `days` is the change of the last day in days (negative: earlier). `code` and `params` make
    the sentence that `explain` writes; `kind` "note" changes nothing.
    """

    code: str
    rule: str | None = None
    kind: LineKind = "change"
    days: int = 0
    result: datetime.date | None = None
    params: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What must be known before there is a date; `rule` is the one that cannot be applied.

    Where `assumable`, passing `assumptions={rule: value}` answers it; `values` are the answers.
    """

    code: str
    rule: str | None = None
    values: tuple[str, ...] = ()
    params: tuple[tuple[str, Value], ...] = ()

    @property
    def assumable(self) -> bool:
        return bool(self.values)


@dataclass(frozen=True, slots=True)
class Computed:
    """The last day of the term, or None while `questions` are open or there is no last day.

    `verified` is the weakest mark among `rules` (`yes` where a told date needed none).
    `at` is the moment of release where days are counted by the hour.
    """

    last_day: datetime.date | None
    lines: tuple[Line, ...]
    rules: tuple[str, ...]
    verified: Verified
    questions: tuple[Question, ...] = ()
    at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The first day from which early release can be asked for; never a date of release."""

    ask_from: datetime.date | None
    lines: tuple[Line, ...]
    rules: tuple[str, ...]
    verified: Verified
    questions: tuple[Question, ...] = field(default=())
