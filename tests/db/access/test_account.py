"""One's own account."""

import base64
import struct

import pyotp
import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.cast import PASSPHRASE, a_member, an_organisation
from throughgate.access.models import Member, RecoveryCode
from throughgate.access.pictures import png
from throughgate.access.screens.account import session_mark
from throughgate.vault import unlocking

pytestmark = pytest.mark.django_db

NEW = "clay orbit 7 whisper barn"
PAGES = ["", "change/", "passphrase/", "second-factor/", "close-keys/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_to_sign_in(page):
    assert Client().get(f"/account/{page}", secure=True).url.startswith("/sign-in/?")


@pytest.mark.parametrize("role", ["peer_worker", "finance", "security_officer"])
def test_everybody_has_an_account_whatever_their_role(role):
    client = getattr(an_organisation("Прыклад", role), role).signs_in()

    assert [client.get(f"/account/{page}").status_code for page in PAGES] == [200] * len(PAGES)


def test_name_and_language_are_changed_at_once():
    house = an_organisation()
    client = house.case_worker.signs_in()
    answer = client.post("/account/change/", {"display_name": "Вымышленны", "language": "be"})

    assert answer.cookies["language"].value == "be"
    assert Member.objects.get(id=house.case_worker.member.id).display_name == "Вымышленны"


def change(client, **fields):
    given = {"passphrase": PASSPHRASE, "new_passphrase": NEW, "new_passphrase_again": NEW}
    return client.post("/account/passphrase/", {**given, **fields})


def test_a_new_passphrase_opens_the_same_keys_and_ends_the_other_sessions():
    house = an_organisation()
    other, client = house.case_worker.signs_in(), house.case_worker.signs_in()
    assert change(client).status_code == 302

    assert other.get("/account/").url.startswith("/sign-in/")
    assert client.get("/account/").status_code == 200
    pair = unlocking.open_member_keys(house.case_worker.member.id, NEW)
    assert pair == house.case_worker.pair
    assert unlocking.open_member_keys(house.case_worker.member.id, PASSPHRASE) is None


def test_the_passphrase_is_not_changed_without_the_one_before():
    house = an_organisation()
    answer = change(house.case_worker.signs_in(), passphrase="not it")

    assert answer.status_code == 422
    assert unlocking.open_member_keys(house.case_worker.member.id, PASSPHRASE) is not None


def test_the_new_passphrase_is_typed_twice_and_must_not_hold_ones_name():
    client = an_organisation().case_worker.signs_in()

    assert "not the same" in change(client, new_passphrase_again="another one").content.decode()
    name = client.get("/account/").wsgi_request.user.sign_in_name
    assert "your own name" in change(client, new_passphrase=name, new_passphrase_again=name).content.decode()


def test_a_second_factor_is_set_up_by_proving_that_it_works():
    house = an_organisation()
    client = house.case_worker.signs_in()
    secret = client.get("/account/second-factor/").context["form"]["secret"].value()
    wrong = client.post("/account/second-factor/", {"secret": secret, "one_time_code": "000000"})
    assert wrong.status_code == 422
    assert Member.objects.get(id=house.case_worker.member.id).totp_sealed is None

    right = client.post("/account/second-factor/", {"secret": secret, "one_time_code": pyotp.TOTP(secret).now()})
    assert len(right.context["codes"]) == 10
    stored = bytes(Member.objects.get(id=house.case_worker.member.id).totp_sealed)
    assert secret.encode() not in stored


def test_the_secret_stands_as_text_beside_the_picture():
    page = an_organisation().case_worker.signs_in().get("/account/second-factor/")
    secret = page.context["form"]["secret"].value()

    assert " ".join(secret[i : i + 4] for i in range(0, 32, 4)) in page.content.decode()
    picture = page.context["picture"].removeprefix("data:image/png;base64,")
    assert base64.b64decode(picture).startswith(b"\x89PNG")


def test_a_picture_has_a_pixel_for_each_module_and_its_scale():
    made = png([[True, False], [False, True]], scale=3)

    assert struct.unpack(">II", made[16:24]) == (6, 6)


def test_new_recovery_codes_replace_the_former_ones():
    house = an_organisation()
    client = house.case_worker.signs_in()
    assert client.get("/account/recovery-codes/").status_code == 404, "without a second factor there are none"
    secret = client.get("/account/second-factor/").context["form"]["secret"].value()
    first = client.post("/account/second-factor/", {"secret": secret, "one_time_code": pyotp.TOTP(secret).now()})
    second = client.post("/account/recovery-codes/")

    assert not set(first.context["codes"]) & set(second.context["codes"])
    assert RecoveryCode.objects.filter(member=house.case_worker.member).count() == 10


def test_sessions_are_listed_and_can_be_ended_without_showing_their_keys():
    house = an_organisation()
    other, client = house.case_worker.signs_in(), house.case_worker.signs_in()
    page = client.get("/account/")
    keys = list(Session.objects.values_list("session_key", flat=True))
    assert len(page.context["sessions"]) == 2
    assert not any(key in page.content.decode() for key in keys)

    client.post(f"/account/sessions/{session_mark(other.session.session_key)}/end/")
    assert other.get("/account/").url.startswith("/sign-in/")
    assert client.get("/account/").status_code == 200


def test_ending_the_session_one_is_in_signs_out():
    client = an_organisation().case_worker.signs_in()
    client.post(f"/account/sessions/{session_mark(client.session.session_key)}/end/")

    assert client.get("/account/").url.startswith("/sign-in/")


def test_a_colleagues_session_is_not_found():
    house = an_organisation()
    worker, client = house.case_worker.signs_in(), house.coordinator.signs_in()
    answer = client.post(f"/account/sessions/{session_mark(worker.session.session_key)}/end/")

    assert answer.status_code == 404
    assert worker.get("/account/").status_code == 200


def test_closing_ones_keys_says_before_what_happens_and_then_does_it():
    house = an_organisation()
    client = house.case_worker.signs_in()
    page = client.get("/account/close-keys/").content.decode()
    assert "hand them over to you anew" in page
    assert "This cannot be undone" in page

    assert client.post("/account/close-keys/").url == "/sign-in/"
    held = unlocking.compartments_held([house.case_worker.member.id], house.organisation.id)
    assert held[house.case_worker.member.id] == set()
    assert client.get("/account/").url.startswith("/sign-in/")
    assert "waits for keys" in house.case_worker.signs_in().get("/account/").content.decode()


def test_a_member_without_keys_is_told_that_they_wait():
    house = an_organisation()
    newcomer = a_member(house, "case_worker", name="newcomer", keys=False)

    assert "waits for keys" in newcomer.signs_in().get("/account/").content.decode()
