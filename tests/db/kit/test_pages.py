"""The kit's own pages, through the door people use."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from tests.cast import an_organisation
from throughgate.kit import pages, views

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return an_organisation("Прыклад", "case_worker").case_worker


def test_a_stranger_does_not_see_the_gallery():
    assert Client().get("/gallery/", secure=True).status_code in (302, 403)


def test_a_member_sees_the_gallery(member):
    assert member.signs_in().get("/gallery/").status_code == 200


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_the_handbook_is_open_to_all_in_each_language(language):
    response = Client(headers={"accept-language": language}).get("/help/start/", secure=True)

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


def test_a_page_that_is_not_in_the_handbook_is_not_found():
    assert Client().get("/help/nothing/", secure=True).status_code == 404


def test_the_handbook_is_searched_by_words():
    response = Client(headers={"accept-language": "en"}).get("/help/search/?q=lock", secure=True)

    assert "<mark>" in response.content.decode()


def test_language_links_stay_on_the_page_and_keep_its_query():
    response = Client(headers={"accept-language": "en"}).get("/help/search/?q=lock", secure=True)

    assert 'href="?q=lock&amp;language=be"' in response.content.decode()


def test_no_page_holds_a_script_or_an_inline_style(member):
    html = member.signs_in().get("/gallery/").content.decode()

    assert "<script" not in html
    assert " style=" not in html


def test_a_refused_form_says_so_with_403():
    with translation.override("en"):
        response = views.csrf_failure(RequestFactory().post("/"), reason="x")

    assert response.status_code == 403
    assert "The form has expired" in response.content.decode()


def test_a_progress_page_asks_again_until_finished_or_told_not_to():
    def answer(query="", **but):
        return pages.progress(RequestFactory().get(f"/import/{query}"), title="Import", done=3, total=10, **but)

    assert answer()["Refresh"] == "3"
    assert "Refresh" not in answer("?still=1")
    assert "Refresh" not in answer(finished=True)
    assert '<progress class="tg-progress" id="progress" max="10" value="3">' in answer().content.decode()
