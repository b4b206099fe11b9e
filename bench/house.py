"""One organisation with any number of invented people, as a demo installation of its own.

python bench/house.py --people 3000       (in THROUGHGATE_HOME, which must be empty)
"""

from __future__ import annotations

import argparse
import json
import os
import time

import django

MEMBERS = 10
PASSPHRASE = "heron lamp Tuesday orchard"  # noqa: S105 (of invented members)


def sign_in_name(number: int) -> str:
    return f"bench-{number}"


def main() -> None:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughgate.site.settings")
    django.setup()
    print(json.dumps(make(options.people)))


def make(people: int) -> dict[str, float]:
    """Make the house; says how many seconds the tables and the people took."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415 (after Django is ready)

    from throughgate.site import opening  # noqa: PLC0415
    from throughgate.site.demo import populate  # noqa: PLC0415

    start = time.monotonic()
    opening.demo()
    tables = time.monotonic()
    organisation, keyring, staff = _found()
    populate(organisation, keyring, staff, people=people, seed="bench", today=timezone.localdate(), supported=0.1)
    with connection.cursor() as cursor:
        # What a server's housekeeping does within the next minutes.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return {"tables_s": round(tables - start, 1), "people_s": round(time.monotonic() - tables, 1)}


def _found() -> tuple:  # type: ignore[type-arg]  # imported below
    from throughgate.access import actions  # noqa: PLC0415
    from throughgate.access.acting import System, acting_as  # noqa: PLC0415
    from throughgate.access.rights import role_table  # noqa: PLC0415
    from throughgate.site import setup  # noqa: PLC0415
    from throughgate.site.demo import Staff  # noqa: PLC0415
    from throughgate.vault import unlocking  # noqa: PLC0415
    from throughgate.vault.keyring import unlocked  # noqa: PLC0415

    with acting_as(System("bench", setup.FOUNDING)):
        organisation, keyring = actions.found_organisation("Вымярэнне")
    staff = Staff({}, {})
    roles = ("coordinator", "case_worker")
    with acting_as(System("bench", setup.FOUNDING, organisation.id)), unlocked(keyring):
        for number in range(MEMBERS):
            invitation, _code = actions.invite(f"Вымяральнік {number}", roles=list(roles))
            member, _pair = actions.accept_invitation(
                invitation, sign_in_name=sign_in_name(number), passphrase=PASSPHRASE, language="be"
            )
            unlocking.hand_over_to_member(keyring, member.id, organisation.id, role_table().compartments_of(roles))
            staff.roles[member.id] = roles
            for role in roles:
                staff.by_role.setdefault(role, []).append(member)
    return organisation, keyring, staff


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=75_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
