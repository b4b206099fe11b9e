"""Verbs of this room: organisations, members, keys, modes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils import timezone

from throughgate.access import sessions, signing_in
from throughgate.access.acting import current_actor, current_member, our_organisation
from throughgate.access.acts import action, note
from throughgate.access.models import Assignment, Invitation, Member, Membership, Mode, Organisation
from throughgate.access.rights import Right, role_table
from throughgate.core import sealing
from throughgate.core.sealing import CannotOpen, KeyPair
from throughgate.vault import unlocking
from throughgate.vault.compartments import Compartment
from throughgate.vault.keyring import Keyring, open_keyring

INVITED_FOR = timedelta(hours=72)
# 32 signs without look-alikes; 20 of them are 100 bits.
CODE_SIGNS, CODE_LENGTH = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 20


class CodeNotValid(Exception):
    """The invitation code is wrong, used or too old; which of these is not said."""


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
    note(member=membership.member_id.hex)
    return _new_invitation(display_name or membership.member.display_name, membership.roles, membership.member)


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
    return invitation, "-".join(code[i : i + 5] for i in range(0, CODE_LENGTH, 5))


def _code_hash(code: str) -> bytes:
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    return sealing.blind(b"invitation", "code", typed)


def find_invitation(code: str) -> Invitation:
    """Raises `CodeNotValid`. Runs for somebody who is nobody yet."""
    found = Invitation.unguarded.filter(hashed=_code_hash(code), used_at=None, until__gt=timezone.now()).first()
    if found is None:
        raise CodeNotValid
    return found


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
        member = Member(sign_in_name=sign_in_name, display_name=invitation.display_name, language=language)
        member.save(force_insert=True)
        Membership(organisation_id=invitation.organisation_id, member=member, roles=invitation.roles).save()
    else:
        Member.objects.filter(id=member.id).update(totp_sealed=None, failures=0, blocked_until=None)
        member.refresh_from_db()
        end_all_sessions([member.id])
    note(member=member.id.hex)
    return member, unlocking.make_member_keys(member.id, passphrase)


@action("access.change_roles", needs=Right.MEMBERS_MANAGE)
def change_roles(membership: Membership, *, roles: list[str]) -> Membership:
    """Rings that the new roles do not give are taken back at once."""
    note(before=membership.roles, roles=sorted(roles))
    membership.roles = sorted(roles)
    membership.save(update_fields=["roles"])
    keep = role_table().compartments_of(roles)
    unlocking.take_back(membership.member_id, membership.organisation_id, keep=keep)
    end_all_sessions([membership.member_id])
    return membership


@action("access.end_membership", needs=Right.MEMBERS_MANAGE)
def end_membership(membership: Membership) -> Membership:
    """The member can no longer sign in here, and what was handed to them is destroyed."""
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    unlocking.take_back(membership.member_id, membership.organisation_id)
    end_all_sessions([membership.member_id])
    return membership


# Keys --------------------------------------------------------------------------------------------------------------


@action("access.give_keys", needs=Right.KEYS_GRANT)
def give_keys(membership: Membership) -> Membership:
    """Hand a colleague the rings that their roles give and that I hold; raises `CannotOpen` when I hold none."""
    wanted = role_table().compartments_of(membership.roles)
    given = unlocking.hand_over_to_member(my_keyring(), membership.member_id, membership.organisation_id, wanted)
    if wanted and not given:
        raise CannotOpen("you hold none of the keys this colleague needs")
    note(member=membership.member_id.hex, compartments=given)
    return membership


@action("access.rotate_ring", needs=Right.KEYS_ROTATE)
def rotate_ring(organisation: Organisation, *, compartment: str) -> Organisation:
    """Renew a ring: every file key is wrapped anew, for those members whose roles give it and for recovery."""
    table = role_table()
    current = Membership.objects.filter(ended_at=None).select_related("member")
    entitled = [m.member_id for m in current if compartment in table.compartments_of(m.roles)]
    held = unlocking.compartments_held(entitled, organisation.id)
    holders = {m: public for m in entitled if compartment in held[m] and (public := unlocking.public_key(m))}
    holders |= unlocking.recovery_holder(organisation.id)
    moved = unlocking.rotate_ring(my_keyring(), organisation.id, compartment, holders)
    note(compartment=compartment, file_keys=moved, holders=len(holders))
    return organisation


@action("access.print_recovery_shares", needs=Right.RECOVERY)
def print_recovery_shares(organisation: Organisation, *, needed: int, total: int) -> list[str]:
    """New shares for trustees, shown once; raises `CannotOpen` when I do not hold every ring."""
    note(needed=needed, total=total)
    return unlocking.make_recovery_set(my_keyring(), organisation.id, needed=needed, total=total)


@action("access.use_recovery_shares", needs=Right.RECOVERY)
def use_recovery_shares(membership: Membership, *, shares: list[str]) -> Membership:
    """Trustees give a member the rings their roles give; raises `CannotOpen` with what is wrong with the shares."""
    keyring = unlocking.keyring_from_shares(membership.organisation_id, shares)
    wanted = role_table().compartments_of(membership.roles)
    given = unlocking.hand_over_to_member(keyring, membership.member_id, membership.organisation_id, wanted)
    keyring.forget()
    note(member=membership.member_id.hex, compartments=given)
    return membership


# One's own account -------------------------------------------------------------------------------------------------


@action("access.change_passphrase", needs=None, in_read_only=True)
def change_passphrase(member: Member, *, pair: KeyPair, passphrase: str, keep_session: str | None) -> Member:
    """Every other session of the member ends."""
    unlocking.change_passphrase(member.id, pair, passphrase)
    end_all_sessions([member.id], but=keep_session)
    return member


@action("access.set_second_factor", needs=None, in_read_only=True)
def set_second_factor(member: Member, *, pair: KeyPair, secret: str) -> list[str]:
    """Use a new authenticator; returns ten new recovery codes."""
    sealed = signing_in.seal_totp(pair, member, secret)
    Member.objects.filter(id=member.id).update(totp_sealed=sealed, totp_last_step=0)
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
    Assignment.objects.get_or_create(
        organisation_id=our_organisation(), member_id=member_id, subject_id=subject_id
    )


def unassign(member_id: UUID, subject_id: UUID) -> None:
    Assignment.objects.filter(member_id=member_id, subject_id=subject_id).delete()


def me() -> Member:
    return current_member().member
