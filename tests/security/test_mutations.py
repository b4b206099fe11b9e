"""Each guard is taken away in turn, and the test that is there for it must notice.

A property whose test stays green without it is not proved by that test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from tests.cast import House, an_organisation
from tests.db.people import test_doors, test_files
from tests.security import (
    test_guard,
    test_headers,
    test_known_attacks,
    test_log,
    test_matrix,
    test_signing_in,
    test_vault,
)
from tests.security.marks import Marks, found_in
from tests.security.test_canaries import raw_database
from tests.security.test_guard import ours_and_theirs  # noqa: F401 (a fixture)
from throughgate.access import log, routes, signing_in
from throughgate.access.acting import MemberActor
from throughgate.access.acts import action, note
from throughgate.access.rows import GuardedQuerySet, OwnedQuerySet
from throughgate.access.views import coming_in
from throughgate.kit import export
from throughgate.people import actions as people
from throughgate.people.models import Person
from throughgate.people.models.person import PersonQuerySet, PersonRowQuerySet
from throughgate.people.rights import Right as People
from throughgate.site import roles
from throughgate.vault import unlocking
from throughgate.vault.fields import Sealed, SealedField

pytestmark = pytest.mark.django_db

Mutate = pytest.MonkeyPatch


def notices(probe: Callable[..., Any], *arguments: Any) -> None:
    """The test fails, as it should now."""
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        probe(*arguments)


def pattern_of(name: str) -> URLPattern:
    room, _colon, short = name.partition(":")
    for resolver in get_resolver().url_patterns:
        if getattr(resolver, "namespace", "") == room:
            return next(one for one in resolver.url_patterns if one.name == short)
    raise LookupError(name)


# Rights ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["people:erase_person", "casework:close_case", "access:invite", "exchange:upload"])
def test_a_route_that_lost_its_right_is_noticed(monkeypatch: Mutate, name: str) -> None:
    pattern = pattern_of(name)
    view = pattern.callback.__wrapped__  # type: ignore[attr-defined]  # kept by functools.wraps
    monkeypatch.setattr(pattern, "callback", routes.page(view, needs=routes.ANY_MEMBER))
    now = sorted((name, route, str(view.needs)) for route, name, view in routes.all_routes())  # type: ignore[attr-defined]
    monkeypatch.setattr(test_matrix, "ROUTES", now)

    notices(test_matrix.test_the_table_says_who_may_come_in_where)


def test_a_route_without_any_right_stops_the_server(monkeypatch: Mutate) -> None:
    pattern = pattern_of("people:people")
    monkeypatch.setattr(pattern, "callback", pattern.callback.__wrapped__)  # type: ignore[attr-defined]

    with pytest.raises(routes.RouteWithoutRight):
        routes.require_rights()


def test_a_role_that_was_given_more_is_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setitem(roles.RIGHTS, "peer_worker", roles.RIGHTS["peer_worker"] | {People.ERASE})

    notices(test_matrix.test_the_table_says_who_may_come_in_where)


def test_rights_that_are_not_asked_are_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(MemberActor, "has", lambda *_asked: True)

    notices(test_doors.test_a_peer_worker_looks_and_does_not_write)
    notices(test_doors.test_who_manages_accounts_sees_nobody)


def test_a_sensitive_act_that_asks_no_more_is_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(routes, "recently_proved", lambda _request: True)

    notices(test_files.test_erasure_asks_for_the_passphrase_and_for_the_reference)


# Rows -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["list", "get", "count", "update", "delete", "subquery"])
def test_rows_that_are_not_narrowed_are_noticed(monkeypatch: Mutate, ours_and_theirs: Any, door: str) -> None:  # noqa: F811
    monkeypatch.setattr(OwnedQuerySet, "visible_to", lambda rows, _actor: rows)

    notices(test_guard.test_rows_of_another_organisation_are_not_found, ours_and_theirs, door, "objects")


def test_people_that_are_not_narrowed_are_noticed(monkeypatch: Mutate) -> None:
    for one in (PersonQuerySet, PersonRowQuerySet):
        monkeypatch.setattr(one, "visible_to", OwnedQuerySet.visible_to)

    notices(test_doors.test_a_peer_worker_sees_only_people_they_are_assigned_to)


def test_rows_asked_by_nobody_are_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(GuardedQuerySet, "_mine", lambda rows: rows)
    monkeypatch.setattr(GuardedQuerySet, "_chain", QuerySet._chain)  # type: ignore[attr-defined]

    notices(test_guard.test_nobody_gets_nothing_and_changes_nothing, None, "list")


# Keys -----------------------------------------------------------------------------------------------------------------


def test_a_seal_that_is_bound_to_no_place_is_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(SealedField, "place", lambda *_where: b"anywhere")

    notices(test_vault.test_a_sealed_value_moved_to_another_row_does_not_open)


def test_rings_that_roles_do_not_give_are_noticed(monkeypatch: Mutate) -> None:
    every = roles.RINGS["coordinator"]
    monkeypatch.setattr(roles.Table, "compartments_of", lambda *_asked: frozenset(map(str, every)))

    notices(test_vault.test_the_security_officer_who_manages_accounts_reads_nothing)


@pytest.mark.parametrize(
    ("what", "probe"),
    [
        ("stop_sharing", test_vault.test_a_shared_compartment_opens_for_the_partner_until_the_sharing_ends),
        ("close_keys", test_vault.test_closed_keys_open_nothing_until_a_colleague_hands_them_over),
    ],
)
def test_a_grant_that_outlives_its_end_is_noticed(monkeypatch: Mutate, what: str, probe: Callable[[], None]) -> None:
    monkeypatch.setattr(unlocking, what, lambda *_args, **_options: None)

    notices(probe)


def test_words_that_are_kept_unsealed_are_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(SealedField, "seal", lambda field, _row, value: Sealed(bytes(17) + field.to_bytes(value)))
    house = an_organisation("Прыклад", "coordinator")
    named(house, Marks())

    assert found_in("database", raw_database())


def test_words_in_the_log_are_noticed() -> None:
    @action("tests.tell", needs=None)
    def tell(person: Person, *, words: str) -> Person:
        note(words=words)
        return person

    house, marks = an_organisation("Прыклад", "coordinator"), Marks()
    person = named(house, marks)
    assert found_in("database", raw_database()) == []
    with house.coordinator.at_work():
        tell(person, words=marks("told"))

    assert found_in("database", raw_database())


def named(house: House, marks: Marks) -> Person:
    with house.coordinator.at_work():
        person: Person = people.add_person(names=[{"surname": marks("surname"), "given": marks("given")}])
    return person


# The log --------------------------------------------------------------------------------------------------------------


def test_a_log_that_is_not_chained_is_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(log.sealing, "chain", lambda *_parts: bytes(32))
    house = an_organisation()
    for _entry in range(3):
        with house.coordinator.at_work():
            people.add_person(names=[{"surname": "Узораў"}])

    notices(test_log.test_a_changed_entry_is_found, house, "kind", "access.nothing")


# The web face ---------------------------------------------------------------------------------------------------------


def test_guessing_that_is_not_slowed_down_is_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(signing_in, "wait_after", lambda _failures: None)

    notices(test_signing_in.test_after_some_wrong_tries_a_name_has_to_wait_even_with_the_right_passphrase)


def test_a_second_factor_that_is_stepped_over_is_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(signing_in, "second_factor_needed", lambda _member: False)

    notices(test_signing_in.test_with_a_second_factor_the_passphrase_alone_opens_nothing)


def test_forms_that_need_no_token_are_noticed(settings: Any) -> None:
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("CsrfViewMiddleware")]

    notices(test_headers.test_a_form_without_its_token_is_refused_with_the_same_headers)


def test_a_way_to_another_host_is_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(coming_in, "safe_next", lambda request: request.GET.get("next", "/"))
    house = an_organisation("Свая", "coordinator", "security_officer")

    notices(test_known_attacks.test_nobody_is_led_to_another_host, house, "https://evil.example/")


def test_formulas_that_are_not_disarmed_are_noticed(monkeypatch: Mutate) -> None:
    monkeypatch.setattr(export, "harmless", lambda text: text)

    notices(test_known_attacks.test_a_formula_in_a_name_is_no_formula_in_an_export)
