"""The list of people and the answer to a search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.forms import Field
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from throughgate.access import log
from throughgate.access.acting import current_actor
from throughgate.codelists import codes
from throughgate.core.names import Match
from throughgate.kit import show
from throughgate.kit.forms import CodeField, CodesField
from throughgate.kit.tables import Code, Column, Day, Empty, ExportNote, FilterForm, Link, Table, Text
from throughgate.people.models import Person, Sex
from throughgate.people.naming import shown_names
from throughgate.people.reasons import why_found

# Columns that higher rooms add, and what reads the values of one page of people for them, in constant queries.
LIST_COLUMNS: list[Column] = []
LIST_READS: list[Callable[[list[Person]], None]] = []
# Questions that higher rooms add to the filter of the list, and what narrows people by the answers to them.
LIST_FIELDS: dict[str, Field] = {}
LIST_NARROWS: list[Callable[[Any, Mapping[str, Any]], Any]] = []

FIRST_BAND, LAST_BAND = 1920, 2010
EXPORT_AT_ONCE = 500  # rows read together while a file is written


def bands() -> list[tuple[str, str]]:
    return [(f"{year}-{year + 9}", f"{year}–{year + 9}") for year in range(LAST_BAND, FIRST_BAND - 1, -10)]


class PeopleFilter(FilterForm):
    sex = CodesField(label=_("Sex"), choices=Sex.choices)
    birth_band = CodeField(label=_("Born in"), choices=bands)
    category = CodeField(label=_("Category"), choices=lambda: codes.choices("person_category"))
    language = CodeField(label=_("Language"), choices=lambda: codes.choices("language"))
    citizenship = CodeField(label=_("Citizenship"), choices=lambda: codes.choices("country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.base_fields = {**LIST_FIELDS, **type(self).base_fields}  # type: ignore[misc]  # Django copies it from self
        super().__init__(*args, **kwargs)

    def narrow(self, rows: Any) -> Any:
        given: dict[str, Any] = self.given
        if "sex" in given:
            rows = rows.filter(sex__in=given["sex"])
        for plain in ("birth_band", "language"):
            if plain in given:
                rows = rows.filter(**{plain: given[plain]})
        if "category" in given:
            rows = rows.holding_code("categories", [given["category"]])
        if "citizenship" in given:
            rows = rows.holding_code("citizenships", [given["citizenship"]])
        for narrow in LIST_NARROWS:
            rows = narrow(rows, given)
        return rows


def shown_name(row: Person) -> Any:
    return getattr(row, "shown_name", None) or show.lock()


def with_names(people: Iterable[Person]) -> list[Person]:
    """People with the attribute `shown_name`; no query per person."""
    rows = list(people)
    names = shown_names([person.id for person in rows])
    for person in rows:
        person.shown_name = names.get(person.id)  # type: ignore[attr-defined]  # for the table's column
    return rows


def dressed(people: Iterable[Person]) -> list[Person]:
    """With names, and with what the columns of higher rooms show."""
    rows = with_names(people)
    for read in LIST_READS:
        read(rows)
    return rows


class Found(Table):
    """Those whose name, document or contact meets what was typed, the closest first."""

    name = "found"
    title = _("People found")
    columns = (
        Link("name", _("Name"), shown_name, export=False),
        Text("reference", _("Reference")),
        Text("birth_band", _("Born in")),
        Text("matched", _("What met")),
    )
    per_page = 50
    empty = Empty(_("Nobody found"), _("Try fewer letters or another spelling; part of a name is enough."))

    @property
    def count_words(self) -> str:
        return people_words(self.count)


class People(Table):
    template = "people/people.html"
    name = "people"
    title = _("People")
    columns: Sequence[Column] = (
        Link("name", _("Name"), shown_name, sort=True, export=False),
        Text("reference", _("Reference"), sort="reference"),
        Code("sex", _("Sex"), words=dict(Sex.choices)),
        Text("birth_band", _("Born in"), sort="birth_band"),
        Code("language", _("Language"), words=codes.words("language"), export_only=True),
        Column(
            "categories", _("Categories"), lambda row: codes.labels("person_category", row.categories), export_only=True
        ),
        Column(
            "citizenships", _("Citizenship"), lambda row: codes.labels("country", row.citizenships), export_only=True
        ),
        Day("created_at", pgettext_lazy("column", "Known since"), sort="created_at"),
    )
    filters = PeopleFilter
    default_sort = "-created_at"

    def __init__(self, *args: Any, may_add: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = (*type(self).columns, *LIST_COLUMNS)
        self.empty = Empty(
            _("Nobody here"),
            _("Nobody was added yet, or nobody whom you may see."),
            _("Add a person") if may_add else "",
            reverse("people:add_person") if may_add else "",
        )

    def _slice(self, start: int, end: int) -> list[Any]:
        return dressed(super()._slice(start, end))

    def _all(self) -> Any:
        for start in range(0, self.count, EXPORT_AT_ONCE):
            yield from self._slice(start, start + EXPORT_AT_ONCE)

    @property
    def count_words(self) -> str:
        return people_words(self.count)


def people_words(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def feed_in_order(table: Table, rows: Any, ids: Sequence[Any]) -> None:
    """People in an order made elsewhere, narrowed to those one may see and those the filter leaves."""
    narrowed = table.form.narrow(rows) if table.form else rows
    visible = set(narrowed.values_list("id", flat=True))
    table.feed_ids([one for one in ids if one in visible], lambda page: rows.filter(id__in=page))


def feed_matches(table: Table, by_number: Sequence[tuple[Any, float, str]], by_name: Mapping[Any, Match]) -> None:
    """People found by what was typed, the closest first, narrowed to those one may see, each with what met and why."""
    exactly = {person_id: what for person_id, _score, what in by_number}
    order = list(dict.fromkeys([*exactly, *by_name]))
    visible = Person.objects.kept().in_bulk(order)

    def load(page: Sequence[Any]) -> list[Person]:
        rows = with_names(visible[one] for one in page)
        for row in rows:
            why = exactly.get(row.id) or [by_name[row.id].name, *why_found(by_name[row.id].reasons)]
            row.matched = why  # type: ignore[attr-defined]  # for the table's column
        return rows

    table.feed_ids([one for one in order if one in visible], load)


def exported(export_note: ExportNote) -> None:
    """Every export is an entry: which list, how many, as what kind of file."""
    log.append(
        current_actor(), f"exported.{export_note.table}", details={"as": export_note.kind, "rows": export_note.count}
    )
