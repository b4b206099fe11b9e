"""What a study leaves without an answer, and why, so that it can be said in every language."""

from __future__ import annotations

from typing import NamedTuple

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.words import SENTENCES


class Refusal(EstimationError):
    """One of the SENTENCES says why; `values` stand in it."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(SENTENCES[sentence]["en"].format_map(values))
        self.sentence, self.values = sentence, tuple(values.items())


class Note(NamedTuple):
    """code: of a sentence; about: whom or what, by name; why: in English; sentence, values: the same in any language"""

    code: str
    about: str
    why: str = ""
    sentence: str = ""
    values: tuple[tuple[str, object], ...] = ()


def refused(error: EstimationError, about: str = "") -> Note:
    """The note of an error."""
    if isinstance(error, Refusal):
        return Note("refused", about, str(error), error.sentence, error.values)
    return Note("refused", about, str(error))
