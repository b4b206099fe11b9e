"""Prove that the log was not changed.

Walks the chain of every organisation from its first entry to its last. An entry that was changed,
removed or put in, or an end that was cut off, is named by its number. The fingerprint of the end can
be handed to a partner: a log rewritten as a whole has another one. The exit code is 1 where a chain
is broken.
"""

from __future__ import annotations

import argparse
from uuid import UUID

from throughgate.access import log
from throughgate.access.acting import System, acting_as
from throughgate.access.log import NO_ORGANISATION, Verdict
from throughgate.access.models import Organisation


def run(options: argparse.Namespace) -> int:
    with acting_as(System("maintenance")):
        names = dict(Organisation.objects.values_list("id", "name"))
    verdicts = log.verify_all()
    for verdict in verdicts:
        print(said(verdict, names))
    return 1 if any(verdict.broken_at is not None for verdict in verdicts) else 0


def said(verdict: Verdict, names: dict[UUID, str]) -> str:
    """One line about one chain."""
    name = "The installation" if verdict.organisation_id == NO_ORGANISATION else names.get(verdict.organisation_id, "?")
    if verdict.broken_at is not None:
        return f"{name}: BROKEN at entry {verdict.broken_at} ({verdict.problem})."
    return f"{name}: whole; entries: {verdict.entries}; fingerprint {verdict.head.hex(' ', 4)}"
