"""One value as people read it. Tables, panels and template tags all come here.

Three things that are not the same look different: empty (a dash), not known (italic words), no (a bold word).
A sealed value that this member may not open arrives as an object with `locked = True`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from throughgate.core.dates import PartialDate, format_date

MEANINGS = ("danger", "warn", "progress", "good", "neutral")
EMPTY = mark_safe('<span class="tg-muted">—</span>')


class Unknown:
    """Asked, and not known: an answer, unlike nothing at all."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Uncertain:
    """A value that is told but not sure; `why` is a few words, such as "from the mother's words"."""

    value: Any
    why: str = ""


def is_locked(value: Any) -> bool:
    return getattr(value, "locked", False) is True


def tag(text: Any, meaning: str = "neutral") -> SafeString:
    if meaning not in MEANINGS:
        raise ValueError(f"a tag means one of {', '.join(MEANINGS)}, not {meaning!r}")
    modifier = "" if meaning == "neutral" else f" tg-tag--{meaning}"
    return format_html('<strong class="tg-tag{}">{}</strong>', modifier, text)


def lock() -> SafeString:
    return format_html('<span class="tg-locked">{}</span>', gettext("closed to you"))


def answer(given: bool | None) -> SafeString:
    """Yes, no, or not known."""
    if given is None:
        return unknown()
    if given:
        return format_html("{}", pgettext("answer", "Yes"))
    return format_html('<span class="tg-no">{}</span>', pgettext("answer", "No"))


def unknown() -> SafeString:
    return format_html('<span class="tg-unknown">{}</span>', pgettext("answer", "not known"))


def uncertain(told: Uncertain) -> SafeString:
    why = told.why or pgettext("value", "not certain")
    return format_html(
        '<span class="tg-uncertain">{}</span> <span class="tg-muted">({})</span>', value(told.value), why
    )


def day(when: datetime.date | PartialDate | str | None, *, style: str = "long") -> SafeString:
    if is_locked(when):
        return lock()
    if when in (None, ""):
        return EMPTY
    partial = as_partial(when)
    words = date_words(partial, style=style)
    exact = partial.as_date()
    if partial.about:
        return format_html('<span class="tg-uncertain">{}</span>', words)
    if exact is None:
        return format_html("{}", words)
    return format_html('<time datetime="{}">{}</time>', exact.isoformat(), words)


def as_partial(when: Any) -> PartialDate:
    if isinstance(when, PartialDate):
        return when
    if isinstance(when, datetime.datetime):
        when = timezone.localtime(when).date() if timezone.is_aware(when) else when.date()
    return PartialDate.from_date(when) if isinstance(when, datetime.date) else PartialDate.parse(str(when))


def date_words(when: Any, *, style: str = "long") -> str:
    """The date in the language of the page: 5 верасня 2026 г.; short: 05.09.2026."""
    return format_date(as_partial(when), get_language() or "en", style="short" if style == "short" else "long")


def moment(when: datetime.datetime) -> SafeString:
    local = timezone.localtime(when) if timezone.is_aware(when) else when
    text = f"{date_words(local.date(), style='short')}, {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), text)


def value(anything: Any) -> SafeString:
    if is_locked(anything):
        return lock()
    if anything is UNKNOWN:
        return unknown()
    if isinstance(anything, Uncertain):
        return uncertain(anything)
    if anything is None or anything in ("", [], ()):
        return EMPTY
    if isinstance(anything, bool):
        return answer(anything)
    if isinstance(anything, datetime.datetime):
        return moment(anything)
    if isinstance(anything, datetime.date | PartialDate):
        return day(anything)
    if isinstance(anything, int | float | Decimal):
        return format_html("{}", formats.localize(anything, use_l10n=True))
    if isinstance(anything, list | tuple):
        return several(anything)
    return conditional_escape(anything)


def several(values: list[Any] | tuple[Any, ...]) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((value(one),) for one in values))
    return format_html('<ul class="govuk-list">{}</ul>', items)


def ref(row: Any, words: str = "") -> SafeString:
    """A related row as a link; a row that one may not see says so and no more."""
    if row is None:
        return EMPTY
    if is_locked(row):
        return lock()
    text = words or str(row)
    link = getattr(row, "get_absolute_url", None)
    if link is None:
        return format_html("{}", text)
    return format_html('<a class="govuk-link" href="{}">{}</a>', link(), text)


def bar(percent: float, label: Any = "", meaning: str = "") -> SafeString:
    """A bar of CSS classes beside its figure; `percent` is held between 0 and 100."""
    width = max(0, min(100, round(percent)))
    modifier = f" tg-bar__fill--{meaning}" if meaning in ("danger", "warn", "good") else ""
    return format_html(
        '<span class="tg-bar"><span class="tg-bar__track"><span class="tg-bar__fill{} w-{}"></span></span>'
        "<span>{}</span></span>",
        modifier,
        width,
        label if label != "" else f"{width} %",
    )


def plain(anything: Any) -> Any:
    """The same value for a sheet: numbers and days stay what they are, the rest becomes text."""
    if is_locked(anything):
        return gettext("closed to you")
    if anything is UNKNOWN:
        return pgettext("answer", "not known")
    if isinstance(anything, Uncertain):
        why = anything.why or pgettext("value", "not certain")
        return f"{plain(anything.value)} ({why})"
    if anything is None:
        return ""
    if isinstance(anything, bool):
        return pgettext("answer", "Yes") if anything else pgettext("answer", "No")
    if isinstance(anything, datetime.datetime):
        return timezone.make_naive(anything) if timezone.is_aware(anything) else anything
    if isinstance(anything, datetime.date | int | float | Decimal):
        return anything
    if isinstance(anything, list | tuple):
        return "; ".join(str(plain(one)) for one in anything)
    return str(anything)
