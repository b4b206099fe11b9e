"""Layouts that are known: which heading means what. An organisation adds its own by saving a mapping."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from throughgate.core.lists.mapping.targets import Target
from throughgate.core.lists.messages import Message, data_rows, say
from throughgate.core.lists.words import plain

# So much of a profile's headings must be there, and so much of the file's headings be known to it.
_ENOUGH = 0.7


@dataclass(frozen=True, slots=True)
class Profile:
    """`columns`: heading as in the file -> target, or None for a column that is kept as a note."""

    name: str
    columns: Mapping[str, Target | None]

    def target(self, heading: str) -> Target | None:
        return self._plain().get(plain(heading))

    def knows(self, heading: str) -> bool:
        return plain(heading) in self._plain()

    def fit(self, headings: Sequence[str]) -> float:
        """0 to 1: how much of the profile and of the headings cover each other."""
        known = self._plain()
        there = {plain(heading) for heading in headings}
        if not known or not there:
            return 0.0
        common = len(known.keys() & there)
        return min(common / len(known), common / len(there))

    def as_data(self) -> dict[str, str]:
        """For storing: heading -> code of the target, "" for none."""
        return {heading: target or "" for heading, target in self.columns.items()}

    @classmethod
    def from_data(cls, name: str, columns: Mapping[str, str]) -> "Profile":
        """Of what was stored. A target that is no longer known becomes a note."""
        known = {target.value for target in Target}
        return cls(name, {heading: Target(code) if code in known else None for heading, code in columns.items()})

    def label(self) -> Message | None:
        """The name of a built-in profile in three languages; None for one somebody saved."""
        return say(f"profile_{self.name}") if self.name in {one.name for one in built_in_profiles()} else None

    def _plain(self) -> dict[str, Target | None]:
        return {plain(heading): target for heading, target in self.columns.items()}


@cache
def built_in_profiles() -> tuple[Profile, ...]:
    """The layout of the public list (evidence/standards 7): machine headings, and a page in be, ru, en.

    The machine headings are facts of that layout. The page headings are our own wording of the same columns,
    as the words of the page were not at hand; `propose` copes with others.
    """
    rows = data_rows("profiles.csv")
    return tuple(
        Profile(name, MappingProxyType({row[name]: Target(row["target"]) for row in rows}))
        for name in ("machine", "page_be", "page_ru", "page_en")
    )


def recognise(headings: Sequence[str], saved: Iterable[Profile] = ()) -> Profile | None:
    """The profile that fits the headings best, saved ones before built-in ones; None when none fits."""
    candidates = [*saved, *built_in_profiles()]
    fits = [(profile.fit(headings), -index) for index, profile in enumerate(candidates)]
    if not fits:
        return None
    best, index = max(fits)
    return candidates[-index] if best >= _ENOUGH else None
