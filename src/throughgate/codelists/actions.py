"""Verbs of this room: an organisation's own terms."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import our_organisation
from throughgate.access.acts import CannotDo, action, note
from throughgate.codelists.codes import forget_own_terms
from throughgate.codelists.models import OwnTerm
from throughgate.codelists.rights import Right
from throughgate.core.vocab.tables import slug

CODE_LENGTH = 48
# Lists to which an organisation may add. The others are what the program itself reasons with (states, scales,
# grades): a term it does not know would be a state it cannot leave.
EXTENDABLE = frozenset(
    {
        "aid_kind",
        "cannot_be_met_reason",
        "case_kind",
        "case_pause_reason",
        "closing_reason",
        "consent_purpose",
        "consent_withdrawal_reason",
        "contact_channel",
        "country",
        "custody_event",
        "document_missing_reason",
        "language",
        "need_declined_reason",
        "need_kind",
        "no_contact_acceptable",
        "no_contact_logistics",
        "no_contact_not_acceptable",
        "person_category",
        "person_category_sealed",
        "place_kind",
        "punishments_and_measures",
        "reception_station",
        "referral_decline_reason",
        "referral_withdrawal_reason",
        "relationship",
        "reopening_reason",
        "step_skip_reason",
        "team_function",
    }
)
WITH_PATHWAY = frozenset({"need_kind"})


@action("codelists.add_term", needs=Right.EXTEND)
def add_term(list_name: str, *, en: str = "", be: str = "", ru: str = "", pathway: str = "") -> OwnTerm:
    """A term of one's own in any of three languages; a missing wording is borrowed from another language.

    Raises `CannotDo` for a list that is not extendable, and without any words.
    """
    if list_name not in EXTENDABLE:
        raise CannotDo(gettext("The program works with exactly these terms: none can be added."))
    spoken = _worded(en, be, ru)
    term = OwnTerm(organisation_id=our_organisation(), list=list_name, pathway=pathway, **spoken)
    term.code = _new_code(list_name, spoken["en"])
    term.save(force_insert=True)
    note(list=list_name, code=term.code)
    transaction.on_commit(forget_own_terms)
    return term


def _worded(en: str, be: str, ru: str) -> dict[str, str]:
    any_of_them = en or be or ru
    if not any_of_them:
        raise CannotDo(gettext("Word it in at least one language."))
    return {"en": en or any_of_them, "be": be or ru or en, "ru": ru or be or en}


def _new_code(list_name: str, words: str) -> str:
    """Never used before in this list, by this organisation; the prefix keeps it apart from shipped codes.

    Plain Latin letters, as codes are looked for inside stored lists of codes; words without any are a "term".
    """
    latin = "".join(sign if sign.isascii() else " " for sign in words)
    start = f"own_{slug(latin) or 'term'}"[: CODE_LENGTH - 4].rstrip("_")
    taken = set(OwnTerm.objects.of(list_name).values_list("code", flat=True))
    return next(code for code in (start, *(f"{start}_{n}" for n in range(2, 1000))) if code not in taken)


@action("codelists.change_term", needs=Right.EXTEND)
def change_term(term: OwnTerm, *, en: str = "", be: str = "", ru: str = "", pathway: str = "") -> OwnTerm:
    """Word it better. What it means must stay: for another meaning retire it and add another."""
    for language, words in _worded(en, be, ru).items():
        setattr(term, language, words)
    term.pathway, term.changed_at = pathway, timezone.now()
    term.save(update_fields=["en", "be", "ru", "pathway", "changed_at"])
    note(list=term.list, code=term.code)
    transaction.on_commit(forget_own_terms)
    return term


@action("codelists.retire_term", needs=Right.EXTEND)
def retire_term(term: OwnTerm) -> OwnTerm:
    """It is offered no more; where it was chosen it stays."""
    return _retired(term, at=timezone.now())


@action("codelists.use_again", needs=Right.EXTEND)
def use_again(term: OwnTerm) -> OwnTerm:
    return _retired(term, at=None)


def _retired(term: OwnTerm, *, at: datetime | None) -> OwnTerm:
    term.retired_at, term.changed_at = at, timezone.now()
    term.save(update_fields=["retired_at", "changed_at"])
    note(list=term.list, code=term.code)
    transaction.on_commit(forget_own_terms)
    return term
