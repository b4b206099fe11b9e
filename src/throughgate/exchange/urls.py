from django.urls import path

from throughgate.access.routes import page
from throughgate.exchange import views
from throughgate.exchange.rights import Right
from throughgate.people.rights import Right as People

app_name = "exchange"

urlpatterns = [
    path("import/", page(views.readings, needs=Right.IMPORT), name="readings"),
    path("import/new/", page(views.upload, needs=Right.IMPORT), name="upload"),
    path("import/<uuid:reading_id>/", page(views.reading, needs=Right.IMPORT), name="reading"),
    path("import/<uuid:reading_id>/columns/", page(views.columns, needs=Right.IMPORT), name="columns"),
    path("import/<uuid:reading_id>/sheet/", page(views.choose_sheet, needs=Right.IMPORT), name="choose_sheet"),
    path("import/<uuid:reading_id>/check/", page(views.check, needs=Right.IMPORT), name="check"),
    path("import/<uuid:reading_id>/doubts/", page(views.doubts, needs=Right.IMPORT), name="doubts"),
    path("import/<uuid:reading_id>/known/", page(views.matches, needs=Right.IMPORT), name="matches"),
    path(
        "import/<uuid:reading_id>/known/sure/",
        page(views.accept_sure_rows, needs=Right.IMPORT),
        name="accept_sure_rows",
    ),
    path("import/<uuid:reading_id>/known/<int:number>/", page(views.decide_row, needs=Right.IMPORT), name="decide_row"),
    path("import/<uuid:reading_id>/start/", page(views.start, needs=Right.IMPORT), name="start"),
    path("import/<uuid:reading_id>/rows/", page(views.rows, needs=Right.IMPORT), name="rows"),
    path("import/<uuid:reading_id>/undo/", page(views.undo, needs=Right.IMPORT, proved=True), name="undo"),
    path("import/<uuid:reading_id>/discard/", page(views.discard, needs=Right.IMPORT), name="discard"),
    path("people/<reference>/lists/", page(views.from_lists, needs=People.VIEW), name="from_lists"),
]
