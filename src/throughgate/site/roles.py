"""THE table: which role has which rights, and which rings. The page an auditor reads."""

from __future__ import annotations

from collections.abc import Iterable

from throughgate.access.rights import Right as Access
from throughgate.casework.rights import Right as Casework
from throughgate.codelists.rights import Right as Codelists
from throughgate.custody.rights import Right as Custody
from throughgate.exchange.rights import Right as Exchange
from throughgate.people.rights import Right as People
from throughgate.vault.compartments import Compartment

IDENTITY, CASE, HEALTH, RECORD = Compartment.IDENTITY, Compartment.CASE, Compartment.HEALTH, Compartment.RECORD

RIGHTS: dict[str, frozenset[str]] = {
    "case_worker": frozenset(
        {
            Access.MEMBERS_VIEW,
            People.VIEW,
            People.WRITE,
            Codelists.VIEW,
            Custody.VIEW,
            Custody.WRITE,
            Casework.VIEW,
            Casework.WORK,
            Casework.OPEN,
            Casework.PLAN,
            Casework.TODAY,
        }
    ),
    "peer_worker": frozenset({People.VIEW, Custody.VIEW, Casework.VIEW, Casework.WORK, Casework.TODAY}),
    "dispatcher": frozenset(
        {
            Access.MEMBERS_VIEW,
            People.VIEW,
            People.WRITE,
            Custody.VIEW,
            Custody.WRITE,
            Casework.VIEW,
            Casework.WORK,
            Casework.OPEN,
            Casework.TODAY,
        }
    ),
    "monitor": frozenset(
        {
            Access.MEMBERS_VIEW,
            People.VIEW,
            People.WRITE,
            Codelists.VIEW,
            Custody.VIEW,
            Custody.WRITE,
            Custody.ASSESS,
            Exchange.IMPORT,
        }
    ),
    "trainer": frozenset({Access.MEMBERS_VIEW}),
    "finance": frozenset({Access.MEMBERS_VIEW}),
    "analyst": frozenset({Access.MEMBERS_VIEW}),
    "coordinator": frozenset(
        {
            Access.MEMBERS_VIEW,
            Access.KEYS_GRANT,
            Access.KEYS_ROTATE,
            Access.RECOVERY,
            Access.LOG_VIEW,
            Access.LOCK_EVERYTHING,
            People.VIEW,
            People.WRITE,
            People.EXPORT,
            People.ERASE,
            Codelists.VIEW,
            Codelists.EXTEND,
            Casework.VIEW,
            Casework.WORK,
            Casework.OPEN,
            Casework.PLAN,
            Casework.TODAY,
            Casework.EXPORT,
            Custody.VIEW,
            Custody.WRITE,
            Custody.ASSESS,
            Exchange.IMPORT,
            Custody.FACILITIES,
        }
    ),
    "security_officer": frozenset(
        {
            Access.MEMBERS_VIEW,
            Access.MEMBERS_MANAGE,
            Access.RECOVERY,
            Access.LOG_VIEW,
            Access.LOCK_EVERYTHING,
            Access.MODE_CHANGE,
        }
    ),
}

# The security officer manages accounts and therefore holds no ring.
RINGS: dict[str, frozenset[str]] = {
    "case_worker": frozenset({IDENTITY, CASE, HEALTH}),
    "peer_worker": frozenset({IDENTITY, CASE}),
    "dispatcher": frozenset({IDENTITY, CASE}),
    "monitor": frozenset({IDENTITY, RECORD}),
    "trainer": frozenset(),
    "finance": frozenset(),
    "analyst": frozenset(),
    "coordinator": frozenset({IDENTITY, CASE, HEALTH, RECORD}),
    "security_officer": frozenset(),
}

# These see only people they are assigned to, unless another of their roles sees more.
NARROWED = frozenset({"peer_worker"})


class Table:
    """The table, asked by `access`."""

    def rights_of(self, roles: Iterable[str]) -> frozenset[str]:
        return frozenset(str(right) for role in roles for right in RIGHTS.get(role, frozenset()))

    def compartments_of(self, roles: Iterable[str]) -> frozenset[str]:
        return frozenset(str(ring) for role in roles for ring in RINGS.get(role, frozenset()))

    def narrowed(self, roles: Iterable[str]) -> bool:
        return set(roles) <= NARROWED


TABLE = Table()
