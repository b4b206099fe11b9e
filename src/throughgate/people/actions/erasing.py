"""Destroying what is known of somebody."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acts import CannotDo, action, note
from throughgate.people.models import ContactPoint, File, IdentityDocument, Person
from throughgate.people.naming import forget_sheet, note_change
from throughgate.people.rights import Right
from throughgate.vault.files import remove_after_commit
from throughgate.vault.unlocking import erase_subject

# Called with the person: higher rooms remove what was only there to help them.
on_erased: list[Callable[[Person], None]] = []


class EraseReason(models.TextChoices):
    ASKED = "asked", _("the person asked for it")
    TERM_OVER = "term_over", _("the time of keeping is over")
    MISTAKE = "mistake", _("entered by mistake")
    DANGER = "danger", _("keeping it endangers somebody")


@action("people.erase_person", needs=Right.ERASE)
def erase_person(person: Person, *, because: str) -> Person:
    """Destroy the keys of a person's file: everything sealed in it is unreadable from now on, for everybody.

    Facts without a name stay for the figures. The entry in the log, with what was destroyed, is the certificate.
    """
    if person.erased_at is not None:
        raise CannotDo(gettext("This was done before."))
    files = list(File.objects.about(person).values_list("stored", flat=True))
    remove_after_commit(files)
    File.objects.about(person).delete()
    # A hash could still be compared with a number known from elsewhere.
    IdentityDocument.objects.about(person).update(number_hash=None)
    ContactPoint.objects.about(person).update(value_hash=None)
    note(because=because, keys=erase_subject(person.id), files=len(files))
    person.refresh_from_db(fields=["photo"])
    person.erased_at = timezone.now()
    person.save(update_fields=["erased_at"])
    # Their keys and rows are the person's own since the merge; without them there is nothing to take apart.
    Person.objects.filter(merged_into=person).update(erased_at=person.erased_at)
    note_change(person.organisation_id, person.id)
    forget_sheet(person.organisation_id)
    for follow in on_erased:
        follow(person)
    return person
