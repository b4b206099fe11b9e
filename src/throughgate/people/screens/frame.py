"""The frame of every page about a person, and the places where higher rooms add theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.core.dates import PartialDate
from throughgate.kit import show
from throughgate.kit.panels import Action, Panel
from throughgate.people.models import Person
from throughgate.people.naming import shown_names
from throughgate.people.rights import Right

# Places for higher rooms: their screens add to these when they are imported ----------------------------------------


@dataclass(frozen=True)
class Tab:
    """A part of a person's page: `url` is the name of a route that takes the reference.

    `order`: the parts of higher rooms stand between what this room shows first (under 50) and last.
    """

    url: str
    label: Any
    needs: str
    order: int = 50


@dataclass(frozen=True)
class Entry:
    """A line of a person's timeline. `kind` is a key of `TIMELINE_KINDS`, by which it is filtered."""

    when: PartialDate | Any
    title: Any
    by: Any = ""
    text: Any = ""
    url: str = ""
    tag: SafeString | str = ""
    kind: str = ""


Panels = Callable[[Person, HttpRequest], Iterable[Panel]]
Entries = Callable[[Person], Iterable[Entry]]
Marks = Callable[[Person], Iterable[SafeString]]
Facts = Callable[[Person], Iterable[Any]]

TABS: list[Tab] = []
OVERVIEW: list[Panels] = []
TIMELINE: list[Entries] = []
TIMELINE_KINDS: dict[str, Any] = {}  # code -> words
MARKS: list[Marks] = []  # tags beside the name: where the person is now
FACTS: list[Facts] = []  # short facts under the name
MAIN_ACTIONS: list[Callable[[Person], Iterable[Action]]] = []
# The right one needs to see the history of a room's rows, by the room's name ("custody"); without one it is not shown.
HISTORY: dict[str, str] = {}


def spoken(reference: str) -> str:
    """The reference as it is read out: in groups of two or three signs."""
    head, _dash, tail = reference.partition("-")
    return f"{head} {tail[:2]} {tail[2:]}".strip()


def reference_words(person: Person) -> SafeString:
    """Big and in groups; typed back with any separators it is understood (`core.references`)."""
    return format_html('<span class="tg-reference">{}</span>', spoken(person.reference))


def name_of(person: Person) -> str:
    """The name to show: the preferred one, else words that it is not known or closed."""
    return shown_names([person.id]).get(person.id) or gettext("Name closed or not known")


def frame(request: HttpRequest, person: Person, *, current: str, title: Any = "", **context: Any) -> dict[str, Any]:
    """What every page about a person shows: who it is, the tabs, where one is. *current*: the route of the tab."""
    actor = current_actor()
    tabs = [
        {"url": reverse(tab.url, args=[person.reference]), "label": tab.label, "current": tab.url == current}
        for tab in sorted(TABS, key=lambda tab: tab.order)
        if actor.has(tab.needs)
    ]
    crumbs = [{"label": gettext("People"), "url": reverse("people:people")}, {"label": person.reference}]
    if title:
        crumbs[1]["url"] = person.get_absolute_url()
        crumbs.append({"label": str(title)})
    return {
        # Never a name: titles stay in the browser's history.
        "title": f"{person.reference}: {title}" if title else person.reference,
        "person": person,
        "name": name_of(person),
        "photo": reverse("people:photo", args=[person.reference]) if person.photo_id else "",
        "photo_alt": gettext("Photograph"),
        "tags": [mark for marks in MARKS for mark in marks(person)],
        "facts": [reference_words(person), *(fact for facts in FACTS for fact in facts(person))],
        "tabs": tabs,
        "actions": [action for actions in MAIN_ACTIONS for action in actions(person)],
        "breadcrumbs": crumbs,
        **context,
    }


def own_facts(person: Person) -> Iterable[Any]:
    if person.birth_date is not None:
        yield gettext("born %(date)s") % {"date": _date_words(person.birth_date)}
    if person.sex:
        yield person.get_sex_display()


def _date_words(when: Any) -> str:
    return str(when) if show.is_locked(when) else show.date_words(when)


def own_marks(person: Person) -> Iterable[SafeString]:
    if person.erased_at is not None:
        yield show.tag(gettext("data destroyed"), "danger")


FACTS.append(own_facts)
MARKS.append(own_marks)
HISTORY["people"] = Right.VIEW
TABS += [
    Tab("people:person", _("Overview"), Right.VIEW, 0),
    Tab("people:timeline", _("Timeline"), Right.VIEW, 10),
    Tab("people:around", _("People around"), Right.VIEW, 60),
    Tab("people:documents", _("Documents and files"), Right.VIEW, 70),
    Tab("people:consents", _("Consents"), Right.VIEW, 75),
    Tab("people:who_opens", _("Access"), Right.VIEW, 90),
    Tab("people:history", _("History"), Right.VIEW, 95),
]
