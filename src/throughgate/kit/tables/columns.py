"""What a column is: where its value is, how it looks, how it is exported, what it needs fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from throughgate.core.dates import PartialDate
from throughgate.kit import show

Words = str | Promise
# A path of attributes ("case.lead.name"), or a function of the row. Neither may query.
Where = str | Callable[[Any], Any]


def value_at(row: Any, where: Where) -> Any:
    """The value of a row; None as soon as a step of the path is None, the lock where a step is locked."""
    if callable(where):
        return where(row)
    found = row
    for step in where.split("."):
        if found is None or show.is_locked(found):
            return found
        found = found.get(step) if isinstance(found, Mapping) else getattr(found, step)
        if callable(found) and not show.is_locked(found):
            found = found()
    return found


class Column:
    """One column. `key` names it in the address (`?sort=key`) and is the default path of its value.

    sort: database fields to order by, or True when the caller orders prepared ids by this key.
    select, prefetch: relations that `value` walks; the table fetches them with the page.
    export=False leaves the column out of files; export_only=True out of the page.
    plain: another function of the row for files, where the page's value is not fit for a cell.
    """

    css = ""

    def __init__(
        self,
        key: str,
        label: Words,
        value: Where | None = None,
        *,
        sort: str | Sequence[str] | bool = False,
        select: Sequence[str] = (),
        prefetch: Sequence[str] = (),
        export: bool = True,
        export_only: bool = False,
        plain: Callable[[Any], Any] | None = None,
    ) -> None:
        self.key = key
        self.label = label
        self.value = value or key
        self.sort = (sort,) if isinstance(sort, str) else tuple(sort) if isinstance(sort, Sequence) else sort
        self.select = tuple(select)
        self.prefetch = tuple(prefetch)
        self.in_files = export
        self.on_page = not export_only
        self.plain = plain

    @property
    def sortable(self) -> bool:
        return bool(self.sort)

    def raw(self, row: Any) -> Any:
        return value_at(row, self.value)

    def html(self, row: Any) -> SafeString:
        """The cell as it is shown."""
        raw = self.raw(row)
        return show.lock() if show.is_locked(raw) else self.dress(raw, row)

    def dress(self, raw: Any, row: Any) -> SafeString:
        return show.value(raw)

    def cell(self, row: Any) -> Any:
        """The cell as it is exported: text, number, day."""
        if self.plain is not None:
            return self.plain(row)
        raw = self.raw(row)
        return show.plain(raw) if show.is_locked(raw) or raw is None else self.strip(raw)

    def strip(self, raw: Any) -> Any:
        return show.plain(raw)


class Text(Column):
    """Words as they are; the HTML they may hold is escaped."""


class Link(Column):
    """The name of the row, leading to its page. `url` is a path or function of the row."""

    css = "tg-cell-link"

    def __init__(
        self, key: str, label: Words, value: Where | None = None, *, url: Where = "get_absolute_url", **options: Any
    ) -> None:
        super().__init__(key, label, value, **options)
        self.url = url

    def dress(self, raw: Any, row: Any) -> SafeString:
        target = value_at(row, self.url)
        words = show.value(raw)
        return format_html('<a class="govuk-link" href="{}">{}</a>', target, words) if target else words


class Number(Column):
    css = "tg-cell-number"


class Day(Column):
    """A day, or a moment, in figures; ready for a sheet as a day."""

    css = "tg-cell-day"

    def dress(self, raw: Any, row: Any) -> SafeString:
        return show.day(raw, style="short") if raw else show.EMPTY


class PartialDay(Day):
    """A date of any precision; "about" is said and shown. In files a whole exact day is a day, else text."""

    def strip(self, raw: Any) -> Any:
        partial = show.as_partial(raw) if raw else None
        if partial is None:
            return ""
        exact = partial.as_date()
        return exact if exact and not partial.about else str(PartialDate.parse(str(partial)))


class Code(Column):
    """A code shown by its words: a mapping, or a function of the code."""

    def __init__(
        self, key: str, label: Words, value: Where | None = None, *,
        words: Mapping[Any, Any] | Callable[[Any], Any], **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(key, label, value, **options)
        self.words = words

    def says(self, code: Any) -> Any:
        if code in (None, ""):
            return code
        return self.words(code) if callable(self.words) else self.words.get(code, code)

    def dress(self, raw: Any, row: Any) -> SafeString:
        return show.value(self.says(raw))

    def strip(self, raw: Any) -> Any:
        return show.plain(self.says(raw))


class Tag(Code):
    """A state: its words with the colour of its meaning. `meanings` maps codes; the rest is neutral."""

    def __init__(
        self, key: str, label: Words, value: Where | None = None, *,
        words: Mapping[Any, Any] | Callable[[Any], Any] = str,
        meanings: Mapping[Any, str] | Callable[[Any], str] | None = None, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(key, label, value, words=words, **options)
        self.meanings = meanings or {}

    def dress(self, raw: Any, row: Any) -> SafeString:
        if raw in (None, ""):
            return show.EMPTY
        found = self.meanings(raw) if callable(self.meanings) else self.meanings.get(raw, "neutral")
        return show.tag(self.says(raw), found)


class Bar(Column):
    """A figure with a bar, `of` being the figure of a full bar (100, or a function of the row)."""

    css = "tg-cell-bar"

    def __init__(
        self, key: str, label: Words, value: Where | None = None, *,
        of: float | Callable[[Any], float] = 100, unit: str = "", meaning: Callable[[Any], str] | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(key, label, value, **options)
        self.of = of
        self.unit = unit
        self.meaning = meaning

    def dress(self, raw: Any, row: Any) -> SafeString:
        if raw is None:
            return show.EMPTY
        full = self.of(row) if callable(self.of) else self.of
        words = format_html("{}{}", show.value(raw), f" {self.unit}" if self.unit else "")
        return show.bar(100 * raw / full if full else 0, words, self.meaning(row) if self.meaning else "")
