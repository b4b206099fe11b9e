from dataclasses import dataclass

import pytest
from django import forms as stock
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.utils import translation

from throughgate.core.dates import PartialDate
from throughgate.kit import forms, tables
from throughgate.kit.panels import Action, Field, Item, Panel


@dataclass
class Person:
    pk: int
    name: str
    state: str
    born: PartialDate | None = None
    lead: "Person | None" = None
    share: int = 0

    def get_absolute_url(self):
        return f"/people/{self.pk}/"


class Filter(tables.FilterForm):
    name = stock.CharField(label="Name")
    state = forms.CodesField(choices=[("in", "Inside"), ("out", "Outside")], label="State")
    born_after = forms.DayField(label="Born after")


class People(tables.Table):
    name = "people"
    title = "People"
    filters = Filter
    per_page = 10
    columns = [
        tables.Link("name", "Name", sort=True),
        tables.Tag("state", "State", words={"in": "Inside", "out": "Outside"}, meanings={"in": "progress"}),
        tables.PartialDay("born", "Born"),
        tables.Text("lead", "Lead", "lead.name"),
        tables.Bar("share", "Ready", unit="%", export=False),
        tables.Number("pk", "Number", export_only=True),
    ]


PEOPLE = [Person(i, f"Person{i:02}", "in" if i % 2 else "out", PartialDate(1990, about=True)) for i in range(25)]


def people(query="", *, rows=PEOPLE, **options):
    loaded = []

    def load(ids):
        loaded.append(list(ids))
        return [row for row in reversed(rows) if row.pk in ids]

    table = People(RequestFactory().get(f"/people/?{query}"), **options)
    table.feed_ids([row.pk for row in rows], load)
    table.loaded = loaded
    return table


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_a_page_loads_its_own_rows_once_and_in_the_given_order():
    table = people("page=2")

    assert [row.pk for row in table.page_rows] == list(range(10, 20))
    str(table)
    assert table.loaded == [list(range(10, 20))]


@pytest.mark.parametrize(("asked", "number"), [("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1)])
def test_a_page_that_is_not_there_becomes_one_that_is(asked, number):
    assert people(f"page={asked}").number == number


def test_the_caption_says_what_is_listed_how_many_and_filtered_by_what():
    html = str(people("state=in"))

    assert "<strong>People</strong>: 25 entries" in html
    assert "Filtered by: State: Inside" in html


def test_each_chosen_filter_can_be_taken_away_alone():
    chosen = people("name=a&state=in&state=out&page=2&sort=name").chosen

    assert [(one.words, one.url) for one in chosen] == [
        ("Name: a", "?state=in&state=out&sort=name"),
        ("State: Inside", "?name=a&sort=name&state=out"),
        ("State: Outside", "?name=a&sort=name&state=in"),
    ]


def test_a_wrong_filter_is_shown_as_wrong_and_filters_nothing():
    table = people("born_after_day=40&born_after_month=1&born_after_year=2000")

    assert table.given == {}
    assert "govuk-error-message" in str(table)


def test_a_heading_sorts_up_then_down_and_says_which():
    up, down = str(people("sort=name")), str(people("sort=-name"))

    assert 'aria-sort="ascending"><a href="?sort=-name">' in up
    assert 'aria-sort="descending"><a href="?sort=name">' in down


def test_sorting_by_what_cannot_be_sorted_is_ignored():
    assert people("sort=state").sort_key == ""


def test_an_empty_list_offers_the_next_step_and_a_filtered_one_its_clearing():
    class Nobody(People):
        empty = tables.Empty("Nobody yet", "", "Add a person", "/add/")

    table = Nobody(RequestFactory().get("/people/"))
    table.feed_ids([], lambda ids: [])

    assert 'href="/add/"' in str(table)
    assert "Clear all filters" in str(people("name=zzz", rows=[]))


def test_cells_escape_what_people_typed():
    assert "<script>" not in str(people(rows=[Person(1, "<script>", "<script>")]))


def test_a_step_of_a_path_that_is_missing_is_empty():
    assert people().columns[3].raw(Person(1, "a", "in")) is None


def test_all_filtered_rows_are_exported_and_the_caller_is_told_before():
    notes = []
    response = people("export=csv&state=in&page=2", on_export=notes.append).answer()

    assert notes == [tables.ExportNote("people", "csv", ("State: Inside",), 25)]
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Name;State;Born;Lead;Number"
    assert lines[1] == "Person00;Outside;1990~;;0"
    assert len(lines) == 26


def test_an_export_that_the_caller_refuses_gives_nothing():
    def refuse(note):
        raise PermissionDenied

    with pytest.raises(PermissionDenied):
        people("export=csv", on_export=refuse).answer()


def test_without_a_hook_there_is_no_export():
    with pytest.raises(PermissionDenied):
        people("export=csv").answer()
    assert "export=" not in str(people())


def test_an_unknown_kind_of_file_is_refused():
    with pytest.raises(PermissionDenied):
        people("export=exe", on_export=lambda note: None).answer()


def test_an_export_loads_rows_in_batches(monkeypatch):
    monkeypatch.setattr("throughgate.kit.tables.table.EXPORT_AT_ONCE", 10)
    table = people("export=csv", on_export=lambda note: None)

    table.answer()

    assert [len(batch) for batch in table.loaded] == [10, 10, 5]


def test_a_panel_shows_a_dash_for_empty_and_a_lock_for_sealed():
    class Closed:
        locked = True

    panel = Panel(
        "Facts", rows=[Field("lead.name", "Lead"), Item("Story", Closed()), Item("Phone", None, hide_empty=True)]
    )
    html = str(panel.of(Person(1, "a", "in")))

    assert "—" in html
    assert "closed to you" in html
    assert "Phone" not in html


def test_a_panel_dresses_values_and_points_its_actions_at_the_row():
    panel = Panel(
        "Facts", rows=[Field("name", "Name", as_=str.upper)], actions=[Action("Edit", lambda row: f"/{row.pk}/edit/")]
    )
    html = str(panel.of(Person(7, "anna", "in")))

    assert "ANNA" in html
    assert 'href="/7/edit/"' in html


def test_a_panel_with_a_button_asks_for_the_request_and_then_carries_its_token():
    panel = Panel("Facts", rows=[Item("Key", "x")], actions=[Action("Lock", "/lock/", post=True)])

    with pytest.raises(ValueError, match="needs the request"):
        str(panel)
    assert "csrfmiddlewaretoken" in panel.shown(RequestFactory().get("/"))
