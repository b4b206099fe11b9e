"""The people every test knows, and plain builders for what they have."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import Client

from throughgate.access import actions, sessions
from throughgate.access.acting import MemberActor, System, acting_as
from throughgate.access.middleware import actor_of
from throughgate.access.models import Member, Organisation
from throughgate.access.rights import Right, role_table
from throughgate.core.sealing import KeyPair
from throughgate.vault import unlocking
from throughgate.vault.keyring import Keyring, unlocked

PASSPHRASE = "heron lamp Tuesday orchard"
FOUNDER = System("tests", frozenset(Right.values))


@dataclass
class Person:
    """A member as the tests know them: who they are, and the keys their passphrase opens."""

    member: Member
    pair: KeyPair
    client: Client = field(default_factory=Client)

    @property
    def actor(self) -> MemberActor:
        found = actor_of(Member.objects.get(id=self.member.id))
        assert found is not None
        return found

    def keyring(self) -> Keyring:
        return unlocking.keyring_of(self.member.id, self.pair)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[Keyring]:
        """Acting, with open keys, outside of any request."""
        keyring = self.keyring()
        with acting_as(self.actor), unlocked(keyring):
            yield keyring

    def signs_in(self) -> Client:
        """A browser in which this member is signed in with open keys; the door itself is tested elsewhere."""
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(self.member)
        request = HttpRequest()
        request.session = self.client.session
        sessions.unlock(request, self.member.id, self.pair)
        request.session.save()
        answer = HttpResponse()
        sessions.write_cookie(request, answer)
        self.client.cookies.update(answer.cookies)
        self.client.defaults["wsgi.url_scheme"] = "https"
        return self.client


@dataclass
class House:
    """One organisation; `people` has a member for each of its roles, who joins when first asked for."""

    organisation: Organisation
    keyring: Keyring
    roles: tuple[str, ...]
    people: dict[str, Person] = field(init=False)

    def __post_init__(self) -> None:
        self.people = Staff(self)

    def gather(self) -> House:
        """The same, when everybody has joined: for tests that count members or what they did."""
        for role in self.roles:
            self.people[role]
        return self

    def __getattr__(self, role: str) -> Person:
        try:
            return self.people[role]
        except KeyError:
            raise AttributeError(role) from None


class Staff(dict[str, Person]):
    """By role. Few tests need everybody they could ask for, and keys take time to make."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house

    def __missing__(self, role: str) -> Person:
        if role not in self._house.roles:
            raise KeyError(role)
        self[role] = a_member(self._house, role)
        return self[role]


def an_organisation(name: str = "Прыклад", *roles: str, **but: Any) -> House:
    """An organisation with one member for each of *roles*, who holds the keys the role gives."""
    with acting_as(FOUNDER):
        organisation, keyring = actions.found_organisation(name, **but)
    return House(organisation, keyring, roles or ("case_worker", "coordinator", "security_officer"))


def a_member(house: House, *roles: str, name: str = "", keys: bool = True) -> Person:
    """Somebody who accepted an invitation and, unless told otherwise, was given their keys."""
    founder = System("tests", frozenset(Right.values), house.organisation.id)
    sign_in_name = name or f"{roles[0]}-{house.organisation.id.hex[-4:]}"
    with acting_as(founder), unlocked(house.keyring):
        invitation, _code = actions.invite(sign_in_name.title(), roles=list(roles))
        member, pair = actions.accept_invitation(
            invitation, sign_in_name=sign_in_name, passphrase=PASSPHRASE, language="en"
        )
        if keys:
            wanted = role_table().compartments_of(roles)
            unlocking.hand_over_to_member(house.keyring, member.id, house.organisation.id, wanted)
    return Person(member, pair)
