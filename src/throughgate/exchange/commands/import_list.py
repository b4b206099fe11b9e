"""Read a list of prisoners from a file.

    throughgate import FILE --as SIGN-IN [--profile NAME] [--dry-run] [--yes]
    throughgate import --list --as SIGN-IN
    throughgate import --undo ID --as SIGN-IN

The list is read on behalf of a member, whose passphrase opens the keys: it is asked for, or read from the first line
of --passphrase-file (a one-time code, where the member has a second factor, from its second line). In a demo the
sign-ins that `throughgate serve` prints will do. First comes a dry run with every doubtful cell; nothing is taken over
before that was confirmed. A list that is much smaller than its earlier copy also needs --although-smaller.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from throughgate.access import signing_in
from throughgate.access.acting import Forbidden, MemberActor, acting_as
from throughgate.access.acts import CannotDo
from throughgate.access.middleware import actor_of
from throughgate.codelists.codes import language
from throughgate.core.lists.errors import ListError
from throughgate.core.lists.messages import Message
from throughgate.exchange import actions, content, work
from throughgate.exchange.models import DoubtPage, Profile, Reading
from throughgate.vault import unlocking
from throughgate.vault.keyring import unlocked

DOUBTS_SHOWN = 200


class Refused(Exception):
    """The command cannot go on; the text says why."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="CSV, XLSX, XLSB, XLS or ODS")
    parser.add_argument("--as", dest="sign_in", metavar="SIGN-IN", help="sign-in name of the member who imports")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="their passphrase, in the first line")
    parser.add_argument("--organisation", metavar="NAME", help="stop unless the member belongs to this organisation")
    parser.add_argument("--profile", metavar="NAME", help="take the columns as they were remembered under this name")
    parser.add_argument("--own-list", action="store_true", help="compare it with no earlier copy")
    parser.add_argument("--dry-run", action="store_true", help="say what an import would do, and stop")
    parser.add_argument("--yes", action="store_true", help="import, or undo, without asking")
    parser.add_argument("--although-smaller", action="store_true", help="the list really is that much smaller")
    parser.add_argument("--list", action="store_true", help="show the lists that were brought here")
    parser.add_argument("--undo", type=UUID, metavar="ID", help="undo the import of this list")


def run(options: argparse.Namespace) -> int:
    try:
        with member(options) as actor:
            if options.organisation and actor.organisation.name != options.organisation:
                raise Refused(f"{options.sign_in} does not belong to {options.organisation}.")
            if options.list:
                return show_lists()
            return undo(options) if options.undo else bring(options)
    except (Refused, CannotDo, ListError, content.Closed, Forbidden) as refusal:
        print(f"throughgate import: {refusal}", file=sys.stderr)
        return 1


@contextmanager
def member(options: argparse.Namespace) -> Iterator[MemberActor]:
    """Everything inside happens on the member's behalf, with their keys."""
    if not options.sign_in:
        raise Refused("Say on whose behalf: --as SIGN-IN.")
    given = options.passphrase_file.read_text(encoding="utf-8").splitlines() if options.passphrase_file else []
    try:
        proved = signing_in.prove(options.sign_in, _answer(given, f"Passphrase of {options.sign_in}: "))
    except signing_in.TooManyTries as wait:
        raise Refused(f"Too many wrong tries. Wait {wait.minutes} minutes.") from None
    if proved is None:
        raise Refused("Sign-in name and passphrase do not belong together.")
    found, pair = proved
    if signing_in.second_factor_needed(found):
        code = _answer(given, "One-time code: ")
        if not signing_in.check_totp(found, pair, code):
            signing_in.count_failure(found)
            raise Refused("The one-time code is wrong or was used already.")
    signing_in.forget_failures(found)
    actor = actor_of(found)
    if actor is None:
        raise Refused(f"{options.sign_in} belongs to no organisation any more.")
    keyring = unlocking.keyring_of(found.id, pair)
    with acting_as(actor), unlocked(keyring):
        try:
            yield actor
        finally:
            keyring.forget()


def _answer(given: list[str], question: str) -> str:
    if given:
        return given.pop(0)
    if not sys.stdin.isatty():
        raise Refused("Nobody can be asked for the passphrase here: give --passphrase-file FILE.")
    return getpass.getpass(question)


def bring(options: argparse.Namespace) -> int:
    if options.file is None:
        raise Refused("Name the file with the list.")
    try:
        data = options.file.read_bytes()
    except OSError:
        raise Refused(f"{options.file} cannot be read.") from None
    reading = actions.upload(data, file_name=options.file.name, language=language())
    finished = False
    try:
        _choose(reading, options)
        actions.start_check(reading, queue=False)
        work.check(reading, _line("Reading"))
        _show_check(reading)
        if options.dry_run or not _confirmed(reading, options):
            print("Nothing was taken over.")
            return 0 if options.dry_run else 1
        actions.start_import(reading, although_smaller=options.although_smaller, queue=False)
        finished = True  # from here on there is something to continue or to undo
        work.carry_out(reading, _line("Importing"))
    finally:
        if not finished:
            actions.discard(reading)
    print(f"Imported. To undo it: throughgate import --undo {reading.id} --as {options.sign_in}")
    return 0


def _choose(reading: Reading, options: argparse.Namespace) -> None:
    mapping = reading.mapping
    if options.profile:
        profile = Profile.objects.filter(name=options.profile).first()
        if profile is None:
            raise Refused(f"No columns are remembered under {options.profile!r}.")
        mapping = {**dict.fromkeys(reading.headings, ""), **profile.columns}
    previous = None if options.own_list else reading.previous
    actions.choose_columns(reading, mapping=mapping, script=reading.script, previous=previous)


def _show_check(reading: Reading) -> None:
    print(f"\n{reading.row_count} rows, {reading.format.upper()} {reading.encoding}")
    for heading, target in reading.mapping.items():
        print(f"  {heading}: {target or '(kept as a note)'}")
    words = {
        "new": "new", "unchanged": "known, unchanged", "changed": "changed", "gone": "gone since last time",
        "nameless": "without a name", "doubts": "doubtful cells",
    }  # fmt: skip
    print("; ".join(f"{label}: {reading.count(code)}" for code, label in words.items()))
    shown = 0
    for page in DoubtPage.objects.filter(reading=reading).order_by("number"):
        for one in page.doubts[: DOUBTS_SHOWN - shown]:
            shown += 1
            why = Message(one["code"], one["params"]).text(language())
            print(f"  row {one['row']}, {one['column']}: {one['value']!r}: {why}")
    if shown < reading.count("doubts"):
        print(f"  ... and {reading.count('doubts') - shown} more; the import page shows all.")


def _confirmed(reading: Reading, options: argparse.Namespace) -> bool:
    if reading.shrank and not options.although_smaller:
        before, after = reading.count("before"), reading.count("rows")
        raise Refused(
            f"The list held {before} rows last time and holds {after} now: perhaps a broken copy. "
            "If it is right, add --although-smaller."
        )
    return _agreed("Import it?", options)


def _agreed(question: str, options: argparse.Namespace) -> bool:
    if options.yes:
        return True
    if not sys.stdin.isatty():
        raise Refused("Nobody can be asked here: add --yes.")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def undo(options: argparse.Namespace) -> int:
    reading = Reading.objects.filter(id=options.undo).first()
    if reading is None:
        raise Refused("There is no such list.")
    if not _agreed(f"Take back everything that {reading.file_name} brought?", options):
        print("Nothing was taken back.")
        return 1
    actions.start_undo(reading, queue=False)
    kept = work.undo(reading, _line("Undoing")).counts.get("kept") or Reading.objects.get(id=reading.id).count("kept")
    print(f"Undone. {kept} rows stay, because somebody has worked on them since." if kept else "Undone.")
    return 0


def show_lists() -> int:
    for row in Reading.objects.order_by("created_at"):
        print(f"{row.id}  {row.created_at:%Y-%m-%d}  {row.state:8}  {row.row_count:7} rows  {row.file_name}")
    return 0


def _line(words: str) -> work.Tell:
    """Tells on one line of the terminal, at most once for each part in a hundred."""
    told = -1

    def tell(done: int, total: int) -> None:
        nonlocal told
        percent = 100 * done // total if total else 100
        if sys.stderr.isatty() and percent != told:
            told = percent
            print(f"\r{words}: {percent} %", end="\n" if done >= total else "", file=sys.stderr, flush=True)

    return tell
