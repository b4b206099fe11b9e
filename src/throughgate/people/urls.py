from django.urls import path

from throughgate.access.routes import page
from throughgate.people.rights import Right
from throughgate.people.views import duplicates, files, parts, persons

app_name = "people"

ONE = "people/<reference>/"
ROW = "<uuid:row_id>/"

urlpatterns = [
    path("people/", page(persons.people, needs=Right.VIEW), name="people"),
    path("people/find/", page(persons.find_people, needs=Right.VIEW), name="find_people"),
    path("people/new/", page(persons.add_person, needs=Right.WRITE), name="add_person"),
    path("people/duplicates/", page(duplicates.lookalikes, needs=Right.WRITE), name="lookalikes"),
    path("people/duplicates/verdicts/", page(duplicates.verdicts, needs=Right.WRITE), name="verdicts"),
    path(
        f"people/duplicates/verdicts/{ROW}undo/",
        page(duplicates.take_back_verdict, needs=Right.WRITE),
        name="take_back_verdict",
    ),
    path("people/undo/<token>/", page(persons.undo, needs=Right.WRITE), name="undo"),
    path(ONE, page(persons.person, needs=Right.VIEW), name="person"),
    path(f"{ONE}change/", page(persons.amend_person, needs=Right.WRITE), name="amend_person"),
    path(f"{ONE}merge/", page(duplicates.choose_other, needs=Right.WRITE), name="choose_other"),
    path(f"{ONE}merge/<other>/", page(duplicates.merge_people, needs=Right.WRITE), name="merge_people"),
    path(f"{ONE}same/<other>/", page(duplicates.judge, needs=Right.WRITE), name="judge"),
    path(f"{ONE}merged/{ROW}undo/", page(duplicates.part_people, needs=Right.WRITE), name="part_people"),
    path(f"{ONE}timeline/", page(persons.timeline, needs=Right.VIEW), name="timeline"),
    path(f"{ONE}history/", page(persons.history, needs=Right.VIEW), name="history"),
    path(f"{ONE}access/", page(files.who_opens, needs=Right.VIEW), name="who_opens"),
    path(f"{ONE}destroy/", page(files.erase_person, needs=Right.ERASE, proved=True), name="erase_person"),
    path(f"{ONE}names/new/", page(persons.add_name, needs=Right.WRITE), name="add_name"),
    path(f"{ONE}names/<uuid:name_id>/change/", page(persons.amend_name, needs=Right.WRITE), name="amend_name"),
    path(f"{ONE}names/<uuid:name_id>/first/", page(persons.prefer_name, needs=Right.WRITE), name="prefer_name"),
    path(f"{ONE}contacts/new/", page(parts.add_contact_point, needs=Right.WRITE), name="add_contact_point"),
    path(f"{ONE}contacts/{ROW}change/", page(parts.amend_contact_point, needs=Right.WRITE), name="amend_contact_point"),
    path(f"{ONE}contacts/{ROW}not-safe/", page(parts.mark_not_safe, needs=Right.WRITE), name="mark_not_safe"),
    path(f"{ONE}contacts/{ROW}safe/", page(parts.mark_safe_again, needs=Right.WRITE), name="mark_safe_again"),
    path(f"{ONE}contacts/{ROW}end/", page(parts.end_contact_point, needs=Right.WRITE), name="end_contact_point"),
    path(f"{ONE}around/", page(parts.around, needs=Right.VIEW), name="around"),
    path(f"{ONE}around/new/", page(parts.add_relationship, needs=Right.WRITE), name="add_relationship"),
    path(f"{ONE}around/{ROW}change/", page(parts.amend_relationship, needs=Right.WRITE), name="amend_relationship"),
    path(f"{ONE}around/{ROW}end/", page(parts.end_relationship, needs=Right.WRITE), name="end_relationship"),
    path(f"{ONE}documents/", page(parts.documents, needs=Right.VIEW), name="documents"),
    path(f"{ONE}documents/new/", page(parts.add_document, needs=Right.WRITE), name="add_document"),
    path(f"{ONE}documents/{ROW}change/", page(parts.amend_document, needs=Right.WRITE), name="amend_document"),
    path(f"{ONE}consents/", page(parts.consents, needs=Right.VIEW), name="consents"),
    path(f"{ONE}consents/new/", page(parts.add_consent, needs=Right.WRITE), name="add_consent"),
    path(f"{ONE}consents/{ROW}change/", page(parts.amend_consent, needs=Right.WRITE), name="amend_consent"),
    path(f"{ONE}consents/{ROW}withdraw/", page(parts.withdraw_consent, needs=Right.WRITE), name="withdraw_consent"),
    path(f"{ONE}photo/", page(files.photo, needs=Right.VIEW), name="photo"),
    path(f"{ONE}photo/change/", page(files.set_photo, needs=Right.WRITE), name="set_photo"),
    path(f"{ONE}files/new/", page(files.add_file, needs=Right.WRITE), name="add_file"),
    path(f"{ONE}files/{ROW}", page(files.file, needs=Right.VIEW), name="file"),
    path(f"{ONE}files/{ROW}change/", page(files.amend_file, needs=Right.WRITE), name="amend_file"),
    path(f"{ONE}files/{ROW}destroy/", page(files.destroy_file, needs=Right.WRITE, proved=True), name="destroy_file"),
]
