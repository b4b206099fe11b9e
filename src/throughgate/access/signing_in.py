"""Proving who one is: passphrase, then a one-time code; slower after every failure."""

from __future__ import annotations

import secrets
import time
from datetime import timedelta
from typing import Any

import pyotp
import zxcvbn
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from throughgate.access.models import Member, RecoveryCode
from throughgate.core import sealing
from throughgate.core.sealing import CannotOpen, KeyPair
from throughgate.vault.unlocking import open_member_keys

FREE_TRIES = 4
LONGEST_WAIT = timedelta(minutes=15)
RECOVERY_CODES = 10
# zxcvbn's scale is 0 to 4; 3 is "safely unguessable" by its documentation.
LEAST_STRENGTH = 3
LEAST_LENGTH = 12


class TooManyTries(Exception):
    """This sign-in name has to wait; `until` says how long."""

    def __init__(self, until: Any) -> None:
        super().__init__("too many tries")
        self.until = until


class Backend(BaseBackend):
    """Only loads members: proving a passphrase is `prove`, which also opens their keys."""

    def get_user(self, user_id: Any) -> Member | None:
        return Member.objects.filter(pk=user_id, is_active=True).first()


def prove(sign_in_name: str, passphrase: str) -> tuple[Member, KeyPair] | None:
    """The member and their keys if name and passphrase belong together; raises `TooManyTries`.

    A name that nobody has costs the same time and gives the same answer.
    """
    member = Member.objects.filter(sign_in_name__iexact=sign_in_name.strip()).first()
    _refuse_while_blocked(member)
    pair = open_member_keys(member.id if member and member.is_active else None, passphrase)
    if member is None or pair is None:
        if member is not None:
            count_failure(member)
        return None
    return member, pair


def _refuse_while_blocked(member: Member | None) -> None:
    if member is not None and member.blocked_until and member.blocked_until > timezone.now():
        raise TooManyTries(member.blocked_until)


def count_failure(member: Member) -> None:
    """After a few free tries every further one doubles the wait, up to a quarter of an hour."""
    Member.objects.filter(id=member.id).update(failures=F("failures") + 1)
    member.refresh_from_db(fields=["failures"])
    over = member.failures - FREE_TRIES
    if over > 0:
        wait = min(timedelta(seconds=2 ** min(over, 12)), LONGEST_WAIT)
        Member.objects.filter(id=member.id).update(blocked_until=timezone.now() + wait)


def forget_failures(member: Member) -> None:
    if member.failures:
        Member.objects.filter(id=member.id).update(failures=0, blocked_until=None)


# The second factor -------------------------------------------------------------------------------------------------


def second_factor_needed(member: Member) -> bool:
    return not settings.DEMO and member.totp_sealed is not None


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
    typed = "".join(code.split())
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(pyotp.TOTP(secret).generate_otp(step), typed):
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
    """Why a passphrase will not do (``short``, ``guessable``), or an empty string."""
    if len(passphrase) < LEAST_LENGTH:
        return "short"
    # zxcvbn slows down on long input and needs no more than this to judge.
    strength = zxcvbn.zxcvbn(passphrase[:72], user_inputs=[word for word in about if word])
    return "guessable" if strength["score"] < LEAST_STRENGTH else ""


def remember_request(request: HttpRequest, member: Member) -> None:
    """Note in the session, for its list, when it began and with what kind of browser; no address is kept."""
    request.session["began_at"] = int(time.time())
    request.session["browser"] = request.headers.get("User-Agent", "")[:120]
    request.session["member"] = member.id.hex
