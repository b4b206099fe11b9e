"""From a request to a form: what was sent, what was kept by an idle lock, or nothing yet."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

F = TypeVar("F", bound=forms.BaseForm)


def bind(form: type[F], request: HttpRequest, **options: Any) -> F:
    """The form with what was sent; with what was being written when the session locked; or empty.

    A form given back from a lock shows what was typed, and is not saved until its button is pressed again.
    """
    if request.method == "POST":
        return form(request.POST, request.FILES, **options)
    draft = getattr(request, "draft", None)
    if draft is not None:
        messages.info(request, gettext("What you were writing is back. It is not saved yet: check it and save."))
        return form(draft, **options)
    return form(**options)
