"""Rows: nobody sees anything, and everybody only their own organisation's, by whichever door."""

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, Max, OuterRef, Subquery

from tests.cast import an_organisation
from throughgate.access import actions
from throughgate.access.acting import NobodyActs
from throughgate.access.models import Invitation, LogEntry, Member, Membership, Organisation
from throughgate.access.rows import GuardedQuerySet

pytestmark = pytest.mark.django_db

# Made at import, when nobody acts, as forms and class attributes are.
MADE_EARLY = Invitation.objects.all()
FILTERED_EARLY = Invitation.objects.filter(used_at=None).order_by("display_name")


class Choose(forms.Form):
    invitation = forms.ModelChoiceField(queryset=Invitation.objects.filter(used_at=None))


def an_invitation(house, name):
    with house.security_officer.at_work():
        return actions.invite(name, roles=["case_worker"])[0]


@pytest.fixture
def ours_and_theirs():
    """Two organisations with an invitation each, asked by a member of the first."""
    ours, theirs = an_organisation(), an_organisation("Іншая")
    return ours, an_invitation(ours, "Узорава"), an_invitation(theirs, "Прыкладава")


def _found(rows, theirs):
    try:
        return rows.get(id=theirs.id) is not None
    except Invitation.DoesNotExist:
        return False


DOORS = {
    "list": lambda rows, theirs: theirs in list(rows),
    "get": _found,
    "first": lambda rows, theirs: rows.filter(id=theirs.id).first() is not None,
    "last": lambda rows, theirs: rows.filter(id=theirs.id).last() is not None,
    "latest": lambda rows, theirs: rows.latest("created_at") == theirs,
    "count": lambda rows, theirs: rows.filter(display_name=theirs.display_name).count() > 0,
    "exists": lambda rows, theirs: rows.filter(id=theirs.id).exists(),
    "contains": lambda rows, theirs: rows.contains(theirs),
    "aggregate": lambda rows, theirs: rows.aggregate(one=Max("display_name"))["one"] == theirs.display_name,
    "annotate": lambda rows, theirs: rows.annotate(how_many=Count("member")).filter(id=theirs.id).exists(),
    "iterator": lambda rows, theirs: theirs in rows.iterator(),
    "in_bulk": lambda rows, theirs: theirs.id in rows.in_bulk([theirs.id]),
    "values": lambda rows, theirs: theirs.display_name in rows.values_list("display_name", flat=True),
    "slice": lambda rows, theirs: theirs in rows.order_by("-created_at")[:5],
    "or": lambda rows, theirs: theirs in (rows.filter(id=theirs.id) | rows.none()),
    "union": lambda rows, theirs: theirs in rows.filter(id=theirs.id).order_by().union(rows.none().order_by()),
    "dates": lambda rows, theirs: len(rows.filter(id=theirs.id).dates("created_at", "day")) > 0,
    "raw lookups": lambda rows, theirs: rows.filter(pk__in=[theirs.pk]).only("id").exists(),
    "subquery": lambda rows, theirs: Member.objects.annotate(
        seen=Subquery(rows.filter(id=theirs.id).values("display_name")[:1])
    ).filter(seen=theirs.display_name).exists(),
    "exists in a query": lambda rows, theirs: Member.objects.filter(
        Exists(rows.filter(invited_by=OuterRef("pk"), id=theirs.id))
    ).exists(),
    "in a query": lambda rows, theirs: Organisation.unguarded.filter(
        id__in=rows.filter(id=theirs.id).values("organisation")
    ).exists(),
    "update": lambda rows, theirs: rows.filter(id=theirs.id).update(display_name="змененае") > 0,
    "delete": lambda rows, theirs: rows.filter(id=theirs.id).delete()[0] > 0,
}  # fmt: skip


SOURCES = {
    "objects": Invitation.objects.all,
    "made early": MADE_EARLY.all,
    "made early, filtered": FILTERED_EARLY.all,
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("door", DOORS)
def test_rows_of_another_organisation_are_not_found(ours_and_theirs, door, source):
    ours, _mine, theirs = ours_and_theirs
    with ours.security_officer.at_work():
        assert not DOORS[door](SOURCES[source](), theirs)

    assert Invitation.unguarded.get(id=theirs.id).display_name == "Прыкладава", "and not changed either"


@pytest.mark.parametrize("door", DOORS)
def test_the_same_doors_show_ones_own(ours_and_theirs, door):
    """Else the test above would pass with doors that lead nowhere."""
    ours, mine, _theirs = ours_and_theirs
    an_invitation(ours, "Другая")
    mine = Invitation.unguarded.latest("created_at") if door == "latest" else mine
    with ours.security_officer.at_work():
        assert DOORS[door](Invitation.objects.all(), mine)


ASKED = {
    "list": list,
    "get": lambda rows: rows.get(),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "aggregate": lambda rows: rows.aggregate(Count("id")),
    "iterator": lambda rows: next(rows.iterator()),
    "in_bulk": lambda rows: rows.in_bulk(),
    "update": lambda rows: rows.update(display_name="x"),
    "delete": lambda rows: rows.delete(),
    "values": lambda rows: list(rows.values("id")),
    "explain": lambda rows: rows.explain(),
    "get_or_create": lambda rows: rows.get_or_create(display_name="x"),
}


@pytest.mark.parametrize("model", [Invitation, Membership, LogEntry, Organisation])
@pytest.mark.parametrize("how", ["list", "get", "count", "exists", "aggregate", "iterator", "values"])
def test_nobody_gets_nothing(ours_and_theirs, how, model):
    with pytest.raises(NobodyActs):
        ASKED[how](model.objects.all())


@pytest.mark.parametrize("how", ASKED)
def test_nobody_gets_nothing_and_changes_nothing(ours_and_theirs, how):
    with pytest.raises(NobodyActs):
        ASKED[how](Invitation.objects.all())

    assert Invitation.unguarded.count() == Invitation.unguarded.exclude(display_name="x").count() > 0


def test_a_form_offers_and_accepts_only_ones_own(ours_and_theirs):
    ours, mine, theirs = ours_and_theirs
    with ours.security_officer.at_work():
        field = Choose().fields["invitation"]
        assert [row.pk for row in field.queryset] == [mine.pk]
        with pytest.raises(ValidationError):
            field.clean(str(theirs.pk))
        assert Choose({"invitation": str(theirs.pk)}).is_valid() is False
        assert Choose({"invitation": str(mine.pk)}).is_valid()


@pytest.mark.parametrize("how", [name for name in ASKED if name not in ("list", "values", "get_or_create")])
def test_a_query_made_early_asked_in_place_is_whoever_acts_alone(ours_and_theirs, how):
    ours, mine, theirs = ours_and_theirs
    with ours.security_officer.at_work():
        if how == "get":
            assert MADE_EARLY.get(id=mine.id) == mine
        else:
            ASKED[how](MADE_EARLY)

    assert MADE_EARLY._bound_to is None
    assert Invitation.unguarded.filter(id=theirs.id, display_name="Прыкладава").exists()


def test_a_query_made_early_keeps_no_rows_for_whoever_comes_next(ours_and_theirs):
    ours, _mine, _theirs = ours_and_theirs
    with ours.security_officer.at_work(), pytest.raises(NobodyActs):
        list(MADE_EARLY)

    assert MADE_EARLY._result_cache is None


@pytest.mark.parametrize("fetched", [True, False])
def test_a_query_made_for_one_organisation_gives_another_nothing(ours_and_theirs, fetched):
    ours, mine, _theirs = ours_and_theirs
    other = an_organisation("Трэцяя")
    with ours.security_officer.at_work():
        rows = Invitation.objects.filter(used_at=None)
        assert not fetched or list(rows) == [mine]
    with other.security_officer.at_work():
        for ask in (list, lambda rows: rows.count(), lambda rows: list(rows.all()), lambda rows: rows.exists()):
            with pytest.raises(NobodyActs):
                ask(rows)


def test_there_is_no_way_back_from_a_row_to_rows_that_are_not_guarded():
    """Reverse relations would be doors beside the guard: guarded models have none (`related_name="+"`)."""
    guarded = [
        model for model in apps.get_models()
        if model.__module__.startswith("throughgate.") and isinstance(model._default_manager.none(), GuardedQuerySet)
    ]  # fmt: skip
    open_doors = [
        f"{model._meta.label}.{field.name}"
        for model in guarded
        for field in model._meta.get_fields()
        if field.many_to_one and not field.auto_created and not field.remote_field.hidden
    ]

    assert open_doors == []
    assert len(guarded) >= 4
