"""Setting up a real installation: the first organisation, its security officer, its recovery shares."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from throughgate.access import actions, signing_in
from throughgate.access.acting import System, acting_as
from throughgate.access.models import Organisation
from throughgate.access.rights import Right, role_table
from throughgate.site.trouble import Trouble
from throughgate.vault import unlocking
from throughgate.vault.keyring import Keyring, unlocked

FOUNDING = frozenset({Right.MEMBERS_MANAGE, Right.RECOVERY})


@dataclass(frozen=True)
class FirstMember:
    """Somebody who is a member from the start, without an invitation."""

    role: str
    sign_in_name: str
    display_name: str
    passphrase: str


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", metavar="NAME", help="its name (asked for when left out)")
    parser.add_argument("--officer", metavar="SIGN-IN", help="sign-in name of the security officer, who holds no keys")
    parser.add_argument(
        "--coordinator", metavar="SIGN-IN", help="sign-in name of a first coordinator, who holds every key"
    )
    parser.add_argument(
        "--passphrases", metavar="FILE", type=Path,
        help="read the passphrases from this file, a line each: officer, coordinator; delete it afterwards",
    )  # fmt: skip
    parser.add_argument("--shares", metavar="K/N", default="2/3", help="recovery shares: K of N trustees (2/3)")
    parser.add_argument("--language", choices=("be", "ru", "en"), default="be", help="language of the first members")


def initialise(options: argparse.Namespace) -> int:
    """Ask for what was not given, make everything in one transaction, print the shares once."""
    needed, total = read_shares(options.shares)
    name = options.organisation or _ask("Name of the organisation: ")
    officer = options.officer or _ask("Sign-in name of the security officer: ")
    coordinator = options.coordinator if options.coordinator is not None else _ask_or_nothing()
    given = options.passphrases.read_text(encoding="utf-8").splitlines() if options.passphrases else []
    members = [
        FirstMember(role, sign_in, sign_in, _passphrase(role, sign_in, given))
        for role, sign_in in (("security_officer", officer), ("coordinator", coordinator))
        if sign_in
    ]
    organisation, shares = found(name, members, needed=needed, total=total, language=options.language)
    print(_outcome(organisation, members, shares, needed))
    return 0


def read_shares(text: str) -> tuple[int, int]:
    """(needed, total) from ``2/3``; raises `Trouble`."""
    needed, _slash, total = text.partition("/")
    if not (needed.isdigit() and total.isdigit() and 2 <= int(needed) <= int(total) <= 16):
        raise Trouble(f"{text!r}: say how many of how many trustees, such as 2/3 (at least 2, at most 16).")
    return int(needed), int(total)


@transaction.atomic
def found(
    name: str, members: list[FirstMember], *, needed: int, total: int, language: str, kind: str = "ngo",
    in_country: bool = True,
) -> tuple[Organisation, list[str]]:  # fmt: skip
    """An organisation with its rings, first members and recovery shares (no shares where *total* is 0)."""
    with acting_as(System("setup", FOUNDING)):
        organisation, keyring = actions.found_organisation(name, kind=kind, in_country=in_country)
    with acting_as(System("setup", FOUNDING, organisation.id)), unlocked(keyring):
        for member in members:
            _join(organisation, keyring, member, language)
        shares = actions.print_recovery_shares(organisation, needed=needed, total=total) if total else []
    return organisation, shares


def _join(organisation: Organisation, keyring: Keyring, first: FirstMember, language: str) -> None:
    invitation, _code = actions.invite(first.display_name, roles=[first.role])
    member, _pair = actions.accept_invitation(
        invitation, sign_in_name=first.sign_in_name, passphrase=first.passphrase, language=language
    )
    compartments = role_table().compartments_of([first.role])
    unlocking.hand_over_to_member(keyring, member.id, organisation.id, compartments)


def _passphrase(role: str, sign_in: str, given: list[str]) -> str:
    if given:
        passphrase = given.pop(0)
    elif sys.stdin.isatty():
        passphrase = getpass.getpass(f"Passphrase of {sign_in} ({role.replace('_', ' ')}): ")
        if getpass.getpass("The same again: ") != passphrase:
            raise Trouble("The two passphrases differ. Run `throughgate init` again: it goes on from here.")
    else:
        raise Trouble("Nobody can be asked for a passphrase here: give --passphrases FILE.")
    if weakness := signing_in.weakness(passphrase, sign_in):
        words = {"short": "too short (at least 12 signs)", "guessable": "too easily guessed; take four or five words"}
        raise Trouble(f"The passphrase of {sign_in} is {words[weakness]}.")
    return passphrase


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise Trouble("Nobody can be asked here: give --organisation, --officer and --passphrases.")
    while True:
        if answer := input(question).strip():
            return answer


def _ask_or_nothing() -> str:
    if not sys.stdin.isatty():
        return ""
    return input("Sign-in name of a first coordinator (empty: none, trustees hand out the keys): ").strip()


def _outcome(organisation: Organisation, members: list[FirstMember], shares: list[str], needed: int) -> str:
    lines = [f"\n{organisation.name} is set up. Members: {', '.join(m.sign_in_name for m in members)}."]
    lines += [f"\nRecovery shares, shown only now. Any {needed} of them open everything; give each to another trustee,"]
    lines += ["on paper, and keep none on this machine.\n"]
    lines += [f"  Share {number}:\n    {share}\n" for number, share in enumerate(shares, 1)]
    lines += ["Start with `throughgate serve`. Each member sets up the second factor when first signing in."]
    return "\n".join(lines)
