from django.urls import path

from throughgate.access.routes import page
from throughgate.casework.rights import Right
from throughgate.casework.views import contacts, follow_ups, outcomes

ONE = "people/<reference>/"

urlpatterns = [
    # "contacts/" under a person are the ways to reach them; this is what came of it.
    path(f"{ONE}in-touch/", page(contacts.contacts, needs=Right.VIEW), name="contacts"),
    path(f"{ONE}in-touch/new/", page(contacts.record_contact, needs=Right.WORK), name="record_contact"),
    path("contacts/<uuid:contact_id>/change/", page(contacts.amend_contact, needs=Right.WORK), name="amend_contact"),
    path("contacts/<uuid:contact_id>/undo/", page(contacts.undo_contact, needs=Right.WORK), name="undo_contact"),
    path("follow-ups/", page(follow_ups.follow_ups, needs=Right.VIEW), name="follow_ups"),
    path(
        "follow-ups/<uuid:follow_up_id>/missed/", page(follow_ups.miss_follow_up, needs=Right.WORK),
        name="miss_follow_up",
    ),
    path(
        "follow-ups/<uuid:follow_up_id>/undo/", page(follow_ups.undo_missed, needs=Right.WORK), name="undo_missed"
    ),
    path(f"{ONE}outcomes/", page(outcomes.outcomes, needs=Right.VIEW), name="outcomes"),
    path(
        "cases/<reference>/outcomes/<int:point>/", page(outcomes.measure_outcomes, needs=Right.WORK),
        name="measure_outcomes",
    ),
]  # fmt: skip
