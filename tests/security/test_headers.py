"""What every answer carries, whatever kind it is."""

import gzip
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from tests.cast import an_organisation
from throughgate import kit
from throughgate.access.middleware import HEADERS
from throughgate.access.routes import PUBLIC, page
from throughgate.site import urls as site_urls

pytestmark = pytest.mark.django_db


def breaks(request):
    raise RuntimeError("зязюля")


urlpatterns = [path("breaks/", page(breaks, needs=PUBLIC)), *site_urls.urlpatterns]

STATIC = "/static/kit/theme.css"
ANSWERS = {
    "a page": "/account/",
    "a public page": "/help/",
    "a redirect": "/unlock/",
    "a refused page": "/security/mode/",
    "a page that is not there": "/nothing-here/",
    "a method that is not allowed": "/lock/",
    "a failure": "/breaks/",
    "a file of the look": STATIC,
}


@pytest.fixture
def ask(settings):
    settings.ROOT_URLCONF = "tests.security.test_headers"
    client = an_organisation().case_worker.signs_in()
    client.raise_request_exception = False
    return client.get


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_has_the_strict_headers(ask, kind):
    answer = ask(ANSWERS[kind])

    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_kinds_above_are_what_they_say(ask):
    statuses = {kind: ask(address).status_code for kind, address in ANSWERS.items()}

    assert statuses == {
        "a page": 200,
        "a public page": 200,
        "a redirect": 302,
        "a refused page": 403,
        "a page that is not there": 404,
        "a method that is not allowed": 405,
        "a failure": 500,
        "a file of the look": 200,
    }


def test_the_policy_lets_nothing_in_from_elsewhere_and_no_script_at_all():
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert not any(word in value for value in policy.values() for word in ("http", "*", "unsafe"))
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("kind", [kind for kind in ANSWERS if kind != "a file of the look"])
def test_nothing_but_the_look_is_kept_by_a_browser(ask, kind):
    assert ask(ANSWERS[kind]).headers["Cache-Control"] == "no-store"


def test_a_failure_tells_nothing_about_itself(ask):
    answer = ask("/breaks/").content.decode()

    assert "зязюля" not in answer
    assert "RuntimeError" not in answer
    assert "Traceback" not in answer


def test_a_form_without_its_token_is_refused_with_the_same_headers():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"sign_in_name": "x", "passphrase": "y"}, secure=True)

    assert answer.status_code == 403
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_a_host_that_was_not_set_is_refused():
    answer = Client().get("/sign-in/", secure=True, headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert b"evil.example" not in answer.content


def test_a_view_cannot_weaken_the_policy_by_forgetting_it():
    assert "Content-Security-Policy" not in HttpResponse().headers


def test_a_page_travels_compressed_and_its_length_differs_from_time_to_time(ask):
    sizes = set()
    for _ in range(12):
        answer = ask("/account/", headers={"accept-encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        sizes.add(len(answer.content))

    assert len(sizes) > 1
    assert max(sizes) < len(ask("/account/").content) / 2


def test_more_parameters_than_any_form_has_are_a_bad_request(ask):
    assert ask("/account/?" + "&".join(f"a{number}=1" for number in range(5000))).status_code == 400


def test_the_style_sheet_travels_compressed(ask):
    answer = ask(STATIC, headers={"accept-encoding": "gzip"})
    css = gzip.decompress(b"".join(answer.streaming_content))

    assert answer.headers["Content-Encoding"] == "gzip"
    assert css.decode() == (Path(kit.__file__).parent / "static/kit/theme.css").read_text("utf-8")
