"""A declared list over the database: the same number of queries whatever it holds."""

import pytest
from django.test import RequestFactory

from throughgate.access.acting import System, acting_as
from throughgate.access.models import Organisation
from throughgate.access.rights import Right
from throughgate.kit import tables

pytestmark = pytest.mark.django_db


class Organisations(tables.Table):
    name = "organisations"
    title = "Organisations"
    per_page = 10
    default_sort = "-name"
    columns = [
        tables.Text("name", "Name", sort="name"),
        tables.Text("kind", "Kind", sort=("kind", "-name")),
    ]


@pytest.fixture
def listed():
    founder = System("tests", frozenset(Right.values))
    with acting_as(founder):
        Organisation.objects.bulk_create(
            Organisation(name=f"Прыклад {i:02}", kind="ngo" if i % 2 else "donor") for i in range(25)
        )
        yield lambda query="", **options: fed(query, **options)


def fed(query, **options):
    table = Organisations(RequestFactory().get(f"/?{query}"), **options)
    table.feed(Organisation.objects.all())
    return table


def test_a_page_costs_one_count_and_one_select(listed, django_assert_num_queries):
    with django_assert_num_queries(2):
        str(listed("page=2"))


def test_the_list_is_sorted_by_default_and_by_what_is_asked(listed):
    assert listed().page_rows[0].name == "Прыклад 24"
    assert listed("sort=name").page_rows[0].name == "Прыклад 00"


def test_a_column_may_sort_by_several_fields(listed):
    assert [row.name for row in listed("sort=kind").page_rows[:2]] == ["Прыклад 24", "Прыклад 22"]
    assert listed("sort=-kind").page_rows[0].name == "Прыклад 01"


def test_a_page_past_the_end_shows_the_last_one(listed):
    assert len(listed("page=9").page_rows) == 5


def test_an_export_holds_all_rows_in_the_order_of_the_page(listed):
    response = listed("export=csv&sort=name&page=3", on_export=lambda note: None).answer()
    lines = response.content.decode("utf-8-sig").splitlines()

    assert len(lines) == 26
    assert lines[1].startswith("Прыклад 00")


def test_nothing_is_listed_on_nobodys_behalf():
    with pytest.raises(RuntimeError):
        str(fed(""))
