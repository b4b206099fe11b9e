"""Every route says who may come in; none has a default.

path("cases/<ref>/close/", page(views.close, needs=Right.CASE_CLOSE), name="close")
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from throughgate.access.acting import MemberActor, somebody
from throughgate.access.drafts import way_back
from throughgate.access.sessions import recently_proved

View = Callable[..., HttpResponseBase]

PUBLIC: Final = "PUBLIC"  # without signing in
ANY_MEMBER: Final = "ANY_MEMBER"  # signed in, whatever the role: one's own account, help
LOCKED_TOO: Final = "LOCKED_TOO"  # signed in, also while the keys are locked: unlocking, signing out


def page(view: View, *, needs: str, proved: bool = False, otherwise: str = "") -> View:
    """A view with the right it needs. *proved*: the passphrase must have been typed within the last minutes.

    *otherwise* names the route to which members without the right are sent instead of being refused.
    """
    needed = str(needs)

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if needed != PUBLIC:
            actor = somebody()
            if not isinstance(actor, MemberActor):
                raise PermissionDenied
            if needed not in (ANY_MEMBER, LOCKED_TOO) and not actor.has(needed):
                if otherwise:
                    return redirect(otherwise)
                raise PermissionDenied
            if proved and not recently_proved(request):
                return redirect(f"{reverse('access:prove')}?{urlencode({'next': way_back(request, actor)})}")
        return view(request, *args, **kwargs)

    guarded.needs = needed  # type: ignore[attr-defined]  # read by the middleware and the start-up check
    guarded.otherwise = otherwise  # type: ignore[attr-defined]  # ... and by the matrix
    guarded.login_required = needed != PUBLIC  # type: ignore[attr-defined]  # Django's LoginRequiredMiddleware
    return guarded


def all_routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str, View]]:
    """(route, full name, view) of everything that can be asked for."""
    resolver = resolver or get_resolver()
    space = f"{resolver.namespace}:" if resolver.namespace else ""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            for found, name, view in all_routes(entry, route):
                yield found, f"{space}{name}", view
        elif isinstance(entry, URLPattern):
            yield route, f"{space}{entry.name or ''}", entry.callback


class RouteWithoutRight(RuntimeError):
    """The server does not start while a route says not who may come in."""


def require_rights() -> None:
    """Refuse to start while a route has no `needs`."""
    open_doors = [route for route, _name, view in all_routes() if not hasattr(view, "needs")]
    if open_doors:
        raise RouteWithoutRight(f"no right is named for: {', '.join(open_doors)}")
