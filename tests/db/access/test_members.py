"""Members: who sees them, invites them, gives them keys, lets them go."""

import re

import pytest
from django.test import Client

from tests.cast import PASSPHRASE, a_member, an_organisation
from throughgate.access.models import Invitation, LogEntry, Member, Membership
from throughgate.vault import unlocking

pytestmark = pytest.mark.django_db

NEW = "clay orbit 7 whisper barn"


def membership(person):
    return Membership.unguarded.get(member=person.member)


def address(person, what=""):
    return f"/members/{membership(person).id}/{what}"


def code_on(page):
    return re.search(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}\b", page.content.decode())[0]


def a_stranger():
    return Client(headers={"accept-language": "en"})


def join(code, **fields):
    client = a_stranger()
    client.defaults["wsgi.url_scheme"] = "https"
    both = {"new_passphrase": NEW, "new_passphrase_again": NEW}
    return client, client.post("/join/", {"invitation_code": code, **both, **fields})


def held(person):
    house = membership(person).organisation_id
    return unlocking.compartments_held([person.member.id], house)[person.member.id]


# Strangers

PAGES = ["", "roles/", "end/", "give-keys/", "let-in/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_to_sign_in(page):
    house = an_organisation()

    assert a_stranger().get(address(house.case_worker, page), secure=True).url.startswith("/sign-in/?")


@pytest.mark.parametrize("page", PAGES)
def test_a_member_of_another_organisation_is_not_found(page):
    house, other = an_organisation(), an_organisation("Іншая", "coordinator", "security_officer")
    officer, coordinator = other.security_officer.signs_in(), other.coordinator.signs_in()

    answers = {client.get(address(house.case_worker, page)).status_code for client in (officer, coordinator)}
    assert answers <= {404, 403}
    assert 404 in answers


@pytest.mark.parametrize("page", PAGES[1:])
def test_a_case_worker_may_look_at_colleagues_and_do_nothing_about_them(page):
    house = an_organisation()
    client = house.case_worker.signs_in()

    assert client.get(address(house.coordinator)).status_code == 200
    assert client.get(address(house.coordinator, page)).status_code == 403
    assert client.post(address(house.coordinator, page)).status_code == 403


# The list


def test_the_list_says_who_waits_for_keys():
    house = an_organisation().gather()
    a_member(house, "monitor", name="newcomer", keys=False)
    page = house.coordinator.signs_in().get("/members/")

    lines = {row.member.sign_in_name: row.keys for row in page.context["table"].page_rows}
    assert lines["newcomer"] == "waits"
    assert sorted(set(lines.values())) == ["all", "none", "waits"]
    assert "Monitor (documents violations)" in page.content.decode()


def test_the_list_shows_no_other_organisation(django_assert_max_num_queries):
    house, _other = an_organisation().gather(), an_organisation("Іншая")
    client = house.coordinator.signs_in()
    with django_assert_max_num_queries(9):
        page = client.get("/members/")

    assert page.context["table"].count == 3


def test_who_left_stands_in_a_list_of_their_own():
    house = an_organisation().gather()
    client = house.security_officer.signs_in()
    client.post(address(house.case_worker, "end/"))

    assert client.get("/members/").context["table"].count == 2
    assert client.get("/members/former/").context["table"].count == 1


# Inviting and joining


def test_an_invitation_makes_a_member_who_waits_for_keys_and_then_has_them():
    house = an_organisation()
    shown = house.security_officer.signs_in().post(
        "/members/invite/", {"display_name": "Узорава", "roles": ["case_worker"]}
    )
    newcomer, answer = join(code_on(shown), sign_in_name="Uzorava")

    assert answer.status_code == 302
    assert "A colleague must now give you the keys" in newcomer.get("/account/").content.decode()
    row = Membership.unguarded.get(member__sign_in_name="uzorava")
    assert row.roles == ["case_worker"]
    giver = house.coordinator.signs_in()
    giver.post(f"/members/{row.id}/give-keys/")
    assert "has all keys" in newcomer.get("/account/").content.decode(), "also in a session that is open already"


def test_a_code_works_once():
    house = an_organisation()
    shown = house.security_officer.signs_in().post("/members/invite/", {"display_name": "У", "roles": ["finance"]})
    code = code_on(shown)
    join(code, sign_in_name="first-one")
    _client, answer = join(code, sign_in_name="second-one")

    assert answer.status_code == 422
    assert not Member.objects.filter(sign_in_name="second-one").exists()


def test_a_code_is_read_in_small_letters_and_without_strokes():
    house = an_organisation()
    shown = house.security_officer.signs_in().post("/members/invite/", {"display_name": "У", "roles": ["finance"]})

    page = a_stranger().post("/join/", {"invitation_code": code_on(shown).lower().replace("-", " ")}, secure=True)
    assert "Become a member" in page.content.decode()


def test_a_code_is_not_kept_readable():
    house = an_organisation()
    shown = house.security_officer.signs_in().post("/members/invite/", {"display_name": "У", "roles": ["finance"]})
    code = code_on(shown)

    stored = repr(list(Invitation.unguarded.values()))
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_a_cancelled_code_no_longer_works():
    house = an_organisation()
    client = house.security_officer.signs_in()
    shown = client.post("/members/invite/", {"display_name": "Узорава", "roles": ["finance"]})
    client.post(f"/members/invitations/{Invitation.unguarded.get(display_name='Узорава').id}/cancel/")

    assert join(code_on(shown), sign_in_name="uzorava")[1].status_code == 422
    assert "Узорава" not in client.get("/members/").content.decode()


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("short", "at least 12 characters"),
        ("uzorava-uzorava", "your own name"),
        ("password1234", "everybody tries first"),
        ("aaaaaaaaaaaaaaaa", "repeats"),
        ("qwertyuiop[]", "keyboard"),
        ("парольпароль", "Use four or five unrelated words"),
    ],
)
def test_a_weak_passphrase_is_refused_with_the_reason(passphrase, why):
    house = an_organisation()
    shown = house.security_officer.signs_in().post("/members/invite/", {"display_name": "У", "roles": ["finance"]})
    both = {"new_passphrase": passphrase, "new_passphrase_again": passphrase}
    _client, answer = join(code_on(shown), sign_in_name="uzorava", **both)

    assert answer.status_code == 422
    assert why in str(answer.context["form"].errors["new_passphrase"])


def test_a_sign_in_name_that_is_taken_is_refused_in_any_case():
    house = an_organisation()
    shown = house.security_officer.signs_in().post("/members/invite/", {"display_name": "У", "roles": ["finance"]})
    _client, answer = join(code_on(shown), sign_in_name=house.case_worker.member.sign_in_name.upper())

    assert answer.status_code == 422
    assert "taken" in str(answer.context["form"].errors["sign_in_name"])


def test_guessing_codes_is_slowed_down():
    from throughgate.access.views.coming_in import wrong_codes

    wrong_codes.forget()
    try:
        statuses = [
            a_stranger().post("/join/", {"invitation_code": "AAAAA"}, secure=True).status_code for _try in range(31)
        ]
    finally:
        wrong_codes.forget()

    assert statuses == [422] * 30 + [429]


# Keys


def test_keys_that_were_given_can_be_taken_back_at_once():
    house = an_organisation()
    newcomer = a_member(house, "monitor", name="newcomer", keys=False)
    client = house.coordinator.signs_in()
    answer = client.post(address(newcomer, "give-keys/"), follow=True)
    assert held(newcomer) == {"identity", "record"}
    assert f'action="{address(newcomer, "take-keys/")}"' in answer.content.decode(), "the message offers to undo it"

    client.post(address(newcomer, "take-keys/"))
    assert held(newcomer) == set()


def test_who_holds_no_keys_can_give_none():
    house = an_organisation()
    newcomer = a_member(house, "case_worker", name="newcomer", keys=False)
    other = a_member(house, "coordinator", name="keyless", keys=False)
    answer = other.signs_in().post(address(newcomer, "give-keys/"))

    assert answer.status_code == 422
    assert "You hold none of the keys" in answer.content.decode()


# Roles and leaving


def test_roles_that_give_fewer_keys_take_the_others_back_and_end_the_session():
    house = an_organisation()
    worker = house.case_worker.signs_in()
    house.security_officer.signs_in().post(address(house.case_worker, "roles/"), {"roles": ["monitor"]})

    assert held(house.case_worker) == {"identity"}
    assert worker.get("/account/").url.startswith("/sign-in/")


def test_the_last_who_manages_members_can_neither_leave_nor_give_that_up():
    house = an_organisation()
    client = house.security_officer.signs_in()

    for page, data in (("roles/", {"roles": ["finance"]}), ("end/", {})):
        answer = client.post(address(house.security_officer, page), data)
        assert answer.status_code == 422
        assert "give somebody else that role first" in answer.content.decode()


def test_who_gives_up_their_own_role_is_signed_out():
    house = an_organisation()
    a_member(house, "security_officer", name="second-officer")
    client = house.security_officer.signs_in()
    answer = client.post(address(house.security_officer, "roles/"), {"roles": ["finance"]})

    assert answer.status_code == 302
    assert client.get("/account/").url.startswith("/sign-in/")


def test_ending_a_membership_says_before_what_will_happen():
    house = an_organisation()
    page = house.security_officer.signs_in().get(address(house.case_worker, "end/")).content.decode()

    assert "can no longer sign in" in page
    assert "This cannot be undone" in page


# Letting in again


def test_a_member_who_forgot_the_passphrase_is_let_in_again_without_any_key():
    house = an_organisation()
    old = house.case_worker.signs_in()
    shown = house.coordinator.signs_in().post(address(house.case_worker, "let-in/"))
    _client, answer = join(code_on(shown))

    assert answer.status_code == 302
    assert held(house.case_worker) == set()
    assert old.get("/account/").url.startswith("/sign-in/"), "sessions from before end"
    name = house.case_worker.member.sign_in_name
    for passphrase, status in ((PASSPHRASE, 422), (NEW, 302)):
        answer = a_stranger().post("/sign-in/", {"sign_in_name": name, "passphrase": passphrase}, secure=True)
        assert answer.status_code == status


def test_a_code_to_come_back_is_void_once_the_membership_ended():
    house = an_organisation()
    shown = house.coordinator.signs_in().post(address(house.case_worker, "let-in/"))
    house.security_officer.signs_in().post(address(house.case_worker, "end/"))

    assert join(code_on(shown))[1].status_code == 422


def test_nobody_lets_themselves_in_again():
    house = an_organisation()
    with house.coordinator.at_work():
        from throughgate.access import actions
        from throughgate.access.acts import CannotDo

        with pytest.raises(CannotDo):
            actions.readmit(membership(house.coordinator))


def test_all_of_it_stands_in_the_log():
    house = an_organisation()
    officer, coordinator = house.security_officer.signs_in(), house.coordinator.signs_in()
    officer.post("/members/invite/", {"display_name": "У", "roles": ["finance"]})
    coordinator.post(address(house.case_worker, "let-in/"))
    officer.post(address(house.case_worker, "end/"))

    kinds = set(LogEntry.unguarded.filter(organisation_id=house.organisation.id).values_list("kind", flat=True))
    assert {"access.invite", "access.readmit", "access.end_membership"} <= kinds
