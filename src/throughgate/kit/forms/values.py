"""Money and files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DecimalMoneyField(forms.DecimalField):
    """An amount with two digits after the comma or the point; spaces between thousands are read."""

    default_error_messages = {
        "invalid": _("Enter an amount in figures, for example 120 or 120,50"),
        "min_value": _("Enter an amount of nought or more"),
        "max_decimal_places": _("Enter at most two figures after the comma"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_digits=14, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)


class UploadField(forms.FileField):
    """A file to keep: bounded in bytes and by extension; what it really is, the vault sniffs."""

    widget = forms.FileInput
    default_error_messages = {
        "required": _("Choose a file"),
        "empty": _("The file is empty"),
        "missing": _("Choose a file"),
    }

    def __init__(self, *, max_bytes: int, extensions: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.max_bytes = max_bytes
        self.extensions = tuple(e.lower().lstrip(".") for e in extensions)
        super().__init__(**kwargs)
        if self.extensions:
            self.widget.attrs["accept"] = ",".join(f".{e}" for e in self.extensions)

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if isinstance(found, UploadedFile):
            self._bound(found)
        return found

    def _bound(self, found: UploadedFile[bytes]) -> None:
        if (found.size or 0) > self.max_bytes:
            limit = filesizeformat(self.max_bytes)
            raise ValidationError(gettext("The file must be smaller than %(limit)s") % {"limit": limit})
        extension = (found.name or "").rpartition(".")[2].lower()
        if self.extensions and extension not in self.extensions:
            kinds = ", ".join(e.upper() for e in self.extensions)
            raise ValidationError(gettext("The file must be one of: %(kinds)s") % {"kinds": kinds})
