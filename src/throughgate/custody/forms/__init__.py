"""What may be typed about custody."""

from throughgate.custody.forms.dates import AnswersForm, ReleaseDateForm
from throughgate.custody.forms.events import AmendEventForm, EventForm, FacilityForm, SignForm
from throughgate.custody.forms.sentences import (
    AmendChargeForm,
    AmendHearingForm,
    AmendSentenceForm,
    ChargeForm,
    CreditForm,
    ExtensionForm,
    HearingForm,
    ReductionForm,
    SentenceForm,
    StatusForm,
)

__all__ = [
    "AmendChargeForm",
    "AmendEventForm",
    "AmendHearingForm",
    "AmendSentenceForm",
    "AnswersForm",
    "ChargeForm",
    "CreditForm",
    "EventForm",
    "ExtensionForm",
    "FacilityForm",
    "HearingForm",
    "ReductionForm",
    "ReleaseDateForm",
    "SentenceForm",
    "SignForm",
    "StatusForm",
]
