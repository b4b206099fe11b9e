from django.urls import path

from throughgate.access.routes import page
from throughgate.casework.rights import Right
from throughgate.casework.views import needs

CASE = "cases/<reference>/"
ONE = f"{CASE}needs/<uuid:row_id>/"

urlpatterns = [
    path(f"{CASE}needs/new/", page(needs.add_needs, needs=Right.WORK), name="add_needs"),
    path(ONE, page(needs.need, needs=Right.VIEW), name="need"),
    path(f"{ONE}change/", page(needs.give_need, needs=Right.WORK), name="give_need"),
    path(f"{ONE}state/<state>/", page(needs.change_need, needs=Right.WORK), name="change_need"),
    path(f"{CASE}pathways/<pathway>/<result>/", page(needs.review_pathway, needs=Right.WORK), name="review_pathway"),
    path(f"{CASE}reviews/<uuid:row_id>/undo/", page(needs.undo_review, needs=Right.WORK), name="undo_review"),
]
