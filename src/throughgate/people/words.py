"""What this room's entries in the log are called, and how it names people there."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from throughgate.access import log_words
from throughgate.people.models import Person

LOG = {
    "people.add_person": _("added a person"),
    "people.amend_person": _("corrected facts about a person"),
    "people.add_name": _("added a name"),
    "people.prefer_name": _("chose the name shown first"),
    "people.amend_name": _("corrected a name"),
    "people.add_document": _("added a document"),
    "people.amend_document": _("corrected a document"),
    "people.add_contact_point": _("added a contact of a person"),
    "people.amend_contact_point": _("corrected a contact of a person"),
    "people.mark_not_safe": _("marked a contact as not safe"),
    "people.mark_safe_again": _("marked a contact as safe again"),
    "people.end_contact_point": _("marked a contact as no longer used"),
    "people.add_relationship": _("added somebody around a person"),
    "people.amend_relationship": _("corrected a relationship"),
    "people.end_relationship": _("ended a relationship"),
    "people.add_consent": _("added a consent"),
    "people.amend_consent": _("corrected a consent"),
    "people.withdraw_consent": _("recorded that a consent was withdrawn"),
    "people.add_file": _("added a file"),
    "people.set_photo": _("set the photograph of a person"),
    "people.amend_file": _("corrected what is said of a file"),
    "people.destroy_file": _("destroyed a file"),
    "people.erase_person": _("destroyed the data of a person"),
    "people.judge": _("said whether two records are of one person"),
    "people.take_back_verdict": _("took back what was said of two records"),
    "people.merge_people": _("merged two records of one person"),
    "people.was_merged": _("merged this record into another"),
    "people.part_people": _("took merged records apart"),
    "people.was_parted": _("took this record out of another"),
    "people.take_back": _("took back something just added"),
    "people.put_back": _("took back a change just made"),
}


def names_in_the_log(wanted: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """{id: (reference, address)} of the people whom whoever reads may see: never a name."""
    return {row.id: (row.reference, row.get_absolute_url()) for row in Person.objects.filter(id__in=wanted)}


log_words.register(LOG)
log_words.name_subjects(names_in_the_log)
