"""What happened to people who do not exist: detention, charges, judgment, place, release."""

import datetime
import random
from dataclasses import dataclass, replace

from throughgate.core.dates import Term
from throughgate.core.geo import Institution, institutions
from throughgate.core.jurisdiction import Article, articles
from throughgate.core.lists.invent.people import InventedPerson, invent_person

# How often an article is met, by its number; any other of the table counts one. Invented proportions.
_FREQUENT = {"342": 30, "361-4": 14, "368": 12, "369": 10, "130": 10, "364": 5, "361-2": 5, "361-1": 4, "411": 2}
# (kind, weight, shortest and longest term in months, regime)
_KINDS = (
    ("deprivation_colony", 46, (10, 60), "general"),
    ("deprivation_colony", 14, (36, 156), "reinforced"),
    ("deprivation_colony", 2, (60, 180), "strict"),
    ("restriction_open", 12, (12, 48), ""),
    ("restriction_home", 16, (12, 36), ""),
    ("arrest_criminal", 3, (1, 3), ""),
    ("deprivation_prison", 1, (24, 36), ""),
    ("fine", 4, (0, 0), ""),
    ("compulsory_treatment", 2, (0, 0), ""),
)
_HELD_IN = {
    "deprivation_colony": ("IK",),
    "deprivation_prison": ("T",),
    "restriction_open": ("IUOT", "IKP"),
    "arrest_criminal": ("SIZO",),
    "compulsory_treatment": ("SIZO",),
}


@dataclass(frozen=True, slots=True)
class InventedLife:
    """`state`: awaiting (trial), serving, home (serves at home), released, died, unknown."""

    person: InventedPerson
    detained: datetime.date
    articles: tuple[tuple[Article, int | None], ...]
    state: str
    verdict: datetime.date | None = None
    kind: str = ""
    term: Term | None = None
    regime: str = ""
    fine: int | None = None
    place: Institution | None = None
    until: datetime.date | None = None
    released: datetime.date | None = None
    died: datetime.date | None = None
    recognised: bool = True


def invent_life(rng: random.Random, *, today: datetime.date, years: int = 6) -> InventedLife:
    """A life by chance: detained within the last `years`."""
    person = invent_person(rng, born=(today.year - 74, today.year - 19))
    detained = today - datetime.timedelta(days=rng.randint(10, years * 365))
    life = InventedLife(person, detained, _articles(rng), "awaiting", recognised=rng.random() < 0.8)
    verdict = detained + datetime.timedelta(days=rng.randint(60, 330))
    if verdict >= today:
        return replace(life, place=_place(rng, ("SIZO", "T"), person.sex))
    return _sentenced(rng, life, verdict, today)


def _sentenced(rng: random.Random, life: InventedLife, verdict: datetime.date, today: datetime.date) -> InventedLife:
    kind, _, (shortest, longest), regime = rng.choices(_KINDS, [weight for _, weight, _, _ in _KINDS])[0]
    months = _months(rng, shortest, longest)
    term = Term(months=months).normalized() if months else None
    life = replace(life, verdict=verdict, kind=kind, term=term, regime=regime)
    if kind == "fine" or rng.random() < 0.08:
        life = replace(life, fine=rng.choice((30, 50, 100, 150, 200, 300, 500)))
    if kind == "fine":
        return replace(life, state="released", released=verdict)
    until = term.after(life.detained) if term else None
    life = replace(life, until=until, state="home" if kind == "restriction_home" else "serving")
    early = rng.random() < 0.05
    if until is not None and (until < today or early):
        released = until if not early or until < today else today - datetime.timedelta(days=rng.randint(1, 300))
        return replace(life, state="released", released=max(released, verdict))
    if rng.random() < 0.003:
        return replace(life, state="died", died=verdict + (today - verdict) / 2)
    if kind in _HELD_IN:
        return replace(life, place=_place(rng, _HELD_IN[kind], life.person.sex))
    return life


def _months(rng: random.Random, shortest: int, longest: int) -> int:
    """Judges like halves of a year."""
    months = rng.randint(shortest, longest)
    return max(6, months // 6 * 6) if longest > 6 and rng.random() < 0.85 else months


def _articles(rng: random.Random) -> tuple[tuple[Article, int | None], ...]:
    table = [article for article in articles() if article.code == "criminal"]
    weights = [_FREQUENT.get(article.number, 1) for article in table]
    chosen: list[tuple[Article, int | None]] = []
    for _ in range(rng.choices((1, 2, 3, 5), (62, 24, 10, 4))[0]):
        article = rng.choices(table, weights)[0]
        if article not in [one for one, _ in chosen]:
            chosen.append((article, rng.choice((1, 1, 1, 2, 3)) if rng.random() < 0.7 else None))
    return tuple(chosen)


def _place(rng: random.Random, kinds: tuple[str, ...], sex: str) -> Institution:
    """An open one of the kind that holds such people; colonies for women are two."""
    open_ones = [one for one in institutions() if one.kind in kinds and one.status.startswith(("active", "unknown"))]
    fitting = [one for one in open_ones if (one.holds == "women") == (sex == "female")] if "IK" in kinds else open_ones
    return rng.choice([one for one in fitting if not one.holds.startswith("boys")] or open_ones)
