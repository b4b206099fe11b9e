"""Which column says what: by a known layout, by the heading, and where that fails by the content."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from throughgate.core.lists.mapping.content import has_patronymics, look, share_like
from throughgate.core.lists.mapping.profiles import Profile, recognise
from throughgate.core.lists.mapping.targets import Target
from throughgate.core.lists.messages import Message, say
from throughgate.core.lists.reading.sheet import Cell, Row
from throughgate.core.lists.words import known_headings, plain

SURE = 0.8  # a proposal from here on needs no second look
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """`target` None: the column is kept as a note. `score` 0 to 1. `why`: a sentence for the person."""

    target: Target | None
    score: float
    why: Message


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Heading -> proposal, in the order of the columns; `profile` when a known layout was met."""

    columns: Mapping[str, Proposal]
    profile: Profile | None = None

    def target(self, heading: str) -> Target | None:
        proposal = self.columns.get(heading)
        return proposal.target if proposal else None

    def headings(self, target: Target) -> list[str]:
        """The columns that are read into the target."""
        return [heading for heading, proposal in self.columns.items() if proposal.target == target]

    def unsure(self) -> list[str]:
        """The columns a person should look at."""
        return [heading for heading, one in self.columns.items() if one.target is None or one.score < SURE]

    def chosen(self, choices: Mapping[str, Target | None]) -> "ColumnMapping":
        """The same with a person's choices, which are not questioned."""
        changed = {heading: Proposal(target, 1.0, say("why_chosen")) for heading, target in choices.items()}
        return ColumnMapping(MappingProxyType({**self.columns, **changed}), self.profile)

    def as_profile(self, name: str) -> Profile:
        """To remember the mapping by."""
        return Profile(name, {heading: proposal.target for heading, proposal in self.columns.items()})


def propose(
    headings: Sequence[str], sample: Sequence[Row] = (), *, this_year: int, saved: Iterable[Profile] = ()
) -> ColumnMapping:
    """A target for each column. `sample`: rows below the headings, the first two hundred are looked at.

    `saved`: profiles of the organisation, tried before the built-in ones.
    """
    profile = recognise(headings, saved)
    columns = _columns(sample, len(headings))
    proposals = [
        _propose_one(heading, cells, profile, this_year) for heading, cells in zip(headings, columns, strict=True)
    ]
    proposals = _settle(headings, proposals, columns, this_year)
    return ColumnMapping(MappingProxyType(dict(zip(headings, proposals, strict=True))), profile)


def _columns(sample: Sequence[Row], width: int) -> list[list[Cell]]:
    return [[row.cells[column] for row in sample[:_SAMPLE]] for column in range(width)]


def _propose_one(heading: str, cells: Sequence[Cell], profile: Profile | None, this_year: int) -> Proposal:
    if profile is not None and profile.knows(heading):
        return Proposal(profile.target(heading), 1.0, say("why_profile"))
    by_heading = _by_heading(heading)
    if by_heading is not None and by_heading.target is not None:
        # The content may cast doubt on a heading, never replace it.
        likeness = share_like(cells, by_heading.target, this_year=this_year)
        score = by_heading.score * (0.5 + likeness / 2 if likeness < 0.5 else 1)
        return Proposal(by_heading.target, round(score, 2), by_heading.why)
    target, share = look(cells, this_year=this_year)
    if target is None and has_patronymics(cells):
        target, share = Target.PATRONYMIC, 0.6
    if target is not None:
        return Proposal(target, round(share * 0.7, 2), say("why_content", share=round(share * 100)))
    return Proposal(None, 0.0, say("why_unknown"))


def _by_heading(heading: str) -> Proposal | None:
    known = known_headings()
    words = plain(heading)
    if words in known:
        return Proposal(Target(known[words]), 1.0, say("why_same"))
    # "Prison (place and number)", "Дата нараджэння (дд.мм.гггг)": what stands in brackets explains.
    without_brackets = plain(heading.split("(", maxsplit=1)[0].split("/", maxsplit=1)[0])
    if without_brackets in known:
        return Proposal(Target(known[without_brackets]), 0.95, say("why_same"))
    # "ФИО заключённого": a known heading with an addition.
    begun = max((one for one in known if len(one) >= 5 and words.startswith(f"{one} ")), key=len, default="")
    if begun:
        return Proposal(Target(known[begun]), 0.85, say("why_alike", heading=begun))
    best, score = "", 0.0
    for other in known:
        likeness = _likeness(words, other)
        if likeness > score:
            best, score = other, likeness
    if score < 0.6:
        return None
    return Proposal(Target(known[best]), round(score * 0.9, 2), say("why_alike", heading=best))


def _likeness(words: str, other: str) -> float:
    """Words shared, endings and small slips forgiven; 0 to 1."""
    mine, theirs = words.split(), other.split()
    if not mine or not theirs:
        return 0.0
    matched = sum(max(_word_likeness(word, one) for one in mine) for word in theirs if len(word) > 1)
    long_enough = [word for word in theirs if len(word) > 1]
    if not long_enough:
        return 0.0
    covered = matched / len(long_enough)
    surplus = max(0, len(mine) - len(theirs))
    return covered - 0.08 * surplus - (0.1 if len(long_enough) == 1 and surplus else 0)


def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 4:
        return 0.0
    ratio = difflib.SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= 0.8 else 0.0


def _settle(
    headings: Sequence[str], proposals: list[Proposal], columns: Sequence[Sequence[Cell]], this_year: int
) -> list[Proposal]:
    """One column for each target that takes one; the best keeps it, the left-most among equals."""
    settled = _split_names(proposals)
    for target in Target:
        rivals = [index for index, one in enumerate(settled) if one.target == target]
        if len(rivals) < 2 or target.several:
            continue
        best = max(
            rivals,
            key=lambda index: (
                settled[index].score,
                share_like(columns[index], target, this_year=this_year),
                sum(cell != "" for cell in columns[index]) > 0,
                -index,
            ),
        )
        for index in rivals:
            if index != best:
                settled[index] = Proposal(None, 0.0, say("why_taken", heading=headings[best]))
    return settled


def _split_names(proposals: list[Proposal]) -> list[Proposal]:
    """ "Name" beside "Surname" is the given name."""
    targets = {one.target for one in proposals}
    if Target.SURNAME in targets and Target.GIVEN not in targets:
        return [Proposal(Target.GIVEN, one.score, one.why) if one.target == Target.NAME else one for one in proposals]
    if Target.GIVEN in targets and Target.SURNAME not in targets and Target.NAME not in targets:
        # "Імя" alone, with no surname anywhere, is the whole name.
        return [Proposal(Target.NAME, one.score, one.why) if one.target == Target.GIVEN else one for one in proposals]
    return proposals
