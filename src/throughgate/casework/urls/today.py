from django.urls import path

from throughgate.access.routes import page
from throughgate.casework.rights import Right
from throughgate.casework.views import releases, today

urlpatterns = [
    # Whoever has no working day here begins with what their own menu begins with.
    path("", page(today.today, needs=Right.TODAY, otherwise="home"), name="today"),
    path("releases/", page(releases.releases, needs=Right.VIEW), name="releases"),
]
