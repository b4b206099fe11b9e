"""Routes of this room, one file a noun."""

from throughgate.casework.urls import cases, contacts, needs, plans, tasks, today

app_name = "casework"

urlpatterns = [
    *today.urlpatterns,
    *cases.urlpatterns,
    *needs.urlpatterns,
    *plans.urlpatterns,
    *tasks.urlpatterns,
    *contacts.urlpatterns,
]
