from django.urls import path

from throughgate.access.routes import page
from throughgate.casework.rights import Right
from throughgate.casework.views import cases

ONE = "cases/<reference>/"
PERSON = "people/<reference>/cases/"

urlpatterns = [
    path("cases/", page(cases.cases, needs=Right.VIEW), name="cases"),
    path(PERSON, page(cases.person_cases, needs=Right.VIEW), name="person_cases"),
    path(f"{PERSON}new/", page(cases.open_case, needs=Right.OPEN), name="open_case"),
    path(f"{PERSON}propose/", page(cases.propose_case, needs=Right.WORK), name="propose_case"),
    path(ONE, page(cases.case, needs=Right.VIEW), name="case"),
    path(f"{ONE}accept/", page(cases.accept_case, needs=Right.OPEN), name="accept_case"),
    path(f"{ONE}pause/", page(cases.pause_case, needs=Right.OPEN), name="pause_case"),
    path(f"{ONE}resume/", page(cases.resume_case, needs=Right.OPEN), name="resume_case"),
    path(f"{ONE}close/", page(cases.close_case, needs=Right.OPEN), name="close_case"),
    path(f"{ONE}reopen/", page(cases.reopen_case, needs=Right.OPEN), name="reopen_case"),
    path(f"{ONE}lead/", page(cases.change_lead, needs=Right.OPEN), name="change_lead"),
    path(f"{ONE}days/", page(cases.note_day, needs=Right.WORK), name="note_day"),
    path(f"{ONE}team/new/", page(cases.add_to_team, needs=Right.OPEN), name="add_to_team"),
    path(f"{ONE}team/<uuid:row_id>/remove/", page(cases.remove_from_team, needs=Right.OPEN), name="remove_from_team"),
    path(f"{ONE}team/<uuid:row_id>/back/", page(cases.back_to_team, needs=Right.OPEN), name="back_to_team"),
]
