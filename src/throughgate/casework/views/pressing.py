"""Buttons and forms of a case: act, say what was done, go back to where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode

from throughgate.access.acts import CannotDo
from throughgate.casework.models import Case
from throughgate.casework.views.common import person_form, way_back
from throughgate.kit import pages

TAB = "casework:person_cases"


def find_in(model: Any, case: Case, row_id: UUID, *related: str) -> Any:
    """A row of this case; 404 for one of another."""
    return get_object_or_404(model.objects.filter(case=case).select_related(*related), id=row_id)


def press(
    request: HttpRequest, act: Callable[[], Any], *, to: str, done: Any, undo: Callable[[Any], str] | None = None
) -> HttpResponse:  # fmt: skip
    """Do what a button says; what is refused is said in words and changes nothing."""
    try:
        row = act()
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    else:
        pages.done(request, done, undo=_undo_path(request, undo(row)) if undo else "")
    return redirect(way_back(request, to))


def _undo_path(request: HttpRequest, path: str) -> str:
    """Taking back ends on the page where the button was pressed."""
    wanted = way_back(request, "")
    return f"{path}?{urlencode({'next': wanted})}" if wanted else path


def case_form(
    request: HttpRequest, case: Case, form: forms.BaseForm, *, title: Any, act: Callable[[dict[str, Any]], Any],
    to: str = "", **context: Any,
) -> HttpResponse:  # fmt: skip
    """A form about a case; afterwards to the case, or to *to*."""
    back = to or way_back(request, case.get_absolute_url())
    context.setdefault("template", "casework/form.html")
    return person_form(request, case.person, form, title=title, act=act, tab=TAB, to=back, **context)
