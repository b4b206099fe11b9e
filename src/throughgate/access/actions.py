"""Verbs of this room: organisations, members, keys, modes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from throughgate.access import log, sessions, signing_in
from throughgate.access.acting import current_actor, current_member, our_organisation
from throughgate.access.acts import CannotDo, action, note
from throughgate.access.models import (
    Assignment,
    Invitation,
    Member,
    Membership,
    Mode,
    Organisation,
    RecoveryCode,
)
from throughgate.access.rights import Right, role_table
from throughgate.vault import sealing, unlocking
from throughgate.vault.compartments import Compartment
from throughgate.vault.keyring import Keyring, open_keyring
from throughgate.vault.sealing import CannotOpen, KeyPair

INVITED_FOR = timedelta(hours=72)
# 32 signs without look-alikes; 20 of them are 100 bits.
CODE_SIGNS, CODE_LENGTH = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 20


class CodeNotValid(CannotDo):
    """The invitation code is wrong, used or too old; which of these is not said."""

    def __init__(self) -> None:
        super().__init__(_("This code does not work: it is mistyped, used already or too old. Ask for a new one."))


def _reread_rings() -> None:
    """Whoever is at work opens what they hold now: at once, and again once all others can see it."""
    sessions.reread()
    transaction.on_commit(sessions.reread)


def my_keyring() -> Keyring:
    """The open keyring of whoever acts; raises `CannotOpen` when it is locked."""
    keyring = open_keyring()
    if keyring is None:
        raise CannotOpen("the keys are locked")
    return keyring


# Organisations -----------------------------------------------------------------------------------------------------


@action("access.found_organisation", needs=Right.MEMBERS_MANAGE)
def found_organisation(name: str, *, kind: str = "ngo", in_country: bool = True) -> tuple[Organisation, Keyring]:
    """Make an organisation and its rings; the returned keyring holds them all, for the first members only."""
    organisation = Organisation(name=name, kind=kind, in_country=in_country)
    organisation.save(force_insert=True)
    rings = [unlocking.make_ring(organisation.id, compartment) for compartment in Compartment.values]
    note(organisation=organisation.id.hex)
    return organisation, Keyring(organisation.id, {keys.ring_id: keys for keys in rings})


@action("access.change_mode", needs=Right.MODE_CHANGE, in_read_only=True)
def change_mode(organisation: Organisation, *, mode: str) -> Organisation:
    """Open, read-only, or closed to all but the security officer."""
    note(mode=mode, before=organisation.mode)
    organisation.mode = Mode(mode)
    organisation.save(update_fields=["mode"])
    return organisation


# Members -----------------------------------------------------------------------------------------------------------


@action("access.invite", needs=Right.MEMBERS_MANAGE)
def invite(display_name: str, *, roles: list[str]) -> tuple[Invitation, str]:
    """A single-use code, good for 72 hours, that makes somebody a member with these roles."""
    return _new_invitation(display_name, roles, None)


@action("access.readmit", needs=Right.KEYS_GRANT)
def readmit(membership: Membership, *, display_name: str = "") -> tuple[Invitation, str]:
    """A code by which a member who forgot the passphrase chooses a new one; their keys come from a colleague."""
    if membership.ended_at is not None:
        raise CannotDo(_("This membership has ended. Invite the person as a new member."))
    if membership.member_id == current_actor().id:
        raise CannotDo(_("You know your own passphrase: change it in your account."))
    note(member=membership.member_id.hex)
    return _new_invitation(display_name or membership.member.display_name, membership.roles, membership.member)


@action("access.cancel_invitation", needs=Right.MEMBERS_MANAGE)
def cancel_invitation(invitation: Invitation) -> Invitation:
    """The code stops working."""
    if invitation.used_at is not None:
        raise CannotDo(_("This code was used already."))
    invitation.until = timezone.now()
    invitation.save(update_fields=["until"])
    return invitation


def _new_invitation(display_name: str, roles: list[str], member: Member | None) -> tuple[Invitation, str]:
    actor = current_actor()
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
    invitation = Invitation(
        organisation_id=our_organisation(),
        display_name=display_name,
        roles=sorted(roles),
        member=member,
        invited_by_id=actor.id,
        hashed=_code_hash(code),
        until=timezone.now() + INVITED_FOR,
    )
    invitation.save(force_insert=True)
    note(invitation=invitation.id.hex, roles=invitation.roles)
    return invitation, "-".join(code[i : i + 5] for i in range(0, CODE_LENGTH, 5))


def _code_hash(code: str) -> bytes:
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    return sealing.blind(b"invitation", "code", typed)


def find_invitation(code: str) -> Invitation:
    """Raises `CodeNotValid`. Runs for somebody who is nobody yet."""
    open_now = Invitation.unguarded.filter(hashed=_code_hash(code), used_at=None, until__gt=timezone.now())
    found = open_now.select_related("organisation", "member").first()
    if found is None or found.organisation.mode != Mode.NORMAL:
        raise CodeNotValid
    if found.member is not None and not _current(found.organisation_id).filter(member=found.member).exists():
        raise CodeNotValid  # their membership ended after the code was made
    return found


def _current(organisation_id: UUID) -> QuerySet[Membership]:
    return Membership.unguarded.filter(organisation_id=organisation_id, ended_at=None)


@action("access.accept_invitation", needs=None)
def accept_invitation(
    invitation: Invitation, *, sign_in_name: str, passphrase: str, language: str
) -> tuple[Member, KeyPair]:
    """Become a member, or choose a new passphrase, with a fresh key pair that opens nothing yet."""
    used = Invitation.unguarded.filter(id=invitation.id, used_at=None).update(used_at=timezone.now())
    if not used:
        raise CodeNotValid
    member = invitation.member
    if member is None:
        member = _new_member(invitation, signing_in.folded(sign_in_name), language)
        Membership(organisation_id=invitation.organisation_id, member=member, roles=invitation.roles).save()
    else:
        Member.objects.filter(id=member.id).update(totp_sealed=None, failures=0, blocked_until=None)
        member.refresh_from_db()
        RecoveryCode.objects.filter(member=member).delete()
        end_all_sessions([member.id])
    note(member=member.id.hex)
    return member, unlocking.make_member_keys(member.id, passphrase)


def _new_member(invitation: Invitation, sign_in_name: str, language: str) -> Member:
    member = Member(sign_in_name=sign_in_name, display_name=invitation.display_name, language=language)
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError:
        raise CannotDo(_("This sign-in name is taken. Choose another.")) from None
    return member


@action("access.change_roles", needs=Right.MEMBERS_MANAGE)
def change_roles(membership: Membership, *, roles: list[str]) -> Membership:
    """Rings that the new roles do not give are taken back at once. Raises `CannotDo` for the last who may do this."""
    if Right.MEMBERS_MANAGE not in role_table().rights_of(roles):
        _leave_somebody_to_manage(membership)
    note(member=membership.member_id.hex, before=membership.roles, roles=sorted(roles))
    membership.roles = sorted(roles)
    membership.save(update_fields=["roles"])
    unlocking.take_back(membership.member_id, membership.organisation_id, keep=role_table().compartments_of(roles))
    end_all_sessions([membership.member_id])
    return membership


@action("access.end_membership", needs=Right.MEMBERS_MANAGE)
def end_membership(membership: Membership) -> Membership:
    """The member can no longer sign in here, and what was handed to them is destroyed."""
    _leave_somebody_to_manage(membership)
    note(member=membership.member_id.hex)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    unlocking.take_back(membership.member_id, membership.organisation_id)
    end_all_sessions([membership.member_id])
    return membership


def _leave_somebody_to_manage(membership: Membership) -> None:
    others = _current(membership.organisation_id).exclude(id=membership.id).values_list("roles", flat=True)
    table = role_table()
    if not any(Right.MEMBERS_MANAGE in table.rights_of(roles) for roles in others):
        raise CannotDo(_("Nobody else may invite and end members: give somebody else that role first."))


# Keys --------------------------------------------------------------------------------------------------------------


@action("access.give_keys", needs=Right.KEYS_GRANT)
def give_keys(membership: Membership) -> Membership:
    """Hand a colleague the rings that their roles give and that I hold; raises `CannotDo` when I hold none of them."""
    if membership.ended_at is not None:
        raise CannotDo(_("This membership has ended."))
    _hand_over(my_keyring(), membership)
    return membership


def _hand_over(keyring: Keyring, membership: Membership) -> None:
    wanted = role_table().compartments_of(membership.roles)
    if unlocking.public_key(membership.member_id) is None:
        raise CannotDo(_("This member has no keys yet: they must choose a passphrase first."))
    given = unlocking.hand_over_to_member(keyring, membership.member_id, membership.organisation_id, wanted)
    if wanted and not given:
        raise CannotDo(_("You hold none of the keys that this colleague needs."))
    note(member=membership.member_id.hex, compartments=given)
    _reread_rings()


@action("access.take_keys", needs=Right.KEYS_GRANT)
def take_keys(membership: Membership) -> Membership:
    """Take back what was handed to a colleague: nothing opens for them until somebody gives it again."""
    note(member=membership.member_id.hex)
    unlocking.take_back(membership.member_id, membership.organisation_id)
    _reread_rings()
    return membership


@action("access.rotate_ring", needs=Right.KEYS_ROTATE)
def rotate_ring(organisation: Organisation, *, compartment: str) -> Organisation:
    """Renew a ring: every file key is wrapped anew, for those members whose roles give it and for recovery.

    Raises `CannotDo` when I do not hold the ring.
    """
    if not my_keyring().holds(organisation.id, compartment):
        raise CannotDo(_("Only somebody who holds the keys of a ring can renew them."))
    table = role_table()
    entitled = [m.member_id for m in _current(organisation.id) if compartment in table.compartments_of(m.roles)]
    held = unlocking.compartments_held(entitled, organisation.id)
    holders = {m: public for m in entitled if compartment in held[m] and (public := unlocking.public_key(m))}
    holders |= unlocking.recovery_holder(organisation.id)
    moved = unlocking.rotate_ring(my_keyring(), organisation.id, compartment, holders)
    note(compartment=compartment, file_keys=moved, holders=len(holders))
    _reread_rings()
    return organisation


@action("access.print_recovery_shares", needs=Right.RECOVERY)
def print_recovery_shares(organisation: Organisation, *, needed: int, total: int) -> list[str]:
    """New shares for trustees, shown once; raises `CannotDo` when I do not hold every ring."""
    note(needed=needed, total=total)
    try:
        return unlocking.make_recovery_set(my_keyring(), organisation.id, needed=needed, total=total)
    except CannotOpen:
        raise CannotDo(_("Only somebody who holds the keys of every ring can make recovery shares.")) from None


@action("access.use_recovery_shares", needs=Right.RECOVERY)
def use_recovery_shares(membership: Membership, *, shares: list[str]) -> Membership:
    """Trustees give a member the rings their roles give; raises `CannotDo` when the shares do not fit together."""
    try:
        keyring = unlocking.keyring_from_shares(membership.organisation_id, shares)
    except CannotOpen:
        raise CannotDo(
            _("These shares do not open the keys: too few, a mistyped word, or not of the newest set.")
        ) from None
    try:
        _hand_over(keyring, membership)
    finally:
        keyring.forget()
    return membership


# The log -----------------------------------------------------------------------------------------------------------


@action("access.verify_log", needs=Right.LOG_VIEW, in_read_only=True)
def verify_log(organisation: Organisation) -> log.Verdict:
    """Walk the organisation's chain of entries; that it was checked is an entry too."""
    verdict = log.verify(organisation.id)
    note(entries=verdict.entries, broken_at=verdict.broken_at)
    return verdict


# One's own account -------------------------------------------------------------------------------------------------


@action("access.change_account", needs=None)
def change_account(member: Member, *, display_name: str, language: str) -> Member:
    """The name that colleagues see and the language of the pages."""
    member.display_name, member.language = display_name, language
    member.save(update_fields=["display_name", "language"])
    return member


@action("access.change_passphrase", needs=None, in_read_only=True)
def change_passphrase(member: Member, *, pair: KeyPair, passphrase: str, keep_session: str | None) -> Member:
    """Every other session of the member ends."""
    unlocking.change_passphrase(member.id, pair, passphrase)
    end_all_sessions([member.id], but=keep_session)
    return member


@action("access.set_second_factor", needs=None, in_read_only=True)
def set_second_factor(member: Member, *, pair: KeyPair, secret: str, code: str) -> list[str]:
    """Use a new authenticator that proves itself with *code*; returns ten new recovery codes."""
    step = signing_in.matching_step(secret, code)
    if step is None:
        raise CannotDo(_("The code is not right. Enter the one the app shows now."))
    sealed = signing_in.seal_totp(pair, member, secret)
    Member.objects.filter(id=member.id).update(totp_sealed=sealed, totp_last_step=step)
    return signing_in.new_recovery_codes(member)


@action("access.new_recovery_codes", needs=None, in_read_only=True)
def new_recovery_codes(member: Member) -> list[str]:
    """Ten new codes; the former ones stop working."""
    return signing_in.new_recovery_codes(member)


@action("access.close_my_keys", needs=None, in_read_only=True)
def close_my_keys(member: Member) -> Member:
    """Destroy what was handed to me: nothing opens for me until a colleague hands it over again."""
    note(rings=unlocking.close_keys(member.id))
    end_all_sessions([member.id])
    return member


@action("access.end_session", needs=None, in_read_only=True)
def end_session(member: Member, *, session_key: str) -> Member:
    mine = [key for key, whose in _sessions_by_member([member.id]) if key == session_key and whose == member.id]
    sessions.end_sessions(mine)
    return member


@action("access.lock_everything", needs=Right.LOCK_EVERYTHING, in_read_only=True)
def lock_everything(organisation: Organisation) -> Organisation:
    """End all sessions of the organisation and drop its keys from memory."""
    members = Membership.objects.filter(ended_at=None).values_list("member_id", flat=True)
    note(sessions=end_all_sessions(list(members)))
    return organisation


def end_all_sessions(member_ids: Iterable[UUID], *, but: str | None = None) -> int:
    return sessions.end_sessions([key for key, _whose in _sessions_by_member(member_ids) if key != but])


def _sessions_by_member(member_ids: Iterable[UUID]) -> list[tuple[str, UUID]]:
    """Sessions are few (one a browser), and their owner stands inside: looked through, not indexed."""
    wanted = set(member_ids)
    found = []
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        owner = session.get_decoded().get("_auth_user_id")
        if owner and UUID(str(owner)) in wanted:
            found.append((session.session_key, UUID(str(owner))))
    return found


def sessions_of(member: Member) -> list[Session]:
    keys = [key for key, _whose in _sessions_by_member([member.id])]
    return list(Session.objects.filter(session_key__in=keys).order_by("-expire_date"))


# Who supports whom -------------------------------------------------------------------------------------------------


def assign(member_id: UUID, subject_id: UUID) -> None:
    """Part of actions of higher rooms: from now on a peer worker sees this person."""
    Assignment.objects.get_or_create(organisation_id=our_organisation(), member_id=member_id, subject_id=subject_id)


def unassign(member_id: UUID, subject_id: UUID) -> None:
    Assignment.objects.filter(member_id=member_id, subject_id=subject_id).delete()


def me() -> Member:
    return current_member().member
