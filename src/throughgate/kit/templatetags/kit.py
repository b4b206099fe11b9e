"""Template tags of the look; thin: what they decide is decided in plain functions elsewhere."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from throughgate.core.dates import PartialDate
from throughgate.kit import show
from throughgate.kit.forms.base import Problem
from throughgate.kit.forms.base import error_links as links_of

register = template.Library()


@register.simple_tag
def error_links(form: Any) -> list[Problem]:
    return links_of(form)


# Hundreds of choices stand on some pages. A loop of the template takes ten times as long as one here.


@register.simple_tag
def options(found: list[dict[str, Any]]) -> SafeString:
    """The choices of a select."""
    rows = ((str(one["value"]), _SELECTED[bool(one["selected"])], one["label"]) for one in found)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.simple_tag
def answers(found: list[dict[str, Any]], kind: str) -> SafeString:
    """The choices of checkboxes or radios, each with its label."""
    look = {"checkbox": "checkboxes", "radio": "radios"}[kind]
    item = (
        f'<div class="govuk-{look}__item">'
        f'<input class="govuk-{look}__input" type="{kind}" name="{{}}" value="{{}}"{{}}{{}}{{}}>'
        f'<label class="govuk-label govuk-{look}__label"{{}}>{{}}</label></div>'
    )
    return format_html_join("\n", item, (_answer(one) for one in found))


_SELECTED = {True: mark_safe(" selected"), False: ""}
_CHECKED = {True: mark_safe(" checked"), False: ""}
_DISABLED = {True: mark_safe(" disabled"), False: ""}


def _answer(one: dict[str, Any]) -> tuple[Any, ...]:
    attrs = one["attrs"]
    own, its = (format_html(' {}="{}"', name, attrs["id"]) if attrs.get("id") else "" for name in ("id", "for"))
    disabled = _DISABLED[bool(attrs.get("disabled"))]
    return one["name"], str(one["value"]), own, _CHECKED[bool(one["selected"])], disabled, its, one["label"]


@register.simple_tag
def tag(text: Any, meaning: str = "neutral") -> SafeString:
    """A word with a colour that means danger, warn, progress, good or neutral."""
    return show.tag(text, meaning)


@register.simple_tag
def day(when: datetime.date | PartialDate | None, style: str = "long") -> SafeString:
    """A date in words; an approximate one is underlined with dots; none is a dash."""
    return show.day(when, style=style)


@register.simple_tag
def ref(row: Any, words: str = "") -> SafeString:
    """A link to a row one may see, or the words that it is closed."""
    return show.ref(row, words)


@register.simple_tag
def value(anything: Any) -> SafeString:
    """Any value as people read it: dash for empty, lock for sealed, words for dates and answers."""
    return show.value(anything)


@register.simple_tag
def bar(percent: float, label: str = "", meaning: str = "") -> SafeString:
    return show.bar(percent, label, meaning)


@register.simple_tag(takes_context=True)
def url_with(context: RequestContext, **changes: Any) -> str:
    """This page's query with some parts changed; `None` or "" takes a part away."""
    request = context["request"]
    query = request.GET.copy()
    for name, new in changes.items():
        if new in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(new)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def panel(context: RequestContext, declared: Any) -> SafeString:
    """A declared panel, with the request its buttons need."""
    return declared.shown(context.get("request"))  # type: ignore[no-any-return]


@register.simple_tag
def language() -> str:
    return (get_language() or "en").split("-")[0]


@register.filter
def get(mapping: Any, key: Any) -> Any:
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag
def yes_or_no(answer: bool | None) -> SafeString:
    return show.answer(answer)


@register.simple_tag
def hidden_query(request: Any, *leave_out: str) -> SafeString:
    """The present query as hidden inputs, for a GET form that must not lose it."""
    pairs = ((k, v) for k, vs in request.GET.lists() if k not in leave_out for v in vs)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag
def today_words() -> str:
    return show.date_words(timezone.localdate())


@register.simple_tag
def table_url(table: Any, kind: str) -> str:
    return str(table.url(export=kind, page=None))
