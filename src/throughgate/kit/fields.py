"""Model fields of the kit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from throughgate.core.dates import PartialDate
from throughgate.kit import forms


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A `PartialDate` stored as text (`2024`, `2024-05`, `2024-05-03~`), which sorts by year, month and day.

    Unknown is NULL; the form field is three boxes and a tick.
    """

    if TYPE_CHECKING:
        # What the Django plugin of mypy asks a field: a date is assigned and read, not the text that is stored.
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    description = "A date of which the day or the month may be unknown"
    default_error_messages = {"invalid": _("There is no such date: check the day and the month")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 11
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or value == "":
            return None
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def get_prep_value(self, value: Any) -> str | None:
        # Parts of a look-up (__startswith="2024") stay as they are typed.
        return None if value is None or value == "" else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def run_validators(self, value: Any) -> None:
        """The form of the date is checked when it is read; the text validators do not apply."""

    def formfield(self, **kwargs: Any) -> Any:
        defaults = {"required": not self.blank, "label": self.verbose_name, "help_text": self.help_text}
        if not self.help_text:
            defaults.pop("help_text")
        return forms.PartialDateField(**{**defaults, **kwargs})
