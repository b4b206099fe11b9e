"""Nouns of this room, one file each."""

from throughgate.custody.models.dates import ReleaseDate
from throughgate.custody.models.events import CustodyEvent, SourceKind
from throughgate.custody.models.facilities import Allowed, Facility
from throughgate.custody.models.sentences import (
    Charge,
    Credit,
    Extension,
    Hearing,
    Reduction,
    Sentence,
)
from throughgate.custody.models.standing import Standing
from throughgate.custody.models.status import StatusAssessment

__all__ = [
    "Allowed",
    "Charge",
    "Credit",
    "CustodyEvent",
    "Extension",
    "Facility",
    "Hearing",
    "Reduction",
    "ReleaseDate",
    "Sentence",
    "SourceKind",
    "Standing",
    "StatusAssessment",
]
