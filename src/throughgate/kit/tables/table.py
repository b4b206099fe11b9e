"""A list: sorted, filtered, paged, exported from one declaration, in a number of queries that never grows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from throughgate.kit import export, show
from throughgate.kit.tables.columns import Column, Link, Words
from throughgate.kit.tables.filters import Chosen, FilterForm

NOTHING_YET = _("Nothing here yet")
EXPORT_AT_ONCE = 500  # rows read together while a file is written


@dataclass(frozen=True)
class Empty:
    """What an empty list says: why, and the next step."""

    title: Words = NOTHING_YET
    text: Words = ""
    action: Words = ""
    url: str = ""


@dataclass(frozen=True)
class ExportNote:
    """What is written in the log about an export; filters are the words above the list."""

    table: str
    kind: str
    filters: tuple[str, ...]
    count: int


Load = Callable[[Sequence[Any]], Iterable[Any]]


class Table:
    """Subclass and declare; then feed and answer:

        table = Releases(request, on_export=log_export if may_export else None)
        table.feed(Person.objects.waiting())            # or feed_ids(ids, load)
        return table.answer({"actions": [...]})

    `name` is the file's name and the log's word for the list; `title` what the list lists.
    A list whose order does not come from the database (names are sealed) reads `sort_key` and `descending`,
    orders ids itself and calls `feed_ids(ids, load)`; load fetches the rows of one page.
    """

    name: ClassVar[str] = "list"
    title: ClassVar[Words] = ""
    columns: Sequence[Column] = ()  # a list to which higher rooms add columns sets its own in __init__
    filters: ClassVar[type[FilterForm] | None] = None
    default_sort: ClassVar[str] = ""
    per_page: ClassVar[int] = 25
    empty: Empty = Empty()
    template: ClassVar[str] = "kit/page_list.html"

    def __init__(
        self,
        request: HttpRequest,
        *,
        on_export: Callable[[ExportNote], None] | None = None,
        filter_options: dict[str, Any] | None = None,
        prefix: str = "",
    ) -> None:
        """`prefix` keeps two lists on one page apart in the address; `on_export` None: no files."""
        self.request = request
        self.on_export = on_export
        self.prefix = prefix
        self.form = self.filters(request.GET, **(filter_options or {})) if self.filters else None
        self.rows: QuerySet[Any] | None = None
        self.ids: Sequence[Any] = ()
        self.load: Load | None = None

    # --- feeding

    def feed(self, rows: QuerySet[Any]) -> None:
        """Rows from the database: narrowed by the filter, sorted by the column asked for."""
        narrowed = self.narrowed(rows)
        self.rows = self.fetching(narrowed).order_by(*self._order(narrowed))

    def feed_ids(self, ids: Sequence[Any], load: Load) -> None:
        """Ids, already narrowed and in order, and how to fetch some of them (any order, rows with `pk`)."""
        self.ids, self.load = ids, load

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that answer to the filter."""
        return self.form.narrow(rows) if self.form else rows

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Rows fetched together, before they are shown: the place to add what is not in the database (names)."""
        return rows

    def fetching(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with the relations that the columns walk."""
        select = sorted({name for column in self.columns for name in column.select})
        prefetch = sorted({name for column in self.columns for name in column.prefetch})
        rows = rows.select_related(*select) if select else rows
        return rows.prefetch_related(*prefetch) if prefetch else rows

    def _order(self, rows: QuerySet[Any]) -> list[Any]:
        column = self.sorted_by
        if column is None or not isinstance(column.sort, tuple):
            return [*(rows.query.order_by or ()), "pk"]
        keys = []
        for name in column.sort:
            field = F(name.lstrip("-"))
            down = self.descending != name.startswith("-")
            keys.append(field.desc(nulls_last=True) if down else field.asc(nulls_last=True))
        return [*keys, "pk"]

    # --- what was asked for

    @cached_property
    def _asked(self) -> str:
        return self.request.GET.get(f"{self.prefix}sort", "") or self.default_sort

    @property
    def sorted_by(self) -> Column | None:
        key = self._asked.lstrip("-")
        return next((c for c in self.columns if c.key == key and c.sortable), None)

    @property
    def sort_key(self) -> str:
        return self.sorted_by.key if self.sorted_by else ""

    @property
    def descending(self) -> bool:
        return self._asked.startswith("-")

    @property
    def given(self) -> dict[str, Any]:
        """The answers of the filter."""
        return self.form.given if self.form else {}

    @property
    def chosen(self) -> list[Chosen]:
        return self.form.chosen(self.request.GET) if self.form else []

    @property
    def exportable(self) -> bool:
        return self.on_export is not None

    # --- pages

    @cached_property
    def count(self) -> int:
        return self.rows.count() if self.rows is not None else len(self.ids)

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.per_page))

    @cached_property
    def number(self) -> int:
        asked = self.request.GET.get(f"{self.prefix}page", "1")
        return max(1, min(self.pages, int(asked[:9]))) if asked.isascii() and asked.isdigit() else 1

    @cached_property
    def page_rows(self) -> list[Any]:
        start = (self.number - 1) * self.per_page
        return self._slice(start, start + self.per_page)

    def _slice(self, start: int, end: int) -> list[Any]:
        if self.rows is not None:
            return self.prepare(list(self.rows[start:end]))
        wanted = list(self.ids[start:end])
        assert self.load is not None or not wanted, "feed the table first"
        found = {row.pk: row for row in self.load(wanted)} if wanted and self.load else {}
        return self.prepare([found[one] for one in wanted if one in found])

    @property
    def page_links(self) -> list[dict[str, Any]]:
        """Numbers around this page and both ends; a gap is {"gap": True}."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        links: list[dict[str, Any]] = []
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if links and number > links[-1]["number"] + 1:
                links.append({"gap": True, "number": number - 1})
            links.append({"number": number, "url": self.url(page=number), "current": number == self.number})
        return links

    @property
    def before(self) -> str:
        return self.url(page=self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return self.url(page=self.number + 1) if self.number < self.pages else ""

    def url(self, **changes: Any) -> str:
        """This list's address with its sort, page or export changed; None takes a part away."""
        query = self.request.GET.copy()
        query.pop(f"{self.prefix}export", None)
        for name, new in changes.items():
            query.pop(f"{self.prefix}{name}", None)
            if new is not None:
                query[f"{self.prefix}{name}"] = str(new)
        return f"?{query.urlencode()}"

    # --- on the page

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The heading cells with their sort links."""
        heads = []
        for column in self.shown:
            current = column is self.sorted_by
            to_down = current and not self.descending
            heads.append(
                {
                    "label": column.label,
                    "css": column.css,
                    "url": self.url(sort=("-" if to_down else "") + column.key, page=None) if column.sortable else "",
                    "order": ("descending" if self.descending else "ascending") if current else "",
                }
            )
        return heads

    @property
    def shown(self) -> list[Column]:
        return [column for column in self.columns if column.on_page]

    @property
    def body(self) -> SafeString:
        """The rows of this page. Written here and not in the template: a long list is half the work of a page."""
        shown = self.shown
        heading = next((c for c in shown if isinstance(c, Link)), shown[0] if shown else None)
        marks = [(column, column is heading, conditional_escape(str(column.label))) for column in shown]
        lines = ("".join(_cell(column, row, label, heading=is_head) for column, is_head, label in marks)
                 for row in self.page_rows)  # fmt: skip
        # Every piece was escaped where it was made.
        return mark_safe("".join(f"<tr>{line}</tr>\n" for line in lines))  # noqa: S308

    @property
    def count_words(self) -> str:
        """How many, in words; override for the field's own noun."""
        return ngettext("%(count)s entry", "%(count)s entries", self.count) % {"count": self.count}

    @property
    def filters_in_words(self) -> str:
        if not self.chosen:
            return ""
        return gettext("Filtered by: %(filters)s") % {"filters": "; ".join(one.words for one in self.chosen)}

    def __str__(self) -> SafeString:
        return render_to_string("kit/table.html", {"table": self}, request=self.request)

    __html__ = __str__

    def answer(self, context: dict[str, Any] | None = None, *, template: str = "") -> HttpResponse:
        """The page, or the file when one was asked for."""
        kind = self.request.GET.get(f"{self.prefix}export", "")
        if kind:
            return self.file(kind)
        return render(self.request, template or self.template, {"title": self.title, **(context or {}), "table": self})

    # --- in a file

    def file(self, kind: str) -> HttpResponse:
        """All filtered rows; the hook is told before a byte leaves. PermissionDenied where files are not given."""
        if self.on_export is None or kind not in export.TYPES:
            raise PermissionDenied
        self.on_export(ExportNote(self.name, kind, tuple(one.words for one in self.chosen), self.count))
        columns = [column for column in self.columns if column.in_files]
        head = [str(column.label) for column in columns]
        cells = ([column.cell(row) for column in columns] for row in self._all())
        return export.as_response(kind, self.name, head, cells)

    def _all(self) -> Iterator[Any]:
        if self.rows is not None:
            rows = self.rows.iterator(chunk_size=EXPORT_AT_ONCE)
            while batch := list(islice(rows, EXPORT_AT_ONCE)):
                yield from self.prepare(batch)
            return
        for start in range(0, len(self.ids), EXPORT_AT_ONCE):
            yield from self._slice(start, start + EXPORT_AT_ONCE)


def _cell(column: Column, row: Any, label: str, *, heading: bool) -> str:
    html = column.html(row)
    css = " ".join(name for name in (column.css, "tg-empty-cell" if html == show.EMPTY else "") if name)
    css = f' class="{css}"' if css else ""
    if heading:
        return f'<th scope="row"{css}>{html}</th>'
    return f'<td{css} data-label="{label}">{html}</td>'
