"""Nouns of this room, one file each."""

from throughgate.custody.models.dates import ReleaseDate
from throughgate.custody.models.events import CustodyEvent, SourceKind
from throughgate.custody.models.facilities import Allowed, Facility
from throughgate.custody.models.sentences import (
    Charge,
    Credit,
    CreditKind,
    Extension,
    Hearing,
    HearingKind,
    LawCode,
    Outcome,
    Reduction,
    ReductionKind,
    Regime,
    Sentence,
    SentenceKind,
    Stage,
)
from throughgate.custody.models.standing import Standing
from throughgate.custody.models.status import Scheme, StatusAssessment

__all__ = [
    "Allowed",
    "Charge",
    "Credit",
    "CreditKind",
    "CustodyEvent",
    "Extension",
    "Facility",
    "Hearing",
    "HearingKind",
    "LawCode",
    "Outcome",
    "Reduction",
    "ReductionKind",
    "Regime",
    "ReleaseDate",
    "Scheme",
    "Sentence",
    "SentenceKind",
    "SourceKind",
    "Stage",
    "Standing",
    "StatusAssessment",
]
