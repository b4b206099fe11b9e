"""How many people two holders have in common, told to no third party: private set intersection, by exchanged files.

The asking party sends its tokens under a key of its own (`ask`); the other puts a second key over them, in another
order, and adds its own tokens under that key (`answer`); the first takes its key off, and sees how many agree and not
which (`size`). The protocol is that of OpenMined PSI (elliptic-curve Diffie-Hellman); what is ours is what is compared.

One set would find only people whom both lists write without a slip. So fifteen sets are compared: four combinations
of which a slip in the surname, the given name or a date leaves one as it was, and what two, three or all of them make
together. Inclusion and exclusion of the fifteen sizes gives the people who agree in any. Chance is taken off, and what
two slips hide is added, as in a count by tokens.
"""

from __future__ import annotations

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from os import cpu_count
from pathlib import Path
from typing import Any, TypeVar

from throughgate.core.linkage.blind.counting import Estimate, estimate, variance
from throughgate.core.linkage.blind.errors import BlindError
from throughgate.core.linkage.blind.files import TokenFile
from throughgate.core.linkage.blind.losing import lost
from throughgate.core.linkage.blind.tokens import DATE, Tokens, holding
from throughgate.core.linkage.files import written

# A slip in the given name, the surname, the birthday, or the birth altogether leaves one of these.
RULES = (
    holding("surname", *DATE)[0],
    holding("head", "given", *DATE)[0],
    holding("surname", "given", "year")[0],
    holding("surname", "given", "held")[0],
)
SETS = tuple(chosen for size in range(1, len(RULES) + 1) for chosen in combinations(RULES, size))
PARTS = {"request": 1, "response": 2}
NEVER = 1e-9  # false positives; elements sent one by one have none anyway

Chosen = tuple[int, ...]
"""Some of `RULES`, in their order."""


Tell = Callable[[int], None]
"""Is told how many of the `SETS` are done."""
Made = TypeVar("Made")


def silent(done: int) -> None:
    """For callers that do not want to be told."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes from one party to the other: a step, the keys of the tokens, how many people, and the sets."""

    step: str
    keys: tuple[str, ...]
    people: int
    sets: Sequence[Sequence[bytes]]


def ask(tokens: TokenFile, *, tell: Tell = silent) -> tuple[Message, bytes]:
    """The first message, and the secret that opens the answer to it."""
    client = _library().client
    secret: bytes = client.CreateWithNewKey(False).GetPrivateKeyBytes()

    def asked(elements: list[str]) -> list[bytes]:
        return [client.CreateFromKey(secret, False).CreateRequest(elements).SerializeToString()]

    sets = _each(asked, _elements(tokens.people), tell=tell)
    return Message("request", tokens.keys, len(tokens.people), sets), secret


def answer(tokens: TokenFile, request: Message, *, floor: int, tell: Tell = silent) -> Message:
    """The second message. Raises BlindError for a request of so few people that the size would name them, whatever
    number it tells.
    """
    _check(tokens, request, "request")
    psi = _library()
    messages = [_parsed(psi.Request(), asked) for (asked,) in request.sets]
    asked_about = max(len(message.encrypted_elements) for message in messages)
    if min(request.people, asked_about, len(tokens.people)) < floor:
        raise BlindError(f"A list of fewer than {floor} people is not answered: the size would say who they are.")

    def answered(elements: list[str], message: Any) -> list[bytes]:
        # A key for each set, so that nobody can compare the sets with each other.
        server = psi.server.CreateWithNewKey(False)
        setup = server.CreateSetupMessage(NEVER, len(message.encrypted_elements), elements, psi.DataStructure.RAW)
        return [setup.SerializeToString(), server.ProcessRequest(message).SerializeToString()]

    sets = _each(answered, _elements(tokens.people), messages, tell=tell)
    return Message("response", tokens.keys, len(tokens.people), sets)


def size(tokens: TokenFile, response: Message, secret: bytes, *, tell: Tell = silent) -> Estimate:
    """How many people both have, from the answer and the secret of the request."""
    _check(tokens, response, "response")
    psi = _library()

    def agreeing(parts: Sequence[bytes]) -> int:
        setup, answered = _parsed(psi.ServerSetup(), parts[0]), _parsed(psi.Response(), parts[1])
        return int(psi.client.CreateFromKey(secret, False).GetIntersectionSize(setup, answered))

    sizes = dict(zip(SETS, _each(agreeing, response.sets, tell=tell), strict=True))
    return _people(sizes, _by_chance(tokens, response.people), most=min(len(tokens.people), response.people))


def write_message(path: Path, message: Message) -> None:
    sets = [[base64.b64encode(each).decode() for each in one] for one in message.sets]
    with written(path, "ascii") as out:
        json.dump({"format": _format(message.step), "keys": message.keys, "people": message.people, "sets": sets}, out)


def read_message(path: Path, step: str) -> Message:
    """Raises BlindError for a file that is no message of this step ("request" or "response")."""
    try:
        found = json.loads(path.read_text(encoding="ascii"))
        if found["format"] == _format(step):
            sets = [[base64.b64decode(each, validate=True) for each in one] for one in found["sets"]]
            if [len(one) for one in sets] == [PARTS[step]] * len(SETS):
                return Message(step, tuple(found["keys"]), int(found["people"]), sets)
    except (ValueError, KeyError, TypeError):
        pass
    raise BlindError(f"{path} is no {step} of `throughgate blind psi`, or is damaged.")


def _format(step: str) -> str:
    return f"throughgate blind psi {step} 1"


def _each(work: Callable[..., Made], *sets: Iterable[Any], tell: Tell) -> list[Made]:
    """What is made of each set, on all cores: the library computes beside other threads, but no client or server of it
    may serve two of them."""
    tell(0)
    made = []
    with ThreadPoolExecutor(cpu_count()) as pool:
        for one in pool.map(work, *sets):
            made.append(one)
            tell(len(made))
    return made


def _check(tokens: TokenFile, message: Message, step: str) -> None:
    if message.keys != tokens.keys:
        raise BlindError(f"The {step} was made with tokens under another key than these.")


def _elements(rows: Iterable[Tokens]) -> list[list[str]]:
    """Of each set: the tokens of its rules, joined, of each record that has them all."""
    sets: list[set[str]] = [set() for _ in SETS]
    for row in rows:
        for chosen, elements in zip(SETS, sets, strict=True):
            if all(row[rule] for rule in chosen):
                elements.add("+".join(row[rule].hex() for rule in chosen))
    return [sorted(elements) for elements in sets]


def _by_chance(tokens: TokenFile, others: int) -> dict[Chosen, float]:
    """How many pairs with so many other people agree by chance, in exactly which rules: by decoys of the own list."""
    pairs: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for rule in RULES:
        known: defaultdict[bytes, list[int]] = defaultdict(list)
        for number, row in enumerate(tokens.people):
            known[row[rule]].append(number)
        for decoy, row in enumerate(tokens.decoys):
            for number in known.get(row[rule], ()) if row[rule] else ():
                pairs[decoy, number].append(rule)
    return {
        chosen: number * others / len(tokens.decoys) for chosen, number in Counter(map(tuple, pairs.values())).items()
    }


def _people(sizes: Mapping[Chosen, int], by_chance: Mapping[Chosen, float], *, most: int) -> Estimate:
    found = {chosen: max(0.0, _exactly(chosen, sizes) - by_chance.get(chosen, 0.0)) for chosen in SETS}
    missing = lost((sum(1 << rule for rule in chosen), number) for chosen, number in found.items())
    return estimate(sum(found.values()) + missing, variance(sum(by_chance.values()), missing), most=most)


def _exactly(chosen: Chosen, sizes: Mapping[Chosen, int]) -> int:
    """How many agree in these rules and in no other."""
    return sum((-1) ** (len(each) - len(chosen)) * number for each, number in sizes.items() if {*chosen} <= {*each})


def _parsed(message: Any, content: bytes) -> Any:
    try:
        message.ParseFromString(content)
    except Exception as error:
        raise BlindError("The file is damaged; ask for it again.") from error
    return message


def _library() -> Any:
    try:
        return import_module("private_set_intersection.python")
    except ImportError as error:
        raise BlindError(
            "This needs OpenMined PSI, which is not installed (there is one for Linux). "
            "Run: pip install throughgate[linkage]"
        ) from error
