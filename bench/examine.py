"""Look at everything in a house after its server was killed many times; the last line printed is JSON.

Run by bench/soak.py, which left `record.json` in THROUGHGATE_HOME.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughgate.site.settings")
django.setup()

from django.apps import apps  # noqa: E402 (after Django is ready)
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from house import PASSPHRASE, sign_in_name  # noqa: E402

from throughgate.access import log  # noqa: E402
from throughgate.access.acting import acting_as  # noqa: E402
from throughgate.access.middleware import actor_of  # noqa: E402
from throughgate.access.models import LogEntry, Member  # noqa: E402
from throughgate.custody.actions import differing  # noqa: E402
from throughgate.custody.models import CustodyEvent, Standing  # noqa: E402
from throughgate.people.models import ContactPoint, Name, Person  # noqa: E402
from throughgate.site import opening  # noqa: E402
from throughgate.vault import unlocking  # noqa: E402
from throughgate.vault.fields import Locked, Sealed, sealed_fields  # noqa: E402
from throughgate.vault.keyring import unlocked  # noqa: E402


def main() -> None:
    opening.existing()
    record = json.loads((settings.THROUGHGATE.home / "record.json").read_text(encoding="utf-8"))
    member = Member.objects.get(sign_in_name=sign_in_name(0))
    pair = unlocking.open_member_keys(member.id, PASSPHRASE)
    actor = actor_of(member)
    if pair is None or actor is None:
        raise RuntimeError("the member no longer gets in")
    with acting_as(actor), unlocked(unlocking.keyring_of(member.id, pair)):
        problems = [*_lost(record), *_half_written(), *_logged(), *_whole()]
        opened, closed = _open_everything()
    broken = [str(one) for one in log.verify_all() if one.broken_at is not None]
    problems += [f"sealed and does not open: {one}" for one in closed] + [f"chain: {one}" for one in broken]
    problems += [f"standing differs: {row.person_id}" for row in differing()]
    print(json.dumps({"people": Person.unguarded.count(), "sealed_fields_opened": opened, "problems": problems}))


def _lost(record: dict[str, Any]) -> list[str]:
    """What was acknowledged and is not there."""
    names = {(row.person.reference, row.surname) for row in Name.objects.select_related("person")}
    notes = {(row.person.reference, row.note) for row in CustodyEvent.objects.select_related("person")}
    values = {(row.person.reference, row.value) for row in ContactPoint.objects.select_related("person")}
    asked = {
        "person": ([*record["people"].items()], names),
        "name": (record["names"], names),
        "event": (record["events"], notes),
        "contact": (record["contacts"], values),
    }
    return [
        f"lost {what}: {one}" for what, (written, there) in asked.items() for one in written if tuple(one) not in there
    ]


def _half_written() -> list[str]:
    """What one action writes together must be there together."""
    people = set(Person.objects.values_list("id", flat=True))
    named = set(Name.objects.filter(preferred=True).values_list("person_id", flat=True))
    told = set(CustodyEvent.objects.values_list("person_id", flat=True))
    stated = set(Standing.objects.values_list("person_id", flat=True))
    return [f"person without a name: {one}" for one in people - named] + [
        f"event without a standing: {one}" for one in told - stated
    ]


def _logged() -> list[str]:
    """Every row has its entry, and every entry its row."""
    problems = []
    for kind, model in (
        ("people.add_person", Person),
        ("custody.record_event", CustodyEvent),
        ("people.add_contact_point", ContactPoint),
    ):
        entered = set(LogEntry.objects.filter(kind=kind).values_list("object_id", flat=True))
        there = set(model.objects.values_list("id", flat=True))
        problems += [f"{kind} without a row: {one}" for one in entered - there]
        problems += [f"{kind} without an entry: {one}" for one in there - entered]
    return problems


def _open_everything() -> tuple[int, list[str]]:
    """How many sealed fields opened, and which did not."""
    opened, closed = 0, []
    for model in apps.get_models():
        fields = sealed_fields(model)
        if not fields or not hasattr(model, "unguarded"):
            continue
        for row in model.unguarded.all():
            for field in fields:
                if not isinstance(row.__dict__.get(field.attname), Sealed):
                    continue
                if isinstance(getattr(row, field.attname), Locked):
                    closed.append(f"{model._meta.label} {row.pk} {field.name}")
                else:
                    opened += 1
    return opened, closed


def _whole() -> list[str]:
    """What the database itself says of the file."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        found = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]
        found += [str(row) for row in cursor.execute("PRAGMA foreign_key_check").fetchall()]
        found += [str(row[0]) for row in cursor.execute("PRAGMA cipher_integrity_check").fetchall()]
    return [one for one in found if one != "ok"]


if __name__ == "__main__":
    main()
