"""The menu: what a member may open, in the order of a working day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    return {"navigation": []}
