"""Count the people in several organisations' lists, without showing anybody a name.

    throughgate blind key ours.key [--parts N]              a key, or one of N parts of a key
    throughgate blind encode LIST --key-file ours.key --out tokens.csv
    throughgate blind relay tokens.csv --key-file relay.key --out relayed.csv
    throughgate blind count A.tokens B.tokens [...]         how many people, with an interval

The holders of lists share a key and encode; a relay, who has no list and not that key, puts a key of its own over the
tokens; somebody who has neither key counts. Nobody alone can then look up a name in the tokens.

Two organisations alone count whom both have, by three files that they send each other:

    throughgate blind psi ask A.tokens --secret kept.secret --out request.psi
    throughgate blind psi answer B.tokens request.psi --out response.psi
    throughgate blind psi size A.tokens response.psi --secret kept.secret

Read docs/linkage-blind.md first: it says who may hold what. Nothing is sent anywhere, and no installation is needed.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from django.utils import timezone

from throughgate.core.linkage import LinkageError, blind
from throughgate.core.linkage.blind import parties, saying
from throughgate.core.linkage.columns import of_profile
from throughgate.core.linkage.files import check_outputs
from throughgate.site import progress
from throughgate.site.trouble import Trouble

ONE_KEY = "These tokens are under one key only: whoever holds it can look people up in them. Let nobody count who does."
EXISTS = "{path} exists already; a secret is never overwritten."


def configure(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(required=True, metavar="STEP")
    key = _step(steps, "key", make_key, "make a key, or one part of one")
    key.add_argument("file", type=Path, help="where to write it; must not exist yet")
    key.add_argument("--parts", type=int, default=1, metavar="N", help="this is one of N parts, all needed to encode")
    encode = _step(steps, "encode", encode_list, "turn a list into tokens")
    encode.add_argument("list", type=Path, metavar="LIST", help="a table of people: CSV, XLSX, ODS, Parquet")
    _takes_key(encode)
    encode.add_argument(
        "--profile", type=Path, metavar="FILE", help="which heading means what, as `throughgate link` reads it"
    )
    relay = _step(steps, "relay", relay_tokens, "put a second key over tokens")
    relay.add_argument("tokens", type=Path)
    _takes_key(relay)
    count = _step(steps, "count", count_people, "how many people there are in all lists")
    count.add_argument("tokens", nargs="+", type=Path)
    _takes_floor(count)
    _configure_psi(_step(steps, "psi", None, "count by two parties alone"))


def _configure_psi(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(required=True, metavar="STEP")
    ask = _step(steps, "ask", ask_party, "the first file, for the other party")
    answer = _step(steps, "answer", answer_party, "the second file, back to the first party")
    size = _step(steps, "size", show_size, "how many both have")
    for step in (ask, answer, size):
        step.add_argument("tokens", type=Path, help="your own, made under the key that both share")
    answer.add_argument("request", type=Path, help="what the other party sent")
    size.add_argument("response", type=Path, help="what the other party sent back")
    for step in (ask, size):
        step.add_argument("--secret", type=Path, required=True, metavar="FILE", help="opens the answer; stays with you")
    for step in (ask, answer):
        step.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write it")
    for step in (answer, size):
        _takes_floor(step)


def _step(
    steps: argparse._SubParsersAction[argparse.ArgumentParser], name: str, does: object, told: str
) -> argparse.ArgumentParser:
    made = steps.add_parser(name, help=told, description=told)
    made.set_defaults(does=does)
    return made


def _takes_key(step: argparse.ArgumentParser) -> None:
    step.add_argument(
        "--key-file", type=Path, action="append", required=True, metavar="FILE", help="the key; repeat it for each part"
    )
    step.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write the tokens (CSV)")


def _takes_floor(step: argparse.ArgumentParser) -> None:
    step.add_argument(
        "--floor", type=floor, default=blind.FLOOR, metavar="N", help="say nothing of fewer people (%(default)s)"
    )


def floor(text: str) -> int:
    if int(text) < blind.FLOOR:
        raise argparse.ArgumentTypeError(f"the floor may be raised, not lowered below {blind.FLOOR}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    try:
        options.does(options)
    except LinkageError as error:
        raise Trouble(str(error)) from error
    finally:
        progress.wipe()
    return 0


def tell(sets: int) -> None:
    progress.show(sets, len(parties.SETS))


def make_key(options: argparse.Namespace) -> None:
    _keep(options.file, blind.new_part(options.parts))
    if options.parts > 1:
        print(f"{options.file} is one of {options.parts} parts. Each holder makes one, and all are needed to encode.")
    else:
        print(f"{options.file} is the key. Whoever has it and sees tokens made with it can look people up in them.")


def encode_list(options: argparse.Namespace) -> None:
    profile = of_profile(options.profile) if options.profile else {}
    check_outputs([options.out], [options.list, *options.key_file])
    key = _key(options)
    people = blind.read_people(options.list, today=timezone.localdate(), profile=profile)
    tokens = blind.encoded(people, key)
    blind.write_tokens(options.out, tokens)
    mute = sum(not any(row) for row in tokens.people)
    print(f"{options.out}: tokens of {len(people):,} records, {mute:,} of which say too little to be compared.")


def relay_tokens(options: argparse.Namespace) -> None:
    check_outputs([options.out], [options.tokens, *options.key_file])
    tokens = blind.relayed(blind.read_tokens(options.tokens), _key(options))
    blind.write_tokens(options.out, tokens)
    print(f"{options.out}: tokens of {len(tokens.people):,} records under {len(tokens.keys)} keys.")


def count_people(options: argparse.Namespace) -> None:
    files = [blind.read_tokens(path) for path in options.tokens]
    found = blind.count(files, floor=options.floor)
    if len(files[0].keys) == 1:
        print(ONE_KEY, file=sys.stderr)
    for path, records in zip(options.tokens, found.records, strict=True):
        print(f"{path}: {records:,} records")
    for (one, other), estimate in found.common.items():
        smaller = min(found.records[one], found.records[other])
        shared = saying.common(estimate, smaller, options.floor)
        print(f"In both {options.tokens[one]} and {options.tokens[other]}: {shared}")
    print(f"People: {saying.people(found, options.floor)}")
    if saying.withheld(found, options.floor):
        return  # of few pairs, the weights would tell how few
    print("\nWhat each combination weighs (log2 of how often it agrees in true pairs and in chance ones):")
    for weight in found.weights:
        print(f"  {weight.weight:5.1f}  {weight.name}")


def ask_party(options: argparse.Namespace) -> None:
    check_outputs([options.secret, options.out], [options.tokens])
    if options.secret.exists():
        raise Trouble(EXISTS.format(path=options.secret))
    message, secret = parties.ask(blind.read_tokens(options.tokens), tell=tell)
    progress.wipe()
    _keep(options.secret, f"{secret.hex()}\n")
    parties.write_message(options.out, message)
    print(f"Send {options.out} to the other party; keep {options.secret} until the answer is here, then destroy it.")


def answer_party(options: argparse.Namespace) -> None:
    check_outputs([options.out], [options.tokens, options.request])
    tokens, request = blind.read_tokens(options.tokens), parties.read_message(options.request, "request")
    parties.write_message(options.out, parties.answer(tokens, request, floor=options.floor, tell=tell))
    progress.wipe()
    print(f"Send {options.out} back. It says how many you have in common, and no more.")


def show_size(options: argparse.Namespace) -> None:
    tokens, response = blind.read_tokens(options.tokens), parties.read_message(options.response, "response")
    found = parties.size(tokens, response, _secret(options.secret), tell=tell)
    progress.wipe()
    print(f"In both: {saying.common(found, min(len(tokens.people), response.people), options.floor)}")


def _key(options: argparse.Namespace) -> blind.Key:
    return blind.read_key([path.read_bytes() for path in options.key_file])


def _secret(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        raise Trouble(f"{path} is no secret of `throughgate blind psi ask`.") from None


def _keep(path: Path, secret: str) -> None:
    """Writes it for the owner's eyes only."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Trouble(EXISTS.format(path=path)) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(secret)
