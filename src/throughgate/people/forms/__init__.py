"""What may be typed, a file for each noun."""

from throughgate.people.forms.around import AmendRelationshipForm, PersonField, RelationshipForm
from throughgate.people.forms.consents import AmendConsentForm, ConsentForm, WithdrawForm
from throughgate.people.forms.contacts import AmendContactPointForm, ContactPointForm, EndForm, NotSafeForm
from throughgate.people.forms.documents import AmendDocumentForm, DocumentForm
from throughgate.people.forms.duplicates import JudgeForm, MergeForm, OtherForm
from throughgate.people.forms.files import AmendFileForm, ConfirmForm, EraseForm, FileForm, PhotoForm
from throughgate.people.forms.persons import (
    AmendNameForm,
    AmendPersonForm,
    FindForm,
    NameForm,
    PersonForm,
    ReasonForm,
)

__all__ = [
    "AmendConsentForm",
    "AmendContactPointForm",
    "AmendDocumentForm",
    "AmendFileForm",
    "AmendNameForm",
    "AmendPersonForm",
    "AmendRelationshipForm",
    "ConfirmForm",
    "ConsentForm",
    "ContactPointForm",
    "DocumentForm",
    "EndForm",
    "EraseForm",
    "FileForm",
    "FindForm",
    "JudgeForm",
    "MergeForm",
    "NameForm",
    "NotSafeForm",
    "OtherForm",
    "PersonField",
    "PersonForm",
    "PhotoForm",
    "ReasonForm",
    "RelationshipForm",
    "WithdrawForm",
]
