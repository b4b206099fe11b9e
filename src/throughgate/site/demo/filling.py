"""Making the demo, once."""

from __future__ import annotations

import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from throughgate.access import actions
from throughgate.access.acting import System, acting_as
from throughgate.access.models import Organisation
from throughgate.access.rights import role_table
from throughgate.core.lists.invent import invent_rows, write_csv
from throughgate.site import setup
from throughgate.site.demo.cast import HOUSES, PASSPHRASE, House, parts_of
from throughgate.site.demo.doings import act
from throughgate.site.demo.populating import Staff, populate
from throughgate.vault import unlocking
from throughgate.vault.keyring import Keyring, unlocked
from throughgate.vault.sealing import KeyPair

SEED = 8
LIST, LIST_ROWS = "list-8700.csv", 8700


def fill(today: datetime.date | None = None) -> None:
    """Make the coalition and the list to try the import on; nothing where that was done before.

    All of it is one transaction: a demo is there, or it is not.
    """
    day = today or timezone.localdate()
    write_list(settings.THROUGHGATE.home / LIST, day)
    with acting_as(System("demo")):
        if Organisation.objects.exists():
            return
    with transaction.atomic():
        for house in HOUSES:
            _make(house, day)


def write_list(path: Path, today: datetime.date) -> None:
    """A list of invented prisoners as such lists come, with their slips; the same for the same day."""
    if path.exists():
        return
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as out:
        write_csv(invent_rows(LIST_ROWS, SEED, "machine", today=today), out)
    unfinished.replace(path)


def _make(house: House, today: datetime.date) -> None:
    with acting_as(System("demo", setup.FOUNDING)):
        organisation, keyring = actions.found_organisation(house.be, kind=house.kind, in_country=house.in_country)
    staff, pairs = _members(house, organisation, keyring)
    populate(
        organisation, keyring, staff, people=house.people, seed=f"{SEED}/{house.code}", today=today,
        supported=house.supported,
    )  # fmt: skip
    act(staff, pairs, seed=f"{SEED}/{house.code}/day", today=today)


def _members(house: House, organisation: Organisation, keyring: Keyring) -> tuple[Staff, dict[UUID, KeyPair]]:
    """Everybody joins as members do: invited, with a key pair, the keys of their roles handed over."""
    staff, pairs = Staff({}, {}), {}
    with acting_as(System("demo", setup.FOUNDING, organisation.id)), unlocked(keyring):
        for part in parts_of(house):
            invitation, _code = actions.invite(part.display_name, roles=list(part.roles))
            member, pair = actions.accept_invitation(
                invitation, sign_in_name=part.sign_in_name, passphrase=PASSPHRASE, language=part.language
            )
            unlocking.hand_over_to_member(keyring, member.id, organisation.id, role_table().compartments_of(part.roles))
            staff.roles[member.id] = part.roles
            pairs[member.id] = pair
            for role in part.roles:
                staff.by_role.setdefault(role, []).append(member)
    return staff, pairs
