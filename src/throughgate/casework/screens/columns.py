"""Columns that several lists of this room share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from throughgate.casework.screens.due import when_tag
from throughgate.kit import show
from throughgate.kit.tables import Column, Day, Link
from throughgate.people.models import Person
from throughgate.people.naming import shown_names


def with_names(rows: Iterable[Any]) -> list[Any]:
    """Rows about people, each with the attribute `shown_name`; no query per person."""
    found = list(rows)
    names = shown_names({row.person_id for row in found if row.person_id})
    for row in found:
        row.shown_name = names.get(row.person_id)
    return found


def only_visible(rows: Iterable[Any]) -> list[Any]:
    """Rows whose person, where one may not see them, is neither named nor linked. One query."""
    found = list(rows)
    ids = {row.person_id for row in found if row.person_id}
    visible = set(Person.objects.kept().filter(id__in=ids).values_list("id", flat=True)) if ids else set()
    for row in with_names(found):
        row.person_hidden = row.person_id is not None and row.person_id not in visible
        if row.person_hidden:
            row.shown_name = None
    return found


def shown_name(row: Any) -> Any:
    if row.person_id is None:
        return None
    return getattr(row, "shown_name", None) or show.lock()


def shown_reference(row: Any) -> str | None:
    return row.person.reference if row.person_id and not getattr(row, "person_hidden", False) else None


def to_person(row: Any) -> str:
    reference = shown_reference(row)
    return reverse("people:person", args=[reference]) if reference else ""


class Name(Link):
    """The person's name, leading to their page; closed where it is closed. Never in a file."""

    def __init__(self, key: str, label: Any, **options: Any) -> None:
        options = {"url": to_person, "select": ("person",), "export": False, **options}
        super().__init__(key, label, shown_name, **options)


class Due(Day):
    """A day, with a word when it is today or has passed."""

    def dress(self, raw: Any, row: Any) -> SafeString:
        return when_tag(raw, timezone.localdate())

    def html(self, row: Any) -> SafeString:
        raw = self.raw(row)
        ended = getattr(row, "done_on", None) is not None
        return show.day(raw, style="short") if ended and isinstance(raw, date) else self.dress(raw, row)


class Buttons(Column):
    """What can be done with a row. *actions* gives (words, address, posts) and what each is about."""

    def __init__(
        self, request: HttpRequest, label: Any, actions: Callable[[Any], Iterable[tuple[Any, str, bool]]], *,
        about: Callable[[Any], Any],
    ) -> None:  # fmt: skip
        super().__init__("buttons", label, lambda row: list(actions(row)), export=False)
        self.request = request
        self.about = about

    def dress(self, raw: Any, row: Any) -> SafeString:
        about = self.about(row)
        made = (
            (button(self.request, words, url, about) if posts else link(words, url, about),)
            for words, url, posts in raw
        )
        return format_html('<div class="tg-actions">{}</div>', format_html_join(" ", "{}", made)) if raw else show.EMPTY


def link(words: Any, url: str, about: Any) -> SafeString:
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>', url, words, about
    )


def button(request: HttpRequest, words: Any, url: str, about: Any) -> SafeString:
    """A button that posts, and comes back to this page."""
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="next" value="{}"><button class="tg-linkbutton" type="submit">{}'
        '<span class="govuk-visually-hidden">: {}</span></button></form>',
        url, get_token(request), request.get_full_path(), words, about,
    )  # fmt: skip


def offset_words(days: int) -> str:
    """A follow-up by its place in the schedule: 72 hours, then months."""
    words = {
        3: gettext("72 hours"),
        30: gettext("month 1"),
        90: gettext("month 3"),
        180: gettext("month 6"),
        365: gettext("month 12"),
        730: gettext("month 24"),
        1095: gettext("month 36"),
    }
    return words.get(days) or gettext("day %(days)s") % {"days": days}
