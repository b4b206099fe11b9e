"""The way in: what a wrong try tells, what a right one opens, and what ends it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.cast import PASSPHRASE, an_organisation
from throughgate.access import actions, sessions, signing_in
from throughgate.access.models import LogEntry, Member, Mode

pytestmark = pytest.mark.django_db


def a_browser():
    client = Client(headers={"accept-language": "en"})
    client.defaults["wsgi.url_scheme"] = "https"
    return client


def try_to_sign_in(name, passphrase, client=None, **query):
    address = "/sign-in/" + (f"?next={query['next']}" if query else "")
    return (client or a_browser()).post(address, {"sign_in_name": name, "passphrase": passphrase})


def with_second_factor(person):
    """Turn the second factor on; its secret and recovery codes come back."""
    secret = signing_in.new_totp_secret()
    with person.at_work(), time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        code = pyotp.TOTP(secret).now()
        codes = actions.set_second_factor(person.member, pair=person.pair, secret=secret, code=code)
    return secret, codes


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def kinds(house):
    return list(LogEntry.unguarded.filter(organisation_id=house.organisation.id).values_list("kind", flat=True))


# Wrong tries


def test_a_wrong_passphrase_and_an_unknown_name_get_the_same_answer():
    house = an_organisation()
    wrong = try_to_sign_in(house.case_worker.member.sign_in_name, "not the passphrase at all")
    unknown = try_to_sign_in("nobody-here", "not the passphrase at all")

    assert wrong.status_code == unknown.status_code == 422
    assert errors(wrong) == errors(unknown) != []


def errors(answer):
    return list(answer.context["form"].non_field_errors())


def test_after_some_wrong_tries_a_name_has_to_wait_even_with_the_right_passphrase():
    member = an_organisation().case_worker.member
    for _try in range(signing_in.FREE_TRIES + 1):
        try_to_sign_in(member.sign_in_name, "wrong")

    answer = try_to_sign_in(member.sign_in_name, PASSPHRASE)
    assert answer.status_code == 429
    assert "Wait 1 minute" in errors(answer)[0]

    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert try_to_sign_in(member.sign_in_name, PASSPHRASE).status_code == 302


def test_an_unknown_name_has_to_wait_like_a_known_one():
    house = an_organisation()
    answers = {}
    for name in (house.case_worker.member.sign_in_name, "nobody-by-this-name"):
        answers[name] = [try_to_sign_in(name, "wrong").status_code for _try in range(signing_in.FREE_TRIES + 2)]

    known, unknown = answers.values()
    assert known == unknown
    assert known[-1] == 429


def test_waiting_grows_to_a_quarter_of_an_hour_and_no_further():
    waits = [signing_in.wait_after(failures) for failures in range(40)]

    assert waits[signing_in.FREE_TRIES] is None
    assert waits[signing_in.FREE_TRIES + 1] == timedelta(seconds=2)
    assert max(filter(None, waits)) == timedelta(minutes=15)


def test_the_log_has_one_entry_for_a_burst_of_wrong_tries():
    house = an_organisation()
    for _try in range(3):
        try_to_sign_in(house.case_worker.member.sign_in_name, "wrong")

    assert kinds(house).count("access.sign_in_failed") == 1


def test_a_name_is_the_same_in_capitals_and_with_spaces_around():
    member = an_organisation().case_worker.member

    assert try_to_sign_in(f"  {member.sign_in_name.upper()} ", PASSPHRASE).status_code == 302


# The second factor


def test_with_a_second_factor_the_passphrase_alone_opens_nothing():
    house = an_organisation()
    with_second_factor(house.case_worker)
    client = a_browser()
    answer = try_to_sign_in(house.case_worker.member.sign_in_name, PASSPHRASE, client)

    assert answer.url.startswith("/sign-in/code/")
    assert not is_signed_in(client)


def test_keys_between_passphrase_and_code_are_not_readable_in_the_session():
    house = an_organisation()
    with_second_factor(house.case_worker)
    try_to_sign_in(house.case_worker.member.sign_in_name, PASSPHRASE)

    inside = repr(Session.objects.get().get_decoded())
    assert "pending" in inside
    assert house.case_worker.pair.secret.hex() not in inside
    assert str(house.case_worker.pair.secret) not in inside


def test_passphrase_and_code_together_sign_in():
    house = an_organisation()
    secret, _codes = with_second_factor(house.case_worker)
    client = a_browser()
    try_to_sign_in(house.case_worker.member.sign_in_name, PASSPHRASE, client)

    answer = client.post("/sign-in/code/", {"one_time_code": pyotp.TOTP(secret).now()})
    assert answer.status_code == 302
    assert is_signed_in(client)


def test_a_code_cannot_be_used_twice():
    house = an_organisation()
    secret, _codes = with_second_factor(house.case_worker)
    with time_machine.travel(timezone.now(), tick=False):
        code = pyotp.TOTP(secret).now()
        statuses = [second_step(house.case_worker, code).status_code for _time in range(2)]

    assert statuses == [302, 422]


def second_step(person, code):
    client = a_browser()
    try_to_sign_in(person.member.sign_in_name, PASSPHRASE, client)
    return client.post("/sign-in/code/", {"one_time_code": code})


def test_a_recovery_code_works_once():
    house = an_organisation()
    _secret, codes = with_second_factor(house.case_worker)

    assert second_step(house.case_worker, codes[0]).status_code == 302
    assert second_step(house.case_worker, codes[0]).status_code == 422
    assert second_step(house.case_worker, codes[1].upper()).status_code == 302


def test_wrong_codes_are_slowed_down_too():
    house = an_organisation()
    with_second_factor(house.case_worker)
    client = a_browser()
    try_to_sign_in(house.case_worker.member.sign_in_name, PASSPHRASE, client)

    statuses = [client.post("/sign-in/code/", {"one_time_code": "000000"}).status_code for _try in range(6)]
    assert statuses == [422] * 5 + [429]


def test_digits_of_another_script_are_a_wrong_code_like_any_other():
    house = an_organisation()
    with_second_factor(house.case_worker)

    assert second_step(house.case_worker, "１２３٤٥٦").status_code == 422


def test_the_second_step_must_follow_within_five_minutes():
    house = an_organisation()
    secret, _codes = with_second_factor(house.case_worker)
    client = a_browser()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        try_to_sign_in(house.case_worker.member.sign_in_name, PASSPHRASE, client)
        clock.shift(timedelta(minutes=6))
        answer = client.post("/sign-in/code/", {"one_time_code": pyotp.TOTP(secret).now()})

    assert answer.url.startswith("/sign-in/?")
    assert not is_signed_in(client)


def test_without_a_second_factor_it_must_be_set_up_before_anything_else(settings):
    settings.THROUGHGATE_SECOND_FACTOR = True
    client = an_organisation().case_worker.signs_in()

    for address in ("/account/", "/members/"):
        assert client.get(address).url == "/account/second-factor/"
    page = client.get("/account/second-factor/")
    secret = page.context["form"]["secret"].value()
    client.post("/account/second-factor/", {"secret": secret, "one_time_code": pyotp.TOTP(secret).now()})
    assert is_signed_in(client)


def test_in_a_demo_nobody_is_asked_for_a_second_factor(settings):
    settings.THROUGHGATE_SECOND_FACTOR = settings.DEMO = True
    house = an_organisation()
    with_second_factor(house.case_worker)

    assert is_signed_in(house.case_worker.signs_in())


# The session


def test_signing_in_gives_the_session_a_new_key():
    house = an_organisation()
    client = a_browser()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    client.cookies["__Host-session"] = before
    try_to_sign_in(house.case_worker.member.sign_in_name, PASSPHRASE, client)

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert "planted" not in client.session


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "\t//evil.example/"],
)
def test_signing_in_never_leads_to_another_site(wanted):
    member = an_organisation().case_worker.member
    client = a_browser()
    answer = client.post(
        "/sign-in/", {"sign_in_name": member.sign_in_name, "passphrase": PASSPHRASE}, query_params={"next": wanted}
    )

    assert answer.url == "/"


def test_signing_in_leads_where_one_wanted_to_go():
    member = an_organisation().case_worker.member
    answer = a_browser().get("/members/")
    assert parse_qs(urlsplit(answer.url).query) == {"next": ["/members/"]}

    assert try_to_sign_in(member.sign_in_name, PASSPHRASE, next="/members/").url == "/members/"


def test_cookies_cannot_be_read_by_scripts_nor_cross_sites():
    answer = try_to_sign_in(an_organisation().case_worker.member.sign_in_name, PASSPHRASE)

    for name in ("__Host-session", "__Host-keys", "__Host-device"):
        cookie = answer.cookies[name]
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Strict"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_neither_cookie_opens_anything_alone():
    client = an_organisation().case_worker.signs_in()
    keys = client.cookies.pop("__Host-keys")
    sessions.reread()  # as in another process
    assert client.get("/account/").url.startswith("/unlock/")

    client.cookies["__Host-keys"] = keys.value
    client.cookies.pop("__Host-session")
    assert client.get("/account/").url.startswith("/sign-in/")


def test_signing_out_drops_the_session_and_its_keys():
    client = an_organisation().case_worker.signs_in()
    key = client.session.session_key
    answer = client.post("/sign-out/")

    assert answer.cookies["__Host-keys"].value == ""
    assert not Session.objects.filter(session_key=key).exists()
    assert not sessions._held.get(key)
    assert not is_signed_in(client)


def test_locking_everything_ends_the_sessions_of_the_house_and_of_no_other():
    house, other = an_organisation(), an_organisation("Іншая")
    theirs, elsewhere, mine = house.case_worker.signs_in(), other.case_worker.signs_in(), house.coordinator.signs_in()
    answer = mine.post("/security/lock/")

    assert answer.url == "/sign-in/"
    assert not is_signed_in(theirs)
    assert not is_signed_in(mine)
    assert is_signed_in(elsewhere)


def test_who_was_ended_is_out_at_the_next_click_and_cannot_come_back():
    house = an_organisation()
    client = house.case_worker.signs_in()
    with house.security_officer.at_work():
        actions.end_membership(house.case_worker.actor.membership)

    assert client.get("/account/").url.startswith("/sign-in/")
    assert try_to_sign_in(house.case_worker.member.sign_in_name, PASSPHRASE).status_code == 422


def test_a_membership_that_ended_behind_a_living_session_opens_nothing():
    house = an_organisation()
    client = house.case_worker.signs_in()
    type(house.case_worker.actor.membership).unguarded.filter(member=house.case_worker.member).update(
        ended_at=timezone.now()
    )

    assert client.get("/account/").url.startswith("/sign-in/")
    assert not is_signed_in(client)


def test_a_closed_organisation_lets_only_the_security_officer_work():
    house = an_organisation()
    worker, officer = house.case_worker.signs_in(), house.security_officer.signs_in()
    officer.post("/security/mode/", {"mode": Mode.CLOSED})

    assert worker.get("/account/").status_code == 503
    assert officer.get("/security/").status_code == 200
    officer.post("/security/mode/", {"mode": Mode.NORMAL})
    assert is_signed_in(worker)


def test_in_read_only_mode_nothing_is_changed():
    house = an_organisation()
    client = house.case_worker.signs_in()
    with house.security_officer.at_work():
        actions.change_mode(house.organisation, mode=Mode.READ_ONLY)

    answer = client.post("/account/change/", {"display_name": "Неіснуючы", "language": "be"})
    assert answer.status_code == 409
    assert not Member.objects.filter(display_name="Неіснуючы").exists()


def test_a_busy_session_is_asked_for_the_passphrase_once_a_working_day(settings):
    client = an_organisation().case_worker.signs_in()
    session = client.session
    session["opened_at"] -= settings.SESSION_COOKIE_AGE + 1
    session.save()

    assert client.get("/account/").url.startswith("/unlock/")


def test_keys_of_an_idle_session_leave_the_memory_by_themselves():
    client = an_organisation().case_worker.signs_in()
    client.get("/account/")
    key = client.session.session_key
    assert key in sessions._held
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        sessions.forget_idle()

    assert key not in sessions._held


def test_what_is_sensitive_asks_for_the_passphrase_again():
    client = an_organisation().security_officer.signs_in()
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        answer = client.get("/members/invite/")
        assert answer.url == "/prove/?next=%2Fmembers%2Finvite%2F"
        assert client.post(answer.url, {"passphrase": "wrong"}).status_code == 422
        assert client.post(answer.url, {"passphrase": PASSPHRASE}).url == "/members/invite/"
        assert client.get("/members/invite/").status_code == 200


# A browser not seen before


def test_a_sign_in_from_a_new_browser_is_told_there_and_where_the_member_already_is():
    house = an_organisation()
    name = house.case_worker.member.sign_in_name
    old, new = a_browser(), a_browser()
    try_to_sign_in(name, PASSPHRASE, old)
    assert flashes(old) == []

    try_to_sign_in(name, PASSPHRASE, new)
    assert "not signed in in this browser before" in flashes(new)[0]

    old.post("/sign-out/")
    old.get("/sign-in/")
    try_to_sign_in(name, PASSPHRASE, old)
    assert "in a new browser" in flashes(old)[0]
    old.post("/sign-out/")
    old.get("/sign-in/")
    try_to_sign_in(name, PASSPHRASE, old)
    assert flashes(old) == [], "told once"


def flashes(client):
    return [str(message) for message in client.get("/account/").context["messages"]]


def test_the_log_says_that_the_browser_was_new():
    house = an_organisation()
    for _time in range(2):
        try_to_sign_in(house.case_worker.member.sign_in_name, PASSPHRASE)

    entries = LogEntry.unguarded.filter(organisation_id=house.organisation.id, kind="access.signed_in")
    assert [entry.details["new_browser"] for entry in entries.order_by("number")] == [False, True]


# The idle lock


def test_an_idle_session_locks_and_gives_back_what_was_being_written():
    house = an_organisation()
    client = house.case_worker.signs_in()
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        locked = client.post("/account/change/", {"display_name": "Вымышленны Запіс", "language": "ru"})
        assert locked.url.startswith("/unlock/?next=%2Faccount%2Fchange%2F%3Fdraft%3D")
        assert not Member.objects.filter(display_name="Вымышленны Запіс").exists(), "nothing is saved while locked"

        opened = client.post(locked.url, {"passphrase": PASSPHRASE})
        page = client.get(opened.url)

    assert page.context["form"]["display_name"].value() == "Вымышленны Запіс"
    assert "What you were writing is back" in page.content.decode()


def test_a_kept_draft_is_sealed_and_holds_no_passphrase():
    from throughgate.access.models import Draft
    from throughgate.vault.unlocking import open_sealed_to

    house = an_organisation()
    client = house.case_worker.signs_in()
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        client.post("/account/passphrase/", {"passphrase": PASSPHRASE, "new_passphrase": "зязюля", "note": "дрозд"})

    row = Draft.unguarded.get()
    stored = b"".join(bytes(value) for value in (row.key_wrapped, row.sealed)) + row.path.encode()
    assert "дрозд".encode() not in stored
    pair = house.case_worker.pair
    plain = open_sealed_to(pair, row.key_wrapped, row.sealed, b"draft" + house.case_worker.member.id.bytes)
    assert "дрозд" in plain.decode()
    assert PASSPHRASE not in plain.decode()
    assert "зязюля" not in plain.decode()


def test_a_colleague_does_not_get_somebody_elses_draft():
    house = an_organisation()
    writer, colleague = house.case_worker.signs_in(), house.coordinator.signs_in()
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        locked = writer.post("/account/change/", {"display_name": "Вымышленны Запіс", "language": "ru"})
        back = parse_qs(urlsplit(locked.url).query)["next"][0]
        colleague.post("/unlock/", {"passphrase": PASSPHRASE})
        page = colleague.get(back)

    assert "Вымышленны Запіс" not in page.content.decode()


def test_unlocking_with_a_wrong_passphrase_opens_nothing():
    client = an_organisation().case_worker.signs_in()
    client.post("/lock/")

    assert client.post("/unlock/", {"passphrase": "wrong"}).status_code == 422
    assert client.get("/account/").url.startswith("/unlock/")
