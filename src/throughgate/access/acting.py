"""On whose behalf: no query and no action without an actor; the machine has a name too."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from throughgate.access.models import Member, Membership, Organisation


class NobodyActs(RuntimeError):
    """A query or an action was run on nobody's behalf."""


class Forbidden(Exception):
    """The actor lacks the right that an action or a route needs."""


class Actor(Protocol):
    """Who acts: a member in their organisation, or a named part of the system."""

    @property
    def name(self) -> str:
        """``member:<id>`` or ``system:<name>``, as the log writes it."""

    @property
    def id(self) -> UUID | None: ...

    @property
    def organisation_id(self) -> UUID | None: ...

    @property
    def narrowed(self) -> bool:
        """Whether only people assigned to this actor are visible."""

    def has(self, right: str) -> bool: ...


@dataclass(frozen=True)
class MemberActor:
    """A signed-in member, with what the table of roles gives them."""

    member: Member
    membership: Membership
    rights: frozenset[str]
    narrowed: bool

    @property
    def name(self) -> str:
        return f"member:{self.member.id}"

    @property
    def id(self) -> UUID:
        return self.member.id

    @property
    def organisation_id(self) -> UUID:
        return self.membership.organisation_id

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    def has(self, right: str) -> bool:
        return str(right) in self.rights


@dataclass(frozen=True)
class System:
    """Unattended work, named, with the rights it was given and no others."""

    title: str
    rights: frozenset[str] = field(default_factory=frozenset)
    organisation_id: UUID | None = None
    narrowed: bool = False

    @property
    def name(self) -> str:
        return f"system:{self.title}"

    @property
    def id(self) -> None:
        return None

    def has(self, right: str) -> bool:
        return str(right) in self.rights


_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


@contextlib.contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Everything inside happens on this actor's behalf."""
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)


def somebody() -> Actor | None:
    """Who acts, or None: for code that must work on public pages too."""
    return _acting.get()


def current_actor() -> Actor:
    """Who acts; raises `NobodyActs`."""
    actor = _acting.get()
    if actor is None:
        raise NobodyActs("this runs on nobody's behalf: wrap it in acting_as(actor)")
    return actor


def our_organisation() -> UUID:
    """The organisation of whoever acts, for the rows they make; raises `NobodyActs` when there is none."""
    organisation_id = current_actor().organisation_id
    if organisation_id is None:
        raise NobodyActs("whoever makes this row must belong to an organisation")
    return organisation_id


def current_member() -> MemberActor:
    """The member who acts; raises `NobodyActs` when it is the system or nobody."""
    actor = current_actor()
    if not isinstance(actor, MemberActor):
        raise NobodyActs("only a member can do this")
    return actor
