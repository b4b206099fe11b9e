"""Dates as people know them: three boxes, of which only the year must be known."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from throughgate.core.dates import DateNotUnderstood, PartialDate, read_date

# What the widget hands to the field: day, month, year as typed, and the tick of "about".
Typed = tuple[str, str, str, bool]


class PartsWidget(forms.Widget):
    """Day, month and year in boxes of their own, and perhaps an "about" tick."""

    template_name = "kit/widgets/parts.html"
    use_fieldset = True

    def __init__(self, *, about: bool = False, birthday: bool = False) -> None:
        super().__init__()
        self.about = about
        self.birthday = birthday

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_day" if id_ else ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The four parts as typed; a single value under the plain name is taken as it stands."""
        if data.get(name):
            return data[name]
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in ("day", "month", "year"))
        return day, month, year, bool(data.get(f"{name}_about"))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_year" not in data

    def format_value(self, value: Any) -> Typed:
        """Whatever the form holds (typed parts, a date, a stored string) as the four parts."""
        if isinstance(value, tuple):
            return value
        if isinstance(value, datetime.date):
            value = PartialDate.from_date(value)
        if isinstance(value, str):
            try:
                value = PartialDate.parse(value)
            except ValueError:
                return "", "", value, False
        if isinstance(value, PartialDate):
            return str(value.day or ""), str(value.month or ""), str(value.year), value.about
        return "", "", "", False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].get("id") or f"id_{name}"
        day, month, year, about = self.format_value(value)
        keep = "bday-{}" if self.birthday else "off"
        context["widget"]["parts"] = [
            {"id": f"{base}_{key}", "name": f"{name}_{key}", "label": label, "value": typed, "width": width,
             "numeric": key != "month", "autocomplete": keep.format(key)}
            for key, label, typed, width in (
                ("day", gettext("Day"), day, 2),
                ("month", gettext("Month"), month, 5),
                ("year", gettext("Year"), year, 4),
            )
        ]  # fmt: skip
        if self.about:
            context["widget"]["about"] = {
                "id": f"{base}_about",
                "name": f"{name}_about",
                "checked": about,
                "label": pgettext("tick below a date", "The date is approximate"),
            }
        return context


class PartialDateField(forms.Field):
    """A date of which the day or the month may be unknown; cleans to `PartialDate` or None.

    The month is a number or a word in Belarusian, Russian or English. A whole date typed into the year's
    box ("each of 05.09.2026, May 2019") is read as well: people paste.
    """

    widget: Any = PartsWidget
    default_error_messages = {
        "required": _("Enter the date, or as much of it as is known"),
        "invalid": _("Enter a date as day, month and year; leave the day or the month empty if unknown"),
        "year": _("Enter the year in four digits"),
        "day_alone": _("Enter the month as well, or clear the day"),
        "impossible": _("There is no such date: check the day and the month"),
    }
    about = True

    def __init__(self, *, birthday: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PartsWidget(about=self.about, birthday=birthday))
        kwargs.setdefault("help_text", self.hint())
        super().__init__(**kwargs)

    def hint(self) -> Any:
        return _("For example, 27 3 2019. Leave the day or the month empty if it is not known.")

    def to_python(self, value: Any) -> PartialDate | None:
        if isinstance(value, PartialDate) or value in self.empty_values:
            return value or None
        if isinstance(value, datetime.date):
            return PartialDate.from_date(value)
        if isinstance(value, str):
            return self._read(value)
        day, month, year, about = value
        if not (day or month or year):
            return None
        if not year:
            raise self._error("year")
        if not (day or month) and not year.isdigit():
            found = self._read(year)
            return PartialDate(found.year, found.month, found.day, found.about or about)
        return self._assemble(day, month, year, about=about)

    def _assemble(self, day: str, month: str, year: str, *, about: bool) -> PartialDate:
        if not (year.isdigit() and len(year) == 4):
            raise self._error("year")
        if day and not month:
            raise self._error("day_alone")
        number = self._month(month, year) if month else None
        if day and not day.isdigit():
            raise self._error("invalid")
        try:
            return PartialDate(int(year), number, int(day) if day else None, about)
        except ValueError as error:
            raise self._error("impossible") from error

    def _month(self, month: str, year: str) -> int:
        if month.isascii() and month.isdigit() and len(month) <= 2:
            return int(month)
        found = self._read(f"{month} {year}").month
        if found is None:
            raise self._error("invalid")
        return found

    def _read(self, text: str) -> PartialDate:
        try:
            return PartialDate.parse(text)
        except ValueError:
            pass
        try:
            return read_date(text, today=timezone.localdate())
        except DateNotUnderstood as error:
            raise self._error("invalid") from error

    def _error(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class DayField(PartialDateField):
    """A date known to the day; cleans to `datetime.date` or None."""

    about = False
    default_error_messages = {
        "required": _("Enter the date"),
        "not_a_day": _("Enter the day, the month and the year"),
    }

    def hint(self) -> Any:
        return _("For example, 27 3 2019")

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if found is None:
            return None
        if found.day is None:
            raise self._error("not_a_day")
        return found.as_date()
