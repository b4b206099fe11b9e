"""Answers that every room gives in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.access.acts import CannotDo

Act = Callable[[dict[str, Any]], Any]
Where = str | Callable[[Any], str]

REFRESH_SECONDS = 3


def progress(
    request: HttpRequest, *, title: Any, step: Any = "", done: int = 0, total: int = 0, finished: bool = False,
    outcome: Any = "", actions: Any = (), template: str = "kit/page_progress.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """How far long work has come. The page asks again by itself (a header, no script) until it is finished,
    and stops asking where the reader chose so (`?still=1`; WCAG 2.2.1). It changes nothing by being looked at.
    """
    still = "still" in request.GET
    shown = {"title": title, "step": step, "done": done, "total": total, "finished": finished, "outcome": outcome,
             "actions": actions, "still": still, **context}  # fmt: skip
    response = render(request, template, shown)
    if not finished and not still:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def done(request: HttpRequest, text: Any, *, undo: str = "") -> None:
    """Tell on the next page what was done; `undo` is the path whose POST takes it back."""
    messages.success(request, str(text), extra_tags=undo)


def form_page(
    request: HttpRequest, form: forms.BaseForm, *, title: Any, act: Act, to: Where, done: Any = "", undo: Where = "",
    template: str = "kit/page_form.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form; when it was sent and is right, act, say that it is done and go on.

    *act* gets the cleaned data and returns the row it changed; what it refuses (`CannotDo`) is shown as an error of the
    form. *to* is where to go, or a function of the row; *undo* likewise, for the path whose POST takes it back.
    *context* goes to the template (lede, submit, cancel_url, breadcrumbs, danger ...).
    """
    if request.method == "POST" and form.is_valid():
        try:
            row = act(form.cleaned_data)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            if done:
                messages.success(request, str(done), extra_tags=undo(row) if callable(undo) else undo)
            return redirect(to(row) if callable(to) else to)
    wrong = request.method == "POST" and bool(form.errors)
    return render(request, template, {"title": title, "form": form, **context}, status=422 if wrong else 200)
