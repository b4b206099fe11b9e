"""Coming in and going out: what is the same whichever door was used."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from throughgate.access import devices, log, sessions, signing_in
from throughgate.access.acting import MemberActor
from throughgate.access.devices import News
from throughgate.access.middleware import actor_of, note_visit
from throughgate.access.models import LogEntry, Member
from throughgate.vault.sealing import KeyPair

FAILURES_ENTERED_EVERY = timedelta(minutes=15)


def prove(sign_in_name: str, passphrase: str) -> tuple[MemberActor, KeyPair] | None:
    """The member in their organisation and their keys; None when name and passphrase do not belong together, or
    access has ended: which of these is not said. Raises `TooManyTries`."""
    proven = signing_in.prove(sign_in_name, passphrase)
    if proven is not None:
        member, pair = proven
        actor = actor_of(member)
        return (actor, pair) if actor is not None else None
    tried = Member.objects.filter(sign_in_name=signing_in.folded(sign_in_name)).first()
    actor = actor_of(tried) if tried is not None else None
    if actor is not None:
        went_wrong(actor, "passphrase")
    return None


def check_code(actor: MemberActor, pair: KeyPair, code: str) -> str:
    """Which second factor a code was (``totp``, ``recovery_code``), or an empty string. Raises `TooManyTries`."""
    signing_in.refuse_while_blocked(actor.member)
    if signing_in.check_totp(actor.member, pair, code):
        return "totp"
    if signing_in.use_recovery_code(actor.member, code):
        return "recovery_code"
    signing_in.count_failure(actor.member)
    went_wrong(actor, "code")
    return ""


def enter(request: HttpRequest, actor: MemberActor, pair: KeyPair, *, proof: str) -> News:
    """Begin a new session with open keys.

    *proof* is what stood beside the passphrase: ``totp``, ``recovery_code``, ``invitation`` or ``none``.
    """
    member = actor.member
    request.session.flush()  # whatever this browser had before, its session key included
    login(request, member)
    signing_in.remember_request(request, member)
    sessions.unlock(request, member.id, pair)
    signing_in.forget_failures(member)
    news = devices.recognise(request, member)
    log.append(actor, "access.signed_in", member, details={"proof": proof, "new_browser": news.new_here})
    note_visit(member)
    return news


def went_wrong(actor: MemberActor, what: str) -> None:
    """Enter a failed try in the log, not every one: else whoever knows a name could fill it."""
    recent = LogEntry.unguarded.filter(
        organisation_id=actor.organisation_id,
        kind="access.sign_in_failed",
        object_id=actor.id,
        at__gt=timezone.now() - FAILURES_ENTERED_EVERY,
    )
    if not recent.exists():
        log.append(actor, "access.sign_in_failed", actor.member, details={"at": what})


def leave(request: HttpRequest, actor: MemberActor) -> None:
    """End this session at the member's wish."""
    log.append(actor, "access.signed_out", actor.member)
    sessions.leave(request)
