"""Every route, as every role, about one's own and somebody else's: the closed table.

`matrix.txt` is read by people: a change of a right or a new route changes it, and the change is looked at in review.
Write it anew with ``THROUGHGATE_TEST_WRITE_MATRIX=yes``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import House, an_organisation
from tests.security.everything import Everything, everything
from throughgate.access.routes import ANY_MEMBER, LOCKED_TOO, PUBLIC, all_routes
from throughgate.site.roles import RIGHTS

TABLE = Path(__file__).with_name("matrix.txt")
ROLES = sorted(RIGHTS)
ROUTES = sorted((name, route, str(view.needs)) for route, name, view in all_routes())  # type: ignore[attr-defined]
# Members without the right are sent elsewhere: the first page of the house is nobody's dead end.
ELSEWHERE = {name: view.otherwise for _route, name, view in all_routes() if getattr(view, "otherwise", "")}
OPEN = (PUBLIC, ANY_MEMBER, LOCKED_TOO)
# Asking for these ends the session or the keys of whoever asks, so that nothing could be asked after them.
ENDING = {"access:sign_out", "access:lock", "access:close_my_keys", "access:lock_everything", "access:unlock"}


def parameters(route: str) -> list[str]:
    return [name.split(":")[-1] for name in re.findall(r"<([^>]+)>", route)]


def allowed(needs: str) -> list[str]:
    return ROLES if needs in OPEN else [role for role in ROLES if needs in RIGHTS[role]]


def line(name: str, route: str, needs: str) -> str:
    who = "everybody" if needs == PUBLIC else "members" if needs in OPEN else " ".join(allowed(needs)) or "nobody"
    return f"{name} | /{route} | {needs} | {who}"


def test_the_table_says_who_may_come_in_where() -> None:
    written = "\n".join(line(*route) for route in ROUTES) + "\n"
    if os.environ.get("THROUGHGATE_TEST_WRITE_MATRIX"):
        TABLE.write_text(written, encoding="utf-8")

    assert TABLE.read_text(encoding="utf-8") == written, "a door changed: read the difference, then write the table"


@pytest.fixture
def own(db: None) -> Everything:
    return everything(an_organisation("Свая", *ROLES))


@pytest.fixture
def foreign(db: None) -> Everything:
    return everything(an_organisation("Чужая"))


def addresses(of: Everything) -> list[tuple[str, str, str]]:
    return [
        (name, needs, reverse(name, kwargs=of.arguments(name, parameters(route))))
        for name, route, needs in ROUTES
        if name not in ENDING
    ]


def test_without_signing_in_only_public_pages_answer(own: Everything, client: Any) -> None:
    client.defaults["wsgi.url_scheme"] = "https"
    for name, needs, address in addresses(own):
        answer = client.get(address)

        if needs == PUBLIC:
            assert answer.status_code in (200, 302, 404), name
        else:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/sign-in/"), name


@pytest.mark.parametrize("role", ROLES)
def test_a_role_comes_in_where_the_table_says(role: str, own: Everything) -> None:
    house: House = own.house
    browser = house.people[role].signs_in()
    may_miss = house.people[role].actor.narrowed
    missing = []
    for name, needs, address in addresses(own):
        status = browser.get(address).status_code

        if role not in allowed(needs) and name in ELSEWHERE:
            assert (status, browser.get(address)["Location"]) == (302, reverse(ELSEWHERE[name])), f"{role} {name}"
        elif role not in allowed(needs):
            assert status == 403, f"{role} {name}: {status}"
            assert browser.post(address, {}).status_code == 403, f"{role} {name} by POST"
        else:
            assert status in (200, 302, 404, 405), f"{role} {name}: {status}"
            missing += [name] if status == 404 and name not in MAY_BE_MISSING and not may_miss else []
    assert missing == []


# Pages about something that the row made for the test does not have (a photo), or that is nobody's.
MAY_BE_MISSING = {
    "people:photo", "people:undo", "access:end_session", "access:sign_in_code", "access:recovery_codes",
    "access:use_shares",
    "exchange:choose_sheet",
    "exchange:doubts", "exchange:rows", "exchange:decide_row",
}  # fmt: skip


def with_rows(of: Everything) -> list[tuple[str, str]]:
    routes = {name: parameters(route) for name, route, _needs in ROUTES}
    rows = {"reference", *(p for ps in routes.values() for p in ps if p not in ("slug", "code", "list_name", "point"))}
    found = [(name, address) for name, needs, address in addresses(of) if needs not in OPEN]
    return [(name, address) for name, address in found if rows & set(routes[name])]


def test_what_belongs_to_another_organisation_is_not_found(own: Everything, foreign: Everything) -> None:
    house = own.house
    browsers = {role: house.people[role].signs_in() for role in ("coordinator", "security_officer", "case_worker")}
    needed = {name: needs for name, _route, needs in ROUTES}
    for name, address in with_rows(foreign):
        if name in NOT_ABOUT_ROWS:
            continue
        for role, browser in browsers.items():
            if role in allowed(needed[name]):
                assert browser.get(address).status_code in (404, 405), f"{role} {name}"
                assert browser.post(address, {}).status_code in (404, 405), f"{role} {name} by POST"


# Their parameter is a code of one's own organisation, not a row of another.
NOT_ABOUT_ROWS = {"access:rotate_ring", "people:undo"}


def test_a_peer_worker_finds_nobody_they_were_not_given(own: Everything) -> None:
    browser = own.house.peer_worker.signs_in()
    for name, address in with_rows(own):
        if name.startswith(("people:", "casework:", "custody:")) and "facilit" not in name:
            assert browser.get(address).status_code in (403, 404, 405), name
            assert browser.post(address, {}).status_code in (403, 404, 405), f"{name} by POST"
