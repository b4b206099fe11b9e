"""Who may write rows, and who may read them past the guard: closed lists, each line with its reason."""

from __future__ import annotations

import ast

from tests.house.sources import inside, modules

WRITING = {"save", "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update"}
# Also methods of other things: they count where a queryset stands before them.
AMBIGUOUS = {"update", "delete"}

# Modules beside actions.py that write rows.
WRITERS = {
    "access/acts.py": "what every action is made of: keeps what was, writes what is",
    "access/devices.py": "a new browser is remembered by the sign-in itself, before anybody acts",
    "access/drafts.py": "a draft is kept when the session locks, when nobody can act any more",
    "access/jobs.py": "the state of a job and the keys of a worker; the work itself acts",
    "access/log.py": "the log itself",
    "access/middleware.py": "when a member was last seen; every request, no act",
    "access/sessions.py": "ending sessions is what locking is",
    "access/signing_in.py": "counts failures and spends codes before there is an actor",
    "people/finding.py": "keyed hashes follow the key of a renewed ring, within the action that renews it",
    "people/naming.py": "the change counter of the name index, within the action that changes a name",
    "site/demo/populating.py": "invented people in bulk; what members of the demo do goes through actions",
    "site/schedule.py": "finished tasks are forgotten; they are no part of the record",
    "site/worker.py": "the state of tasks; they are no part of the record",
    "vault/keyring.py": "keys are made and re-wrapped when they are first used",
    "vault/unlocking.py": "the verbs of the vault, which knows no actors",
}

# Functions that read rows past the guard: `Model.unguarded`.
UNGUARDED = {
    "access/actions.py _current": "whether a membership ended is asked for somebody who is nobody yet",
    "access/actions.py accept_invitation": "spends the invitation that its code found, before there is a member",
    "access/actions.py find_invitation": "the code is the proof; whoever holds it is nobody yet",
    "access/drafts.py forget_old": "by the clock, over all organisations; deletes by age and reads nothing",
    "access/drafts.py keep": "the session has just locked; the draft is its own member's",
    "access/entering.py went_wrong": "counts failed tries of one member, before they are in",
    "access/jobs.py _finish": "the worker puts its own job away",
    "access/jobs.py advance": "the worker tells how far its own job has come",
    "access/jobs.py run_job": "finds out on whose behalf it is to act",
    "access/log.py verify": "a chain is proved whole or not at all; shows no entry",
    "access/log.py verify_all": "asks which chains there are",
    "access/middleware.py actor_of": "finds out who acts",
    "access/models.py LogEntry": "the definition",
    "access/rows.py Row": "the definition",
    "people/actions/hanging.py rows_of": "a row that whoever merges may not see must not stay behind with nobody",
    "people/finding.py _rehash": "as make_hashes_anew, batch by batch",
    "people/finding.py make_hashes_anew": "the whole organisation whose ring is renewed; shows no row to anybody",
    "people/naming.py _keep_sheet": "as _everybody, for the whole ring; sealed to it",
    "people/naming.py _take_sheet": "as _everybody; opened with the ring of whoever acts",
    "people/naming.py forget_sheet": "reads nothing",
    "people/naming.py _everybody": "a ring's index holds everybody; each search is narrowed to what the actor may see",
}


def is_queryset(node: ast.expr) -> bool:
    said = ast.unparse(node)
    return any(word in said for word in (".objects", ".unguarded", "filter(", "exclude(", "order_by("))


def writes(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    receiver = node.func.value
    if ast.unparse(receiver).endswith(("session", "super()")):
        return False
    return node.func.attr in WRITING or (node.func.attr in AMBIGUOUS and is_queryset(receiver))


def is_for_actions(name: str) -> bool:
    return name.endswith("/actions.py") or "/actions/" in name


def test_rows_are_written_by_actions_or_by_those_on_the_list() -> None:
    found = {name for name, tree in modules() if not name.startswith("core/") and any(map(writes, ast.walk(tree)))}

    outside = {name for name in found if not is_for_actions(name)}
    assert outside - WRITERS.keys() == set(), "move the write into actions.py, or say here why not"
    assert WRITERS.keys() - outside == set(), "no longer needed"


def test_the_guard_is_passed_only_by_those_on_the_list() -> None:
    found = set()
    for name, tree in modules():
        for where, node in inside(tree):
            defined = isinstance(node, ast.Name) and node.id == "unguarded"
            if defined or (isinstance(node, ast.Attribute) and node.attr == "unguarded"):
                found.add(f"{name} {where}".strip())

    assert found - UNGUARDED.keys() == set(), "go through Model.objects, or say here why not"
    assert UNGUARDED.keys() - found == set(), "no longer needed"
