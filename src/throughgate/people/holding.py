"""What is in memory of the names under one ring: made for whoever asks first, gone with the last holder at work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from throughgate.access import sessions
from throughgate.access.acting import current_actor
from throughgate.vault.compartments import Compartment
from throughgate.vault.keyring import Keyring, open_keyring


class Droppable(Protocol):
    """`dropped` tells work that is still going on that nobody may have what it makes."""

    dropped: bool


H = TypeVar("H", bound=Droppable)


class PerRing(Generic[H]):
    """One of a kind for every ring of identities; *make* is given the organisation."""

    def __init__(self, make: Callable[[UUID], H]) -> None:
        self._make = make
        self._held: dict[UUID, H] = {}
        self._lock = threading.Lock()

    def now(self) -> tuple[Keyring, H] | None:
        """The keys of whoever acts and what is held for their ring; None when the ring is closed to them."""
        keyring, organisation_id = open_keyring(), current_actor().organisation_id
        ring = keyring.ring(organisation_id, Compartment.IDENTITY) if keyring and organisation_id else None
        if keyring is None or organisation_id is None or ring is None:
            return None
        with self._lock:
            if ring.ring_id not in self._held:
                self._held[ring.ring_id] = self._make(organisation_id)
            return keyring, self._held[ring.ring_id]

    def drop_unused(self) -> None:
        """Forget what is held for every ring that nobody at work holds any more."""
        with self._lock:
            for ring_id in [ring_id for ring_id in self._held if not sessions.at_work(ring_id)]:
                self._held.pop(ring_id).dropped = True
