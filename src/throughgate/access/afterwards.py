"""Work that a page begins and does not wait for. Nothing is lost if it never ends: whoever needs it does it then.

What must be done, whatever happens to the server, is a job (`jobs`).
"""

from __future__ import annotations

import contextvars
import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import connections

logger = logging.getLogger(__name__)


def afterwards(work: Callable[[], None]) -> None:
    """Run *work* in a thread of its own, as the same actor with the same keys; tests run it at once."""
    if settings.THROUGHGATE_AT_ONCE:
        work()
        return
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_guarded, work), daemon=True).start()


def _guarded(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:
        logger.exception("work behind a page stopped")
    finally:
        connections.close_all()
