"""Verbs of this room, a file for each noun."""

from throughgate.people.actions.around import add_relationship, amend_relationship, end_relationship
from throughgate.people.actions.consents import add_consent, amend_consent, withdraw_consent
from throughgate.people.actions.contacts import (
    add_contact_point,
    amend_contact_point,
    end_contact_point,
    mark_not_safe,
    mark_safe_again,
)
from throughgate.people.actions.documents import add_document, amend_document
from throughgate.people.actions.duplicates import judge, take_back_verdict
from throughgate.people.actions.erasing import EraseReason, erase_person, on_erased
from throughgate.people.actions.files import add_file, amend_file, destroy_file, set_photo
from throughgate.people.actions.merging import NAME, differing, merge_people, on_merged, shown_first
from throughgate.people.actions.parting import on_parting, part_people
from throughgate.people.actions.persons import add_name, add_person, amend_name, amend_person, prefer_name
from throughgate.people.actions.undoing import TAKEN_BACK, put_back, take_back

__all__ = [
    "NAME",
    "TAKEN_BACK",
    "EraseReason",
    "add_consent",
    "add_contact_point",
    "add_document",
    "add_file",
    "add_name",
    "add_person",
    "add_relationship",
    "amend_consent",
    "amend_contact_point",
    "amend_document",
    "amend_file",
    "amend_name",
    "amend_person",
    "amend_relationship",
    "destroy_file",
    "differing",
    "end_contact_point",
    "end_relationship",
    "erase_person",
    "judge",
    "mark_not_safe",
    "mark_safe_again",
    "merge_people",
    "on_erased",
    "on_merged",
    "on_parting",
    "part_people",
    "prefer_name",
    "put_back",
    "set_photo",
    "shown_first",
    "take_back",
    "take_back_verdict",
    "withdraw_consent",
]
