"""Panels of the first page about a person: who it is, how to reach them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.people.models import ContactPoint, Name, Person, carefully

RISK_MEANS = {
    "none_known": "neutral",  # nobody has looked, or there is none: not the green of safety
    "careful": "warn",
    "through_other": "warn",
    "never_name_us": "danger",
    "no_contact": "danger",
}


def to(route: str, person: Person, *args: Any) -> str:
    return reverse(f"people:{route}", args=[person.reference, *args])


def history_link(person: Person, about: str) -> Action:
    """To the history of one noun of this person."""
    return Action(_("History"), f"{to('history', person)}?of={about}")


def lines(first: Any, *more: Any) -> SafeString:
    """A value with smaller lines under it; empty ones are left out."""
    rest = [one for one in more if one not in (None, "")]
    return format_html(
        "{}{}",
        show.value(first),
        format_html_join("", '<br><span class="tg-small">{}</span>', ((one,) for one in rest)),
    )


def tags(*found: SafeString | str) -> SafeString:
    return format_html_join(" ", "{}", ((one,) for one in found if one))


def risk_tag(code: str) -> SafeString | str:
    """The risk of contact as a word with a colour; nothing when nobody asked."""
    return show.tag(codes.label("contact_risk", code), RISK_MEANS.get(code, "warn")) if code else ""


# Who it is ------------------------------------------------------------------------------------------------------------


def main_panel(person: Person, names: Sequence[Name], *, may_write: bool) -> Panel:
    links = [history_link(person, "person")]
    if may_write:
        links = [
            Action(_("Change"), to("amend_person", person)),
            Action(_("Add a name"), to("add_name", person)),
            *links,
        ]
    return Panel(
        _("Who it is"),
        [
            *[_name_item(person, name, may_write=may_write) for name in names],
            Item(_("Date of birth"), person.birth_date),
            Item(_("Sex"), person.get_sex_display()),
            Item(_("Citizenship"), codes.labels("country", person.citizenships), hide_empty=True),
            Item(_("Language"), person.language_words, hide_empty=True),  # type: ignore[attr-defined]  # of CodeField
            Item(_("Categories"), codes.labels("person_category", person.categories), hide_empty=True),
            Item(_("Categories that endanger"), endangering(person), hide_empty=True),
        ],
        links,
    )


def _name_item(person: Person, name: Name, *, may_write: bool) -> Item:
    actions = []
    if may_write:
        actions.append(Action(_("Correct"), to("amend_name", person, name.id)))
        if not name.preferred:
            actions.append(Action(_("Show first"), to("prefer_name", person, name.id), post=True))
    script = codes.label("language", name.script) if name.script in ("be", "ru") else ""
    value = name.parts if show.is_locked(name.parts) else lines(name.whole, script)
    return Item(capfirst(name.get_kind_display()), value, actions=actions)


def endangering(person: Person) -> Any:
    sealed = person.sealed_categories
    return sealed if sealed is None or show.is_locked(sealed) else codes.labels("person_category_sealed", sealed)


# How to reach them ---------------------------------------------------------------------------------------------------


def contacts_panel(person: Person, points: Iterable[ContactPoint], *, may_write: bool) -> Panel:
    links = [history_link(person, "contactpoint")]
    if may_write:
        links.insert(0, Action(_("Add"), to("add_contact_point", person)))
    items = [_point_item(person, point, may_write=may_write) for point in carefully(points)]
    return Panel(_("How to reach them"), items, links, note="" if items else _("No contact is known."))


def _point_item(person: Person, point: ContactPoint, *, may_write: bool) -> Item:
    value = lines(
        point.value,
        tags(*warnings(point), risk_tag(point.risk)),
        _said(_("Whose: %(who)s"), "who", point.whose),
        _said(_("Safe: %(times)s"), "times", point.safe_times),
    )
    actions = _point_actions(person, point) if may_write else []
    return Item(point.channel_words, value, actions=actions)  # type: ignore[attr-defined]  # of CodeField


def _said(sentence: Any, name: str, value: Any) -> str:
    return str(sentence) % {name: value} if value else ""


def warnings(point: ContactPoint) -> list[SafeString]:
    """What must be read before this contact is used."""
    found = []
    if point.not_safe_since is not None:
        when = show.date_words(point.not_safe_since, style="short")
        words = gettext("not safe since %(date)s: %(why)s") % {"date": when, "why": point.get_not_safe_reason_display()}
        found.append(show.tag(words, "danger"))
    if point.never_mention_us:
        found.append(show.tag(gettext("never mention us"), "danger"))
    if point.ended is not None:
        when = show.date_words(point.ended, style="short")
        found.append(show.tag(gettext("no longer used since %(date)s") % {"date": when}))
    return found


def _point_actions(person: Person, point: ContactPoint) -> list[Action]:
    actions = [Action(_("Correct"), to("amend_contact_point", person, point.id))]
    if point.not_safe_since is None:
        actions.append(Action(_("Not safe"), to("mark_not_safe", person, point.id)))
    else:
        actions.append(Action(_("Safe again"), to("mark_safe_again", person, point.id)))
    if point.ended is None:
        actions.append(Action(_("End"), to("end_contact_point", person, point.id)))
    return actions
