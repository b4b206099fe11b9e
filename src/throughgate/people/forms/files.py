"""What may be sent as a file, and what is asked before something is destroyed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.core.references import read_reference
from throughgate.kit.forms import CodeField, Form
from throughgate.kit.forms.values import UploadField
from throughgate.people.actions import EraseReason
from throughgate.people.forms.persons import ReasonForm
from throughgate.people.models import FileKind
from throughgate.vault.compartments import Compartment
from throughgate.vault.kinds import KINDS, PICTURES

PHOTO_BYTES = 5 * 1024 * 1024
OTHER_ENDINGS = ("jpeg", "oga")


class FileForm(Form):
    file = UploadField(
        label=_("File"),
        max_bytes=settings.FILE_UPLOAD_MAX_MEMORY_SIZE,
        extensions=(*KINDS, *OTHER_ENDINGS),
        help_text=_("What it really is, is looked at, not its name. It is sealed before it is kept."),
    )
    kind = CodeField(label=_("What it is"), choices=[pair for pair in FileKind.choices if pair[0] != FileKind.PHOTO])
    compartment = CodeField(
        label=_("Closed section"), choices=Compartment.choices, help_text=_("Who holds its key can open the file.")
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=240, help_text=_("Sealed."))


class AmendFileForm(ReasonForm):
    kind = CodeField(label=_("What it is"), choices=FileKind.choices)
    title = forms.CharField(label=_("Title"), required=False, max_length=240, help_text=_("Sealed."))

    field_order = ["kind", "title", "reason"]


class PhotoForm(Form):
    file = UploadField(
        label=_("Photograph"),
        max_bytes=PHOTO_BYTES,
        extensions=(*PICTURES, "jpeg"),
        help_text=_("A face, cut close. Place and camera are removed from it."),
    )


class ConfirmForm(Form):
    """Nothing to type: the button is the answer."""


class EraseForm(Form):
    because = CodeField(label=_("Why it is destroyed"), choices=EraseReason.choices)
    reference = forms.CharField(
        label=_("Type the reference of the person"), max_length=12, help_text=_("So that it is surely the right one.")
    )

    def __init__(self, *args: Any, wanted: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.wanted = wanted

    def clean_reference(self) -> str:
        typed: str = self.cleaned_data["reference"]
        if read_reference(typed) != self.wanted:
            raise ValidationError(gettext("This is not the reference of this person."))
        return typed
