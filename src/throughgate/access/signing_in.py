"""Proving who one is: passphrase, then a one-time code; slower after every failure."""

from __future__ import annotations

import secrets
import threading
import time
import unicodedata
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

import pyotp
import zxcvbn
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from throughgate.access.models import Member, RecoveryCode
from throughgate.vault import sealing
from throughgate.vault.sealing import CannotOpen, KeyPair
from throughgate.vault.unlocking import open_member_keys

FREE_TRIES = 4
LONGEST_WAIT = timedelta(minutes=15)
RECOVERY_CODES = 10
# zxcvbn's scale is 0 to 4; 3 is "safely unguessable" by its documentation.
LEAST_STRENGTH = 3
LEAST_LENGTH = 12


# Words that begin many passphrases here and that the strength meter, which reads Latin letters, does not know.
COMMON = (
    "пароль", "парол", "йцукен", "йцукенг", "фыва", "ячсмить", "привет", "прывітанне", "любовь", "каханне", "мінск",
    "минск", "беларусь", "белоруссия", "жыве", "живе", "свабода", "свобода", "слава", "россия", "украіна", "украина",
    "админ", "адмін", "сябар", "друг", "мама", "тата", "солнце", "сонца", "gfhjkm", "ghbdtn", "throughgate",
)  # fmt: skip


class TooManyTries(Exception):
    """This sign-in name has to wait; `until` says how long."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many tries")
        self.until = until

    @property
    def minutes(self) -> int:
        """How long to wait from now, in begun minutes."""
        return max(1, -int(-(self.until - timezone.now()).total_seconds() // 60))


class Backend(BaseBackend):
    """Only loads members: proving a passphrase is `prove`, which also opens their keys."""

    def get_user(self, user_id: Any) -> Member | None:
        return Member.objects.filter(pk=user_id, is_active=True).first()


def folded(sign_in_name: str) -> str:
    """The one form of a sign-in name: the same letters however they were typed, in any case, without edges."""
    return unicodedata.normalize("NFKC", sign_in_name).strip().casefold()


def prove(sign_in_name: str, passphrase: str) -> tuple[Member, KeyPair] | None:
    """The member and their keys if name and passphrase belong together; raises `TooManyTries`.

    A name that nobody has costs the same time, gives the same answer and has to wait in the same way.
    """
    name = folded(sign_in_name)
    member = Member.objects.filter(sign_in_name=name, is_active=True).first()
    refuse_while_blocked(member, name)
    pair = open_member_keys(member.id if member else None, passphrase)
    if member is None or pair is None:
        if member is not None:
            count_failure(member)
        else:
            _unknown.count(name)
        return None
    return member, pair


def refuse_while_blocked(member: Member | None, name: str = "") -> None:
    """Raises `TooManyTries`."""
    until = member.blocked_until if member is not None else _unknown.until(name)
    if until is not None and until > timezone.now():
        raise TooManyTries(until)


def wait_after(failures: int) -> timedelta | None:
    """After a few free tries every further one doubles the wait, up to a quarter of an hour."""
    over = failures - FREE_TRIES
    return min(timedelta(seconds=2 ** min(over, 12)), LONGEST_WAIT) if over > 0 else None


def count_failure(member: Member) -> None:
    Member.objects.filter(id=member.id).update(failures=F("failures") + 1)
    member.refresh_from_db(fields=["failures"])
    wait = wait_after(member.failures)
    if wait is not None:
        Member.objects.filter(id=member.id).update(blocked_until=timezone.now() + wait)


def forget_failures(member: Member) -> None:
    if member.failures:
        Member.objects.filter(id=member.id).update(failures=0, blocked_until=None)


class _Unknown:
    """Tries at names that nobody has, in memory: they must wait like the others, or waiting would tell who exists."""

    most = 4096

    def __init__(self) -> None:
        self._tries: OrderedDict[bytes, tuple[int, datetime | None]] = OrderedDict()
        self._key, self._lock = sealing.new_key(), threading.Lock()

    def _hash(self, name: str) -> bytes:
        return sealing.blind(self._key, "unknown sign-in name", name)

    def until(self, name: str) -> datetime | None:
        return self._tries.get(self._hash(name), (0, None))[1]

    def count(self, name: str) -> None:
        with self._lock:
            failures = self._tries.pop(self._hash(name), (0, None))[0] + 1
            wait = wait_after(failures)
            self._tries[self._hash(name)] = failures, timezone.now() + wait if wait is not None else None
            while len(self._tries) > self.most:
                self._tries.popitem(last=False)


_unknown = _Unknown()


# The second factor -------------------------------------------------------------------------------------------------


def second_factor_needed(member: Member) -> bool:
    return not settings.DEMO and member.totp_sealed is not None


def must_enrol(member: Member) -> bool:
    """Whether this member has to set up a second factor before anything else."""
    return bool(settings.THROUGHGATE_SECOND_FACTOR) and not settings.DEMO and member.totp_sealed is None


def new_totp_secret() -> str:
    return pyotp.random_base32()


def totp_address(member: Member, secret: str) -> str:
    """The otpauth address that an authenticator app reads from a picture. Names the product, not the work."""
    return pyotp.TOTP(secret).provisioning_uri(name=member.sign_in_name, issuer_name="TG")


def seal_totp(pair: KeyPair, member: Member, secret: str) -> bytes:
    key = sealing.derive_key(pair.secret, "second factor")
    return sealing.seal(key, secret.encode(), b"totp" + member.id.bytes)


def check_totp(member: Member, pair: KeyPair, code: str) -> bool:
    """Whether the code is right and was not used before; one step of clock drift either way."""
    if member.totp_sealed is None:
        return False
    try:
        key = sealing.derive_key(pair.secret, "second factor")
        secret = sealing.open_sealed(key, bytes(member.totp_sealed), b"totp" + member.id.bytes).decode()
    except CannotOpen:
        return False
    step = matching_step(secret, code)
    if step is None:
        return False
    # One statement, so that of two requests with the same code one wins.
    return bool(Member.objects.filter(id=member.id, totp_last_step__lt=step).update(totp_last_step=step))


def matching_step(secret: str, code: str) -> int | None:
    """The 30-second step a code belongs to, now or one step beside; None when it is wrong."""
    now = int(time.time()) // 30
    typed = "".join(code.split()).encode()  # bytes: only they are compared whatever was typed
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), typed):
            return step
    return None


def new_recovery_codes(member: Member) -> list[str]:
    """Ten codes to print; the former ones stop working."""
    codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(member=member).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(member=member, hashed=_hashed(member, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def use_recovery_code(member: Member, code: str) -> bool:
    """Whether this is an unused recovery code; it is used up."""
    typed = "".join(sign for sign in code.lower() if sign.isalnum())
    unused = RecoveryCode.objects.filter(member=member, hashed=_hashed(member, typed), used_at=None)
    return bool(unused.update(used_at=timezone.now()))


def _hashed(member: Member, code: str) -> bytes:
    # 40 random bits behind a throttle; keyed by the member so that equal codes differ.
    return sealing.blind(member.id.bytes, "recovery code", code)


# Passphrases -------------------------------------------------------------------------------------------------------


def weakness(passphrase: str, *about: str) -> str:
    """Why a passphrase will not do, as a code, or an empty string.

    ``short``; ``personal`` (a name of one's own), ``common``, ``keyboard``, ``repeated``, ``sequence``, ``date``: what
    makes it easy; ``guessable`` for all else.
    """
    if len(passphrase) < LEAST_LENGTH:
        return "short"
    own = [folded(word) for text in about for word in (text, *text.split()) if len(word) > 2]
    if len(_without(passphrase, own)) < LEAST_LENGTH - 4:
        return "personal"
    # zxcvbn slows down on long input and needs no more than this to judge.
    strength = zxcvbn.zxcvbn(passphrase[:72], user_inputs=[*own, *COMMON])
    if strength["score"] >= LEAST_STRENGTH:
        return ""
    longest = max(strength["sequence"], key=lambda part: len(part["token"]))
    return _WHY.get(longest["pattern"], "guessable") if longest.get("dictionary_name") != "user_inputs" else "personal"


def _without(passphrase: str, words: list[str]) -> str:
    left = folded(passphrase)
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left


_WHY = {
    "dictionary": "common",
    "spatial": "keyboard",
    "repeat": "repeated",
    "sequence": "sequence",
    "date": "date",
    "regex": "date",
}


def remember_request(request: HttpRequest, member: Member) -> None:
    """Note in the session, for its list, when it began and in what kind of browser; no address is kept."""
    request.session["began_at"] = int(time.time())
    request.session["browser"] = browser_words(request)


_BROWSERS = (
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Edg", "Edge"), ("OPR", "Opera"), ("YaBrowser", "Yandex"),
    ("SamsungBrowser", "Samsung"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_words(request: HttpRequest) -> str:
    """`Firefox, Android`: enough to know one's own browser again, and no more than that."""
    said = request.headers.get("User-Agent", "")
    found = [next((name for mark, name in marks if mark in said), "") for marks in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in found if name)
