"""Pages of the kit itself: the handbook and the gallery of components."""

from django.urls import path

from throughgate.access.routes import ANY_MEMBER, PUBLIC, page
from throughgate.kit import views

app_name = "kit"
urlpatterns = [
    path("help/", page(views.handbook, needs=PUBLIC), name="handbook"),
    path("help/search/", page(views.handbook_search, needs=PUBLIC), name="handbook_search"),
    path("help/<slug:slug>/", page(views.handbook_page, needs=PUBLIC), name="handbook_page"),
    path("gallery/", page(views.gallery, needs=ANY_MEMBER), name="gallery"),
]
