"""The page of those who look after keys: mode, rings, recovery."""

import pytest
from django.test import Client

from tests.cast import a_member, an_organisation
from throughgate.access import actions, screens
from throughgate.access.models import Amendment, Membership, Mode, Organisation
from throughgate.vault import unlocking
from throughgate.vault.fields import Locked

pytestmark = pytest.mark.django_db

PAGES = ["", "mode/", "lock/", "rings/case/renew/", "shares/make/", "shares/use/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_to_sign_in(page):
    assert Client().get(f"/security/{page}", secure=True).url.startswith("/sign-in/?")


@pytest.mark.parametrize("page", PAGES)
def test_a_case_worker_has_no_business_here(page):
    client = an_organisation().case_worker.signs_in()

    assert client.get(f"/security/{page}").status_code == 403
    assert client.post(f"/security/{page}").status_code in (403, 405)


def test_the_officer_changes_the_mode_and_the_coordinator_cannot():
    house = an_organisation()
    assert house.coordinator.signs_in().post("/security/mode/", {"mode": "closed"}).status_code == 403
    house.security_officer.signs_in().post("/security/mode/", {"mode": "read_only"})

    assert Organisation.unguarded.get(id=house.organisation.id).mode == Mode.READ_ONLY


def test_the_coordinator_renews_a_ring_and_colleagues_at_work_go_on_reading():
    house = an_organisation()
    row = a_sealed_row(house)
    worker, client = house.case_worker.signs_in(), house.coordinator.signs_in()
    worker.get("/account/")
    assert client.post("/security/rings/identity/renew/").status_code == 302

    page = client.get("/security/").content.decode()
    assert "renewed, number 2" in page
    assert read(house.case_worker, row) == "дрозд"
    assert "has all keys" in worker.get("/account/").content.decode()


def a_sealed_row(house):
    with house.case_worker.at_work():
        row = Amendment(
            organisation=house.organisation, object_type="x", object_id=house.organisation.id, field="f", actor="a"
        )
        row.reason = "дрозд"
        row.save()
    return row


def read(person, row):
    with person.at_work():
        return Amendment.objects.get(id=row.id).reason


def test_who_was_ended_is_left_out_of_a_renewed_ring():
    house = an_organisation()
    with house.security_officer.at_work():
        actions.end_membership(Membership.objects.get(member=house.case_worker.member))
    house.coordinator.signs_in().post("/security/rings/identity/renew/")

    held = unlocking.compartments_held([house.case_worker.member.id], house.organisation.id)
    assert held[house.case_worker.member.id] == set()


def test_an_unknown_section_is_not_found():
    assert an_organisation().coordinator.signs_in().get("/security/rings/nothing/renew/").status_code == 404


def shares_made(house, **fields):
    return house.coordinator.signs_in().post("/security/shares/make/", {"needed": 2, "total": 3, **fields})


def test_shares_are_shown_once_each_on_a_sheet_with_what_to_do():
    house = an_organisation()
    page = shares_made(house)

    assert len(page.context["sheets"]) == 3
    assert "One share alone opens nothing" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert "2 of 3 open everything" in house.coordinator.signs_in().get("/security/").content.decode()


def test_who_does_not_hold_every_ring_can_make_no_shares():
    house = an_organisation()
    answer = house.security_officer.signs_in().post("/security/shares/make/", {"needed": 2, "total": 3})

    assert answer.status_code == 422
    assert unlocking.recovery_state(house.organisation.id) is None


def test_no_more_can_be_needed_than_there_are():
    assert shares_made(an_organisation(), needed=4).status_code == 422


def test_enough_shares_give_a_member_the_keys_of_their_roles():
    house = an_organisation()
    row = a_sealed_row(house)
    words = [" ".join(sheet["words"]) for sheet in shares_made(house).context["sheets"]]
    newcomer = a_member(house, "monitor", name="newcomer", keys=False)
    assert isinstance(read(newcomer, row), Locked)
    given = {"membership": Membership.unguarded.get(member=newcomer.member).id, "share_1": words[2]}
    officer = house.security_officer.signs_in()

    wrong = officer.post("/security/shares/use/", {**given, "share_2": words[2]})
    assert wrong.status_code == 422
    assert "do not open the keys" in wrong.content.decode()
    assert officer.post("/security/shares/use/", {**given, "share_2": words[0].upper()}).status_code == 302
    assert read(newcomer, row) == "дрозд"
    held = unlocking.compartments_held([newcomer.member.id], house.organisation.id)
    assert held[newcomer.member.id] == {"identity", "record"}


def test_shares_do_not_serve_a_member_of_another_organisation():
    house, other = an_organisation(), an_organisation("Іншая")
    words = [" ".join(sheet["words"]) for sheet in shares_made(house).context["sheets"]]
    answer = house.security_officer.signs_in().post(
        "/security/shares/use/",
        {
            "membership": Membership.unguarded.get(member=other.case_worker.member).id,
            "share_1": words[0],
            "share_2": words[1],
        },
    )

    assert answer.status_code == 422


def test_who_can_open_names_the_holders_of_each_section():
    house = an_organisation().gather()
    a_member(house, "monitor", name="newcomer", keys=False)
    with house.coordinator.at_work():
        found = {one.compartment: one.names for one in screens.who_can_open(house.organisation.id)}

    assert found["record"] == [house.coordinator.member.display_name]
    assert found["health"] == sorted([house.case_worker.member.display_name, house.coordinator.member.display_name])
