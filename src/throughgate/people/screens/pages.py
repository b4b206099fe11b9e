"""Prepared rows, cut into pages; the template draws it with ``kit/components/pagination.html``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest


class Pages:
    """`page_rows` is this page; the rest is what the component for pages asks for."""

    def __init__(self, request: HttpRequest, rows: Sequence[Any], *, per_page: int) -> None:
        self.query = request.GET.copy()
        self.count = len(rows)
        self.pages = max(1, -(-len(rows) // per_page))
        asked = request.GET.get("page", "1")
        self.number = max(1, min(self.pages, int(asked[:9]))) if asked.isascii() and asked.isdigit() else 1
        self.page_rows = rows[(self.number - 1) * per_page : self.number * per_page]

    def url(self, number: int) -> str:
        self.query["page"] = str(number)
        return f"?{self.query.urlencode()}"

    @property
    def before(self) -> str:
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return self.url(self.number + 1) if self.number < self.pages else ""

    @property
    def page_links(self) -> list[dict[str, Any]]:
        links: list[dict[str, Any]] = []
        for number in sorted({1, self.pages, *range(self.number - 1, self.number + 2)}):
            if 1 <= number <= self.pages:
                if links and number > links[-1]["number"] + 1:
                    links.append({"gap": True, "number": number - 1})
                links.append({"number": number, "url": self.url(number), "current": number == self.number})
        return links
