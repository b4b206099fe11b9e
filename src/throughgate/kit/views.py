"""Pages of the kit: handbook, gallery, and what a refused form says."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from throughgate.kit import handbook as book
from throughgate.kit.examples import EXAMPLES
from throughgate.vault.uploads import too_large


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def handbook(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/handbook/index.html", {"title": gettext("Handbook"), "pages": book.pages(_language())})


def handbook_page(request: HttpRequest, slug: str) -> HttpResponse:
    found = book.find_page(_language(), slug)
    if found is None:
        raise Http404
    crumbs = [{"label": gettext("Handbook"), "url": reverse("kit:handbook")}, {"label": found.title}]
    context = {"title": found.title, "found": found, "breadcrumbs": crumbs, "pages": book.pages(_language())}
    return render(request, "kit/handbook/page.html", context)


def handbook_search(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")[:200]
    crumbs = [{"label": gettext("Handbook"), "url": reverse("kit:handbook")}, {"label": gettext("Search")}]
    context = {
        "title": gettext("Search in the handbook"),
        "typed": typed,
        "finds": book.search(_language(), typed),
        "breadcrumbs": crumbs,
    }
    return render(request, "kit/handbook/search.html", context)


def gallery(request: HttpRequest) -> HttpResponse:
    """All components with their examples: looked at by people, and by the accessibility test."""
    shown = [example.shown(request) for example in EXAMPLES]
    return render(request, "kit/gallery.html", {"title": gettext("Gallery of components"), "examples": shown})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if too_large(request):
        return render(request, "413.html", status=413)
    return render(request, "403_csrf.html", status=403)
