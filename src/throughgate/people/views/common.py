"""What the views of this room share: finding, keeping closed values closed, and taking back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from throughgate.access.acting import current_actor
from throughgate.core.ids import new_id
from throughgate.kit import show
from throughgate.kit.forms import bind
from throughgate.kit.pages import form_page
from throughgate.people import screens
from throughgate.people.finding import known_person
from throughgate.people.models import Person, PersonRow
from throughgate.people.rights import Right

F = TypeVar("F", bound=forms.BaseForm)

TAKEN_BACK = "people_undo"
REMEMBERED = 20
AS_SEEN = "as_seen"


def find_person(reference: str) -> Person:
    """404 as in `finding.known_person`."""
    return known_person(reference)


def find_row(model: type[PersonRow], person: Person, row_id: UUID) -> Any:
    """404 for a row of another person too."""
    return get_object_or_404(model.objects.about(person), id=row_id)


def may_write() -> bool:
    return current_actor().has(Right.WRITE)


def today() -> Any:
    return timezone.localdate()


def bind_open(form: type[F], request: HttpRequest, initial: dict[str, Any]) -> F:
    """A form that corrects what stands there, refused when somebody else corrected it since it was opened.

    Without the fields whose present value is closed to this member: saving must not overwrite them.
    """
    closed = [name for name, value in initial.items() if show.is_locked(value)]
    initial = {name: value for name, value in initial.items() if name not in closed}
    bound = bind(form, request, initial=initial)
    for name in closed:
        bound.fields.pop(name, None)
    refuse_stale(bound, initial)
    return bound


def _mark_of(values: dict[str, Any]) -> str:
    """What tells that values changed and nothing of what they are: it goes into the page."""
    plain = json.dumps({name: str(value) for name, value in values.items()}, sort_keys=True)
    return salted_hmac("people.as_seen", plain, algorithm="sha256").hexdigest()[:32]


def refuse_stale(bound: forms.BaseForm, values: dict[str, Any]) -> None:
    """Every field is sent back, so one that a colleague corrected meanwhile would silently become what it was."""
    now = _mark_of(values)
    bound.fields[AS_SEEN] = forms.CharField(widget=forms.HiddenInput, required=False, initial=now)
    if not bound.is_bound:
        return
    wrong = bool(bound.errors)
    seen = bound.cleaned_data.pop(AS_SEEN, "")
    if seen and seen != now and not wrong:
        bound.add_error(
            None, gettext("Somebody changed this while you were writing. Open the form anew: it shows what stands now.")
        )


def values_of(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def part(
    request: HttpRequest, person: Person, *, tab: str, title: Any, template: str = "", **context: Any
) -> HttpResponse:
    """A tab of a person's page."""
    shown = screens.frame(request, person, current=tab, title=title, **context)
    return render(request, template or "people/panels.html", shown)


def person_form(
    request: HttpRequest, person: Person, form: forms.BaseForm, *, title: Any, act: Callable[[dict[str, Any]], Any],
    tab: str = "people:person", back: str = "", **context: Any,
) -> HttpResponse:  # fmt: skip
    """A form about somebody: the frame around it, then *back*, or to the tab it came from."""
    back = back or reverse(tab, args=[person.reference])
    shown = screens.frame(request, person, current=tab, title=title)
    shown["actions"] = []
    return form_page(
        request, form, act=act, to=back, cancel_url=back, template=context.pop("template", "people/form.html"),
        **{**shown, "heading": title, **context},
    )  # fmt: skip


# Taking back ---------------------------------------------------------------------------------------------------------


def remember(request: HttpRequest, row: PersonRow, was: dict[str, Any] | None = None) -> str:
    """The path whose POST takes back what was done: removes the row, or gives it the values of *was* again.

    Only in this session, and only codes and dates: nothing sealed is ever kept in a session.
    """
    kept = dict(list(request.session.get(TAKEN_BACK, {}).items())[-REMEMBERED + 1 :])
    token = new_id().hex
    plain = None if was is None else {name: str(value) if value is not None else None for name, value in was.items()}
    kept[token] = {"noun": row._meta.model_name, "row": row.pk.hex, "was": plain}
    request.session[TAKEN_BACK] = kept
    return reverse("people:undo", args=[token])


def recall(request: HttpRequest, token: str) -> dict[str, Any] | None:
    """What `remember` kept, once."""
    kept = dict(request.session.get(TAKEN_BACK, {}))
    found: dict[str, Any] | None = kept.pop(token, None)
    request.session[TAKEN_BACK] = kept
    return found
