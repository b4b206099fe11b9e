"""All routes, room by room, in the order of the menu."""

from django.urls import include, path

from throughgate.access.routes import ANY_MEMBER, page
from throughgate.site.views import home

urlpatterns = [
    path("home/", page(home, needs=ANY_MEMBER), name="home"),
    path("", include("throughgate.casework.urls")),
    path("", include("throughgate.people.urls")),
    path("", include("throughgate.custody.urls")),
    path("", include("throughgate.exchange.urls")),
    path("", include("throughgate.codelists.urls")),
    path("", include("throughgate.access.urls")),
    path("", include("throughgate.kit.urls")),
]
