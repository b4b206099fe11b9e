from django.urls import path

from throughgate.access.routes import page
from throughgate.people import views
from throughgate.people.rights import Right

app_name = "people"

urlpatterns = [
    path("people/", page(views.people, needs=Right.VIEW), name="people"),
    path("people/find/", page(views.find_people, needs=Right.VIEW), name="find_people"),
    path("people/new/", page(views.add_person, needs=Right.WRITE), name="add_person"),
    path("people/<reference>/", page(views.person, needs=Right.VIEW), name="person"),
    path("people/<reference>/change/", page(views.amend_person, needs=Right.WRITE), name="amend_person"),
    path("people/<reference>/names/new/", page(views.add_name, needs=Right.WRITE), name="add_name"),
    path(
        "people/<reference>/names/<uuid:name_id>/change/", page(views.amend_name, needs=Right.WRITE), name="amend_name"
    ),
]
