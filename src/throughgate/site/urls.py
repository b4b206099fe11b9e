"""All routes, room by room, in the order of the menu."""

from django.urls import include, path

urlpatterns = [
    path("", include("throughgate.people.urls")),
    path("", include("throughgate.custody.urls")),
    path("", include("throughgate.codelists.urls")),
    path("", include("throughgate.access.urls")),
    path("", include("throughgate.kit.urls")),
]
