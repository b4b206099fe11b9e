"""What every page shows around its content: who, where, in which language, in which mode."""

from __future__ import annotations

import functools
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from throughgate.access.acting import MemberActor, somebody
from throughgate.access.models import Mode

PRODUCT = "Throughgate"


def page(request: HttpRequest) -> dict[str, Any]:
    """Template variable `page`; makes no query of its own beyond what the actor already holds."""
    actor = somebody()
    member = actor if isinstance(actor, MemberActor) else None
    organisation = member.organisation if member else None
    return {
        "page": {
            "product": PRODUCT,
            "version": product_version(),
            "organisation": organisation,
            "member": member.member if member else None,
            "demo": bool(getattr(settings, "DEMO", False)),
            "read_only": organisation is not None and organisation.mode == Mode.READ_ONLY,
            "languages": languages(request),
        }
    }


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The languages with links that stay on this page and keep its query."""
    current = (get_language() or "en").split("-")[0]
    links = []
    for code, _name in settings.LANGUAGES:
        query = request.GET.copy()
        query["language"] = code
        query.pop("export", None)
        links.append(
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "url": f"?{query.urlencode()}",
                "current": code == current,
            }
        )
    return links


@functools.cache
def product_version() -> str:
    try:
        return version("throughgate")
    except PackageNotFoundError:
        return ""
