"""What may be typed about terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, Form


class TermForm(Form):
    be = forms.CharField(label=_("In Belarusian"), max_length=200, required=False)
    ru = forms.CharField(label=_("In Russian"), max_length=200, required=False)
    en = forms.CharField(
        label=_("In English"), max_length=200, required=False, help_text=_("One language is enough; two are better.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(language) for language in ("be", "ru", "en")):
            self.add_error("be", gettext("Word it in at least one language."))
        return data


class NeedKindForm(TermForm):
    pathway = CodeField(label=_("Pathway"), choices=lambda: codes.choices("pathway"))
