"""Find, bind, act, redirect."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access.acting import current_actor
from throughgate.codelists import actions, screens
from throughgate.codelists.forms import NeedKindForm, TermForm
from throughgate.codelists.models import OwnTerm
from throughgate.codelists.rights import Right
from throughgate.core.vocab import vocabulary, vocabulary_names
from throughgate.kit import pages
from throughgate.kit.forms import bind
from throughgate.kit.pages import form_page
from throughgate.kit.panels import Action


def lists(request: HttpRequest) -> HttpResponse:
    table = screens.Lists(request)
    counted = OwnTerm.objects.in_use().order_by().values("list").annotate(count=Count("id"))
    own = {row["list"]: row["count"] for row in counted}
    screens.feed(table, screens.list_rows(map(vocabulary, vocabulary_names()), own))
    return table.answer(
        {"lede": gettext("The words that forms offer. An organisation adds its own; codes never change.")}
    )


def terms(request: HttpRequest, list_name: str) -> HttpResponse:
    shipped = _find(list_name)
    may_extend = current_actor().has(Right.EXTEND) and list_name in actions.EXTENDABLE
    table = screens.Terms(request)
    screens.feed(table, screens.term_rows(shipped, OwnTerm.objects.of(list_name), may_change=may_extend))
    add = [Action(gettext("Add an own term"), reverse("codelists:add_term", args=[list_name]))] if may_extend else []
    lede = "" if list_name in actions.EXTENDABLE else gettext("The program works with exactly these terms.")
    title = screens.title_of(list_name)
    return table.answer({"title": title, "actions": add, "lede": lede, "breadcrumbs": _crumbs(list_name)})


def _find(list_name: str) -> Any:
    try:
        return vocabulary(list_name)
    except KeyError as unknown:
        raise Http404 from unknown


def _crumbs(list_name: str, *more: str) -> list[dict[str, str]]:
    title = str(screens.title_of(list_name))
    found = [
        {"label": gettext("Code lists"), "url": reverse("codelists:lists")},
        {"label": title, "url": reverse("codelists:terms", args=[list_name])},
    ]
    return [*found, *({"label": one} for one in more)]


def _form(list_name: str) -> type[TermForm]:
    return NeedKindForm if list_name in actions.WITH_PATHWAY else TermForm


def add_term(request: HttpRequest, list_name: str) -> HttpResponse:
    _find(list_name)
    if list_name not in actions.EXTENDABLE:
        raise Http404
    back = reverse("codelists:terms", args=[list_name])
    return form_page(
        request, bind(_form(list_name), request), title=gettext("Add an own term"),
        act=lambda data: actions.add_term(list_name, **data), to=back, cancel_url=back,
        done=gettext("The term is added. Forms offer it from now on."), undo=_retire_path,
        breadcrumbs=_crumbs(list_name, gettext("Add an own term")),
    )  # fmt: skip


def _retire_path(term: OwnTerm) -> str:
    return reverse("codelists:retire_term", args=[term.list, term.id])


def change_term(request: HttpRequest, list_name: str, term_id: UUID) -> HttpResponse:
    term = _find_own(list_name, term_id)
    now = {"be": term.be, "ru": term.ru, "en": term.en, "pathway": term.pathway}
    back = reverse("codelists:terms", args=[list_name])
    return form_page(
        request, bind(_form(list_name), request, initial=now), title=gettext("Change an own term"),
        act=lambda data: actions.change_term(term, **data), to=back, cancel_url=back,
        done=gettext("The term is changed wherever it stands."), template="codelists/term.html", term=term,
        lede=gettext("Only the wording: for another meaning retire it and add another."),
        breadcrumbs=_crumbs(list_name, term.code),
    )  # fmt: skip


def _find_own(list_name: str, term_id: UUID) -> Any:
    return get_object_or_404(OwnTerm.objects.of(list_name), id=term_id)


@require_POST
def retire_term(request: HttpRequest, list_name: str, term_id: UUID) -> HttpResponse:
    term = actions.retire_term(_find_own(list_name, term_id))
    again = reverse("codelists:use_again", args=[list_name, term.id])
    pages.done(request, gettext("The term is retired: forms do not offer it any more."), undo=again)
    return redirect("codelists:terms", list_name)


@require_POST
def use_again(request: HttpRequest, list_name: str, term_id: UUID) -> HttpResponse:
    actions.use_again(_find_own(list_name, term_id))
    pages.done(request, gettext("The term is in use again."))
    return redirect("codelists:terms", list_name)
