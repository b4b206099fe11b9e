"""A limit on how often something may go wrong in this process."""

from __future__ import annotations

import threading
import time
from collections import deque


class Throttle:
    """At most *many* failures within *seconds*; `full` says that the next must wait."""

    def __init__(self, many: int, seconds: float) -> None:
        self.many, self.seconds = many, seconds
        self._failures: deque[float] = deque(maxlen=many)
        self._lock = threading.Lock()

    @property
    def full(self) -> bool:
        with self._lock:
            return len(self._failures) == self.many and time.time() - self._failures[0] < self.seconds

    def count(self) -> None:
        with self._lock:
            self._failures.append(time.time())

    def forget(self) -> None:
        with self._lock:
            self._failures.clear()
