"""What kinds of entries are called. Every room registers the words for its own.

log_words.register({"casework.close": _("closed a case")})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

_words: dict[str, Any] = {}


def register(words: Mapping[str, Any]) -> None:
    """Add words for kinds of entries; a verb in the past, without who did it."""
    _words.update(words)


def label(kind: str) -> str:
    """The words of a kind; the kind itself while no room has words for it."""
    found = _words.get(kind)
    if found is None and kind.startswith("exported."):
        found = _words["exported"]
    return str(found) if found is not None else kind


register(
    {
        "opened.compartment": _("opened a compartment"),
        "opened.list": _("opened a list"),
        "exported": _("exported a list to a file"),
        "access.signed_in": _("signed in"),
        "access.signed_out": _("signed out"),
        "access.sign_in_failed": _("failed try to sign in"),
        "access.found_organisation": _("organisation set up"),
        "access.change_mode": _("changed the mode of the organisation"),
        "access.invite": _("invited a member"),
        "access.cancel_invitation": _("cancelled an invitation"),
        "access.readmit": _("let a member choose a new passphrase"),
        "access.accept_invitation": _("accepted an invitation"),
        "access.change_roles": _("changed a member’s roles"),
        "access.end_membership": _("ended a membership"),
        "access.give_keys": _("gave a member the keys"),
        "access.take_keys": _("took the keys back from a member"),
        "access.rotate_ring": _("renewed the keys of a ring"),
        "access.print_recovery_shares": _("made recovery shares"),
        "access.use_recovery_shares": _("opened keys with recovery shares"),
        "access.change_account": _("changed their own account"),
        "access.change_passphrase": _("changed their passphrase"),
        "access.set_second_factor": _("set up a second factor"),
        "access.new_recovery_codes": _("made new recovery codes"),
        "access.close_my_keys": _("closed their own keys"),
        "access.end_session": _("ended a session"),
        "access.lock_everything": _("locked everything"),
        "access.verify_log": _("checked the log"),
    }
)

Found = Mapping[UUID, tuple[str, str]]
_subject_finders: list[Callable[[set[UUID]], Found]] = []


def name_subjects(find: Callable[[set[UUID]], Found]) -> None:
    """Register how people are called in the log: *find* gives {id: (reference, address)} of those one may see."""
    _subject_finders.append(find)


def subjects(wanted: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """Reference and address of the people whom whoever acts may see."""
    return {row_id: words for find in _subject_finders if wanted for row_id, words in find(wanted).items()}


def known() -> dict[str, Any]:
    """{kind: words} of everything registered."""
    return dict(_words)
