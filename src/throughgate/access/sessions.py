"""The keys of a signed-in member, between two requests.

The member's secret key lies in the server-side session, sealed under a random key that only the browser's second
cookie holds: neither the database nor one cookie alone opens anything. The rings it opens are kept in this process's
memory until the session locks, so that a page need not unwrap them again.
"""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse

from throughgate.vault import sealing
from throughgate.vault.keyring import Keyring
from throughgate.vault.sealing import CannotOpen, KeyPair
from throughgate.vault.unlocking import keyring_of, public_key

SESSION_FIELD = "sealed_secret"
PROVED_FIELD = "proved_at"
USED_FIELD = "used_at"
OPENED_FIELD = "opened_at"
PENDING_FIELD = "pending"
PROVED_FOR = 5 * 60  # seconds
PENDING_FOR = 5 * 60
SWEPT_EVERY = 60


@dataclass
class _Held:
    cookie: bytes
    keyring: Keyring
    used_at: float = 0.0


# Called after a session's keys left memory, so that what was kept in memory for its rings can go too.
on_forget: list[Callable[[], None]] = []

_held: dict[str, _Held] = {}
_lock = threading.Lock()


def unlock(request: HttpRequest, member_id: UUID, pair: KeyPair) -> None:
    """Put the opened keys into the session; `write_cookie` sends the other half to the browser."""
    key = sealing.new_key()
    if request.session.session_key is None:
        request.session.save()
    sealed = sealing.seal(key, pair.secret, member_id.bytes)
    request.session[SESSION_FIELD] = base64.b64encode(sealed).decode()
    request.session[PROVED_FIELD] = request.session[USED_FIELD] = request.session[OPENED_FIELD] = int(time.time())
    request._new_keys_cookie = key  # type: ignore[attr-defined]  # noqa: SLF001  carried to the response
    _keep(str(request.session.session_key), key, keyring_of(member_id, pair))


def write_cookie(request: HttpRequest, response: HttpResponse) -> None:
    key = getattr(request, "_new_keys_cookie", None)
    if key is not None:
        response.set_cookie(
            settings.KEYS_COOKIE_NAME,
            base64.urlsafe_b64encode(key).decode(),
            secure=True,
            httponly=True,
            samesite="Strict",
        )
    elif getattr(request, "_drop_keys_cookie", False):
        response.delete_cookie(settings.KEYS_COOKIE_NAME, samesite="Strict")


def keyring_for(request: HttpRequest, member_id: UUID) -> Keyring | None:
    """This session's keyring, fresh for this request; None when it is locked or has been idle too long."""
    session_key, stored = request.session.session_key, request.session.get(SESSION_FIELD)
    if not stored or not session_key:
        return None
    now = int(time.time())
    idle = now - request.session.get(USED_FIELD, 0) > settings.THROUGHGATE_IDLE_SECONDS
    # However busy: once in a working day the passphrase is typed again.
    if idle or now - request.session.get(OPENED_FIELD, 0) > settings.SESSION_COOKIE_AGE:
        lock(request)
        return None
    if now - request.session[USED_FIELD] > 30:  # not a write for every page
        request.session[USED_FIELD] = now
    cookie = _cookie(request)
    if cookie is None:
        return None
    held = _held.get(session_key)
    if held is None or not sealing.same(held.cookie, hashlib.sha256(cookie).digest()):
        held = _open(session_key, member_id, cookie, stored)
    if held is None:
        return None
    held.used_at = time.time()
    return held.keyring.fresh()


def _cookie(request: HttpRequest) -> bytes | None:
    try:
        return base64.urlsafe_b64decode(request.COOKIES.get(settings.KEYS_COOKIE_NAME, "")) or None
    except ValueError:
        return None


def _open(session_key: str, member_id: UUID, cookie: bytes, stored: str) -> _Held | None:
    try:
        pair = KeyPair(sealing.open_sealed(cookie, base64.b64decode(stored), member_id.bytes))
    except (CannotOpen, ValueError):
        return None
    return _keep(session_key, cookie, keyring_of(member_id, pair))


def _keep(session_key: str, cookie: bytes, keyring: Keyring) -> _Held:
    held = _Held(hashlib.sha256(cookie).digest(), keyring, time.time())
    with _lock:
        _held[session_key] = held
    _sweep_soon()
    return held


def refresh(request: HttpRequest, member_id: UUID) -> None:
    """Read again what was handed to the member, after it changed."""
    session_key = request.session.session_key
    held = _held.get(session_key) if session_key else None
    if held and held.keyring.pair and session_key:
        held.keyring = keyring_of(member_id, held.keyring.pair)


def lock(request: HttpRequest) -> None:
    """Drop the keys of this session; the passphrase opens them again."""
    request.session.pop(SESSION_FIELD, None)
    request._drop_keys_cookie = True  # type: ignore[attr-defined]  # noqa: SLF001  carried to the response
    forget(request.session.session_key)


def forget(session_key: str | None) -> None:
    """Drop a session's keys from this process's memory."""
    with _lock:
        held = _held.pop(session_key, None) if session_key else None
    if held:
        held.keyring.forget()
        sealing.forget_ciphers()
        for tidy in on_forget:
            tidy()


def end_sessions(session_keys: list[str]) -> int:
    """End sessions at once, here and, because their rows are gone, in every other process."""
    for session_key in session_keys:
        forget(session_key)
    deleted, _by_model = Session.objects.filter(session_key__in=session_keys).delete()
    return deleted


def reread() -> None:
    """Rings changed hands: every session opens what its member holds now from the database, at its next request."""
    with _lock:
        _held.clear()


_sweeper: list[threading.Timer] = []


def _sweep_soon() -> None:
    """Keys must not outlive the idle time in memory, also when their session never asks again."""
    with _lock:
        if _held and not _sweeper:
            timer = threading.Timer(SWEPT_EVERY, _sweep)
            timer.daemon = True
            _sweeper.append(timer)
            timer.start()


def _sweep() -> None:
    _sweeper.clear()
    forget_idle()
    _sweep_soon()


def forget_idle() -> None:
    """Drop keys of sessions that have been idle too long."""
    oldest = time.time() - settings.THROUGHGATE_IDLE_SECONDS
    for session_key in [key for key, held in list(_held.items()) if held.used_at < oldest]:
        forget(session_key)


def at_work(ring_id: UUID) -> bool:
    """Whether a member who holds this ring is at work in this process."""
    return any(ring_id in held.keyring.rings for held in list(_held.values()))


# Between passphrase and code ------------------------------------------------------------------------------------


def hold_for_code(request: HttpRequest, member_id: UUID, pair: KeyPair) -> None:
    """Keep keys between the two steps of signing in: sealed like those of a session, which this is not yet."""
    request.session.flush()
    key = sealing.new_key()
    sealed = sealing.seal(key, pair.secret, b"pending" + member_id.bytes)
    request.session[PENDING_FIELD] = {
        "member": member_id.hex,
        "sealed": base64.b64encode(sealed).decode(),
        "at": int(time.time()),
    }
    request._new_keys_cookie = key  # type: ignore[attr-defined]  # noqa: SLF001  carried to the response


def held_for_code(request: HttpRequest) -> tuple[UUID, KeyPair] | None:
    """Whose keys wait for the code, and the keys; None when nobody's do, or no longer."""
    pending, cookie = request.session.get(PENDING_FIELD), _cookie(request)
    if not pending or cookie is None or time.time() - pending["at"] > PENDING_FOR:
        return None
    member_id = UUID(pending["member"])
    try:
        pair = KeyPair(sealing.open_sealed(cookie, base64.b64decode(pending["sealed"]), b"pending" + member_id.bytes))
    except (CannotOpen, ValueError):
        return None
    return (member_id, pair) if public_key(member_id) == pair.public else None


def leave(request: HttpRequest) -> None:
    """End this session and drop its keys."""
    forget(request.session.session_key)
    logout(request)
    request._drop_keys_cookie = True  # type: ignore[attr-defined]  # noqa: SLF001  carried to the response


def gone(request: HttpRequest) -> bool:
    """Whether this request's own session was ended while it ran (by itself, as a rule)."""
    session_key = request.session.session_key
    return session_key is None or not request.session.exists(session_key)


def mark_proved(request: HttpRequest) -> None:
    request.session[PROVED_FIELD] = int(time.time())


def recently_proved(request: HttpRequest) -> bool:
    """Whether the passphrase was typed within the last five minutes."""
    return time.time() - float(request.session.get(PROVED_FIELD, 0)) < PROVED_FOR
