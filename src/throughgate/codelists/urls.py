from django.urls import path

from throughgate.access.routes import page
from throughgate.codelists import views
from throughgate.codelists.rights import Right

app_name = "codelists"

urlpatterns = [
    path("codelists/", page(views.lists, needs=Right.VIEW), name="lists"),
    path("codelists/<slug:list_name>/", page(views.terms, needs=Right.VIEW), name="terms"),
    path("codelists/<slug:list_name>/new/", page(views.add_term, needs=Right.EXTEND), name="add_term"),
    path(
        "codelists/<slug:list_name>/<uuid:term_id>/change/",
        page(views.change_term, needs=Right.EXTEND),
        name="change_term",
    ),
    path(
        "codelists/<slug:list_name>/<uuid:term_id>/retire/",
        page(views.retire_term, needs=Right.EXTEND),
        name="retire_term",
    ),
    path("codelists/<slug:list_name>/<uuid:term_id>/use/", page(views.use_again, needs=Right.EXTEND), name="use_again"),
]
