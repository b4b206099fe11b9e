"""Declared lists and pages about people, and the places where higher rooms add theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.access import log
from throughgate.access.acting import current_actor
from throughgate.codelists import codes
from throughgate.core.dates import PartialDate
from throughgate.kit import show
from throughgate.kit.forms import CodesField, Form
from throughgate.kit.panels import Action, Item, Panel
from throughgate.kit.tables import Code, Day, Empty, ExportNote, FilterForm, Link, Table, Text
from throughgate.people.models import Name, Person, Sex
from throughgate.people.naming import shown_names
from throughgate.people.rights import Right

# Places for higher rooms -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tab:
    """A part of a person's page: `url` is the name of a route that takes the reference."""

    url: str
    label: Any
    needs: str


@dataclass(frozen=True)
class Entry:
    """A line of a person's timeline."""

    when: PartialDate | Any
    title: Any
    by: Any = ""
    text: Any = ""
    url: str = ""
    tag: SafeString | str = ""


Panels = Callable[[Person, HttpRequest], Iterable[Panel]]
Entries = Callable[[Person], Iterable[Entry]]
Marks = Callable[[Person], Iterable[SafeString]]
Facts = Callable[[Person], Iterable[Any]]

TABS: list[Tab] = []  # in the order of the floors
OVERVIEW: list[Panels] = []
TIMELINE: list[Entries] = []
MARKS: list[Marks] = []  # tags beside the name: where the person is now
FACTS: list[Facts] = []  # short facts under the name
MAIN_ACTIONS: list[Callable[[Person], Iterable[Action]]] = []
# Columns and filters that higher rooms add to the list of people, each with what it reads for one page of people.
LIST_COLUMNS: list[Any] = []


# The frame of every page about a person ------------------------------------------------------------------------------


def name_of(person: Person) -> str:
    """The name to show: the preferred one, else the reference."""
    return shown_names([person.id]).get(person.id) or gettext("Name closed or not known")


def frame(request: HttpRequest, person: Person, *, current: str, title: Any = "", **context: Any) -> dict[str, Any]:
    """What every page about a person shows: who it is, the tabs, where one is."""
    actor = current_actor()
    name = name_of(person)
    tabs = [
        {"url": reverse(tab.url, args=[person.reference]), "label": tab.label, "current": tab.url == current}
        for tab in TABS
        if actor.has(tab.needs)
    ]
    return {
        "title": title or person.reference,  # never a name: titles stay in the browser's history
        "person": person,
        "name": name,
        "tags": [mark for marks in MARKS for mark in marks(person)],
        "facts": [person.reference, *(fact for facts in FACTS for fact in facts(person))],
        "tabs": tabs,
        "actions": [action for actions in MAIN_ACTIONS for action in actions(person)],
        "breadcrumbs": [{"label": gettext("People"), "url": reverse("people:people")}, {"label": person.reference}],
        **context,
    }


# The list of people -------------------------------------------------------------------------------------------------


class PeopleFilter(FilterForm):
    sex = CodesField(label=_("Sex"), choices=Sex.choices, required=False)

    def narrow(self, rows: Any) -> Any:
        sex = self.given.get("sex")
        return rows.filter(sex__in=sex) if sex else rows


def shown_name(row: Person) -> Any:
    return getattr(row, "shown_name", None) or show.lock()


class FindForm(Form):
    """A name in any spelling, or a reference. Sent by POST: a name must not stay in an address."""

    typed = forms.CharField(label=_("Name in any spelling, or reference"), max_length=100)


class Found(Table):
    """Those whose name meets what was typed, the closest first."""

    name = "found"
    title = _("People found")
    columns = (
        Link("name", _("Name"), shown_name, export=False),
        Text("reference", _("Reference")),
        Text("birth_band", _("Born in")),
        Text("matched", _("Spelling that met")),
    )
    per_page = 50
    empty = Empty(_("Nobody found"), _("Try fewer letters or another spelling; part of a name is enough."))


class People(Table):
    template = "people/people.html"
    name = "people"
    title = _("People")
    columns = (
        Link("name", _("Name"), shown_name, sort=True, export=False),
        Text("reference", _("Reference"), sort="reference"),
        Code("sex", _("Sex"), words=dict(Sex.choices)),
        Text("birth_band", _("Born in"), sort="birth_band"),
        Day("created_at", pgettext_lazy("column", "Known since"), sort="created_at"),
    )
    filters = PeopleFilter
    default_sort = "-created_at"
    empty = Empty(
        _("Nobody here"),
        _("Nobody fits what was asked for, or nobody was added yet. Try another spelling, or fewer filters."),
        _("Add a person"),
        "/people/new/",
    )

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s person", "%(count)s people", self.count) % {"count": self.count}


def with_names(people: Iterable[Person]) -> list[Person]:
    """People with the attribute `shown_name`; no query per person."""
    rows = list(people)
    names = shown_names([person.id for person in rows])
    for person in rows:
        person.shown_name = names.get(person.id)  # type: ignore[attr-defined]  # for the table's column
    return rows


def name_rows(names: Sequence[Name]) -> list[Item]:
    return [Item(name.get_kind_display(), name.parts if show.is_locked(name.parts) else name.whole) for name in names]


def main_panel(person: Person, names: Sequence[Name], *, may_write: bool) -> Panel:
    """Who somebody is."""
    link = [Action(_("Change"), reverse("people:amend_person", args=[person.reference]))] if may_write else []
    language = codes.label("language", person.language) if person.language else ""
    return Panel(
        _("Who it is"),
        [
            *name_rows(names),
            Item(_("Date of birth"), person.birth_date),
            Item(_("Sex"), person.get_sex_display()),
            Item(_("Categories"), codes.labels("person_category", person.categories), hide_empty=True),
            Item(_("Categories that endanger"), endangering(person), hide_empty=True),
            Item(_("Language"), language, hide_empty=True),
        ],
        link,
    )


def endangering(person: Person) -> Any:
    sealed = person.sealed_categories
    return sealed if sealed is None or show.is_locked(sealed) else codes.labels("person_category_sealed", sealed)


TABS.append(Tab("people:person", _("Overview"), Right.VIEW))


def feed_page(table: Table, rows: Any) -> None:
    """People from the database in its own order; names come from memory for the page shown."""
    table.feed(rows)
    table.page_rows = with_names(table.page_rows)  # a cached property, dressed


def feed_found(table: Table, rows: Any, ids: Sequence[Any]) -> None:
    """People in an order made elsewhere, narrowed to those one may see and those the filter leaves."""
    narrowed = table.form.narrow(rows) if table.form else rows
    visible = set(narrowed.filter(id__in=ids).values_list("id", flat=True))
    table.feed_ids([one for one in ids if one in visible], lambda page: with_names(rows.filter(id__in=page)))


def feed_matches(table: Table, matches: Sequence[tuple[Any, float, str]]) -> None:
    """People found by name, narrowed to those one may see, each with the spelling that met."""
    spellings = {person_id: matched for person_id, _score, matched in matches}

    def load(page: Sequence[Any]) -> list[Person]:
        rows = with_names(visible[one] for one in page)
        for row in rows:
            row.matched = spellings[row.id]  # type: ignore[attr-defined]  # for the table's column
        return rows

    visible = Person.objects.in_bulk(list(spellings))
    table.feed_ids([one for one in spellings if one in visible], load)


def exported(export_note: ExportNote) -> None:
    """Every export is an entry: which list, how many, as what kind of file."""
    log.append(
        current_actor(), f"exported.{export_note.table}", details={"as": export_note.kind, "rows": export_note.count}
    )
