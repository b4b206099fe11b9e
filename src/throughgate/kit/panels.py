"""Declared facts about one row: a heading and a list of names and values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from throughgate.kit import show
from throughgate.kit.tables.columns import Where, Words, value_at


@dataclass(frozen=True)
class Action:
    """A link, or with `post` a button, beside a panel, a row or a heading.

    `kind`: "" for the main action of a page, "secondary", "warning". `url` may be a function of the row.
    """

    label: Words
    url: str | Callable[[Any], str]
    post: bool = False
    kind: str = ""

    def of(self, row: Any) -> Action:
        return Action(self.label, self.url(row), self.post, self.kind) if callable(self.url) else self


@dataclass(frozen=True)
class Field:
    """One fact: where it is on the row, what it is called, and how it is put (`as_` takes the raw value).

    Empty is a dash; a value sealed to this member is a lock; `show.UNKNOWN`, False and `show.Uncertain` look
    different from each other. `hide_empty` leaves the line out when there is nothing.
    """

    where: Where
    label: Words
    as_: Callable[[Any], Any] | None = None
    actions: Sequence[Action] = ()
    hide_empty: bool = False

    def raw(self, row: Any) -> Any:
        return value_at(row, self.where)


@dataclass(frozen=True)
class Item:
    """A fact whose value is at hand."""

    label: Words
    value: Any
    as_: Callable[[Any], Any] | None = None
    actions: Sequence[Action] = ()
    hide_empty: bool = False

    def raw(self, row: Any) -> Any:
        return self.value


@dataclass(frozen=True)
class Line:
    label: Words
    html: SafeString
    actions: Sequence[Action]


@dataclass(frozen=True)
class Panel:
    """`Panel(_("Main facts"), rows=[Field("born", _("Born"))], actions=[...]).of(person)` in a template."""

    title: Words
    rows: Sequence[Field | Item] = field(default_factory=list)
    actions: Sequence[Action] = ()
    note: Words = ""
    row: Any = None

    def of(self, row: Any) -> Panel:
        return Panel(self.title, self.rows, [action.of(row) for action in self.actions], self.note, row)

    @property
    def lines(self) -> list[Line]:
        lines = []
        for one in self.rows:
            raw = one.raw(self.row)
            if one.hide_empty and raw in (None, "", [], ()):
                continue
            lines.append(Line(one.label, self._html(one, raw), [action.of(self.row) for action in one.actions]))
        return lines

    @staticmethod
    def _html(one: Field | Item, raw: Any) -> SafeString:
        plain = show.is_locked(raw) or raw is None or raw is show.UNKNOWN or one.as_ is None
        return show.value(raw if plain else one.as_(raw))  # type: ignore[misc]

    @property
    def has_actions(self) -> bool:
        return any(one.actions for one in self.rows)

    def shown(self, request: HttpRequest | None = None) -> SafeString:
        """The panel; buttons that post need the request, for its token: `{% panel it %}` in a template gives it."""
        posts = any(action.post for action in [*self.actions, *(a for one in self.rows for a in one.actions)])
        if posts and request is None:
            raise ValueError("a panel with a button needs the request: write {% panel it %} in the template")
        return render_to_string("kit/components/summary_list.html", {"panel": self}, request=request)

    def __str__(self) -> SafeString:
        return self.shown()

    __html__ = __str__
