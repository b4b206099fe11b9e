"""A piece of a page from a template of its own, shown where panels are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Fragment:
    template: str
    context: dict[str, Any]

    def shown(self, request: HttpRequest | None = None) -> SafeString:
        return render_to_string(self.template, self.context, request=request)

    def __str__(self) -> SafeString:
        return self.shown()

    __html__ = __str__
