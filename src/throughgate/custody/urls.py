from django.urls import path

from throughgate.access.routes import page
from throughgate.custody.rights import Right
from throughgate.custody.views import dates, lists, person

app_name = "custody"

_PERSON = "people/<reference>/custody/"

urlpatterns = [
    path("custody/not-heard-from/", page(lists.not_heard_from, needs=Right.VIEW), name="not_heard_from"),
    path("custody/hearings/", page(lists.hearings, needs=Right.VIEW), name="hearings"),
    path("custody/places/", page(lists.facilities, needs=Right.VIEW), name="facilities"),
    path("custody/places/map.svg", page(lists.facilities_map, needs=Right.VIEW), name="facilities_map"),
    path("custody/places/new/", page(lists.add_facility, needs=Right.FACILITIES), name="add_facility"),
    path("custody/places/<uuid:facility_id>/", page(lists.facility, needs=Right.VIEW), name="facility"),
    path("custody/places/<uuid:facility_id>/map.svg", page(lists.facility_map, needs=Right.VIEW), name="facility_map"),
    path(
        "custody/places/<uuid:facility_id>/change/",
        page(lists.amend_facility, needs=Right.FACILITIES),
        name="amend_facility",
    ),
    path("custody/articles/", page(lists.articles, needs=Right.VIEW), name="articles"),
    path("custody/rules/", page(lists.rules, needs=Right.VIEW), name="rules"),
    path(_PERSON, page(person.custody, needs=Right.VIEW), name="custody"),
    path(f"{_PERSON}events/new/", page(person.record_event, needs=Right.WRITE), name="record_event"),
    path(f"{_PERSON}signs/new/", page(person.record_sign, needs=Right.WRITE), name="record_sign"),
    path(f"{_PERSON}events/<uuid:event_id>/change/", page(person.amend_event, needs=Right.WRITE), name="amend_event"),
    path(
        f"{_PERSON}events/<uuid:event_id>/withdraw/",
        page(person.withdraw_event, needs=Right.WRITE),
        name="withdraw_event",
    ),
    path(
        f"{_PERSON}events/<uuid:event_id>/give-back/",
        page(person.give_back_event, needs=Right.WRITE),
        name="give_back_event",
    ),
    path(f"{_PERSON}events/<uuid:event_id>/prefer/", page(person.prefer_event, needs=Right.WRITE), name="prefer_event"),
    path(f"{_PERSON}charges/new/", page(person.add_charge, needs=Right.WRITE), name="add_charge"),
    path(f"{_PERSON}charges/<uuid:row_id>/change/", page(person.amend_charge, needs=Right.WRITE), name="amend_charge"),
    path(f"{_PERSON}hearings/new/", page(person.add_hearing, needs=Right.WRITE), name="add_hearing"),
    path(
        f"{_PERSON}hearings/<uuid:row_id>/change/",
        page(person.amend_hearing, needs=Right.WRITE),
        name="amend_hearing",
    ),
    path(f"{_PERSON}sentences/new/", page(dates.add_sentence, needs=Right.WRITE), name="add_sentence"),
    path(
        f"{_PERSON}sentences/<uuid:row_id>/change/",
        page(dates.amend_sentence, needs=Right.WRITE),
        name="amend_sentence",
    ),
    path(
        f"{_PERSON}sentences/<uuid:row_id>/set-aside/",
        page(person.set_aside_sentence, needs=Right.WRITE),
        name="set_aside_sentence",
    ),
    path(f"{_PERSON}credits/new/", page(person.add_credit, needs=Right.WRITE), name="add_credit"),
    path(f"{_PERSON}reductions/new/", page(person.add_reduction, needs=Right.WRITE), name="add_reduction"),
    path(f"{_PERSON}extensions/new/", page(person.add_extension, needs=Right.WRITE), name="add_extension"),
    path(f"{_PERSON}status/new/", page(person.assess_status, needs=Right.ASSESS), name="assess_status"),
    path(f"{_PERSON}dates/new/", page(dates.tell_release_date, needs=Right.WRITE), name="tell_release_date"),
    path(f"{_PERSON}dates/compute/", page(dates.compute_release_date, needs=Right.WRITE), name="compute_release_date"),
    path(
        f"{_PERSON}dates/<uuid:row_id>/withdraw/",
        page(dates.withdraw_release_date, needs=Right.WRITE),
        name="withdraw_release_date",
    ),
    path(
        f"{_PERSON}dates/<uuid:row_id>/give-back/",
        page(dates.give_back_release_date, needs=Right.WRITE),
        name="give_back_release_date",
    ),
]
