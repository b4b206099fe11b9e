"""Who is around somebody, and whether contact endangers them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.access.rows import GuardedManager
from throughgate.codelists.codes import CodeField, label
from throughgate.kit.fields import PartialDateField
from throughgate.people.models.person import Person, PersonRow, PersonRowQuerySet, Sex
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText

# What somebody is to the one who is their <key>. The same word where it goes both ways.
OTHER_SIDE = {
    **{same: same for same in ("spouse", "partner", "former_partner", "sibling", "other_relative", "friend")},
    **{same: same for same in ("colleague", "neighbour", "co_defendant", "cellmate")},
    "mother": "child",
    "father": "child",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "guardian": "ward",
    "ward": "guardian",
}


class RelationshipQuerySet(PersonRowQuerySet):
    def around(self, person: Person) -> Self:
        """From either end; without those to somebody who was merged into *person* since: they wait for the undoing."""
        ties = self.filter(Q(person=person) | Q(other=person))
        return ties.exclude(Q(person__merged_into=person) | Q(other__merged_into=person))


class Relationship(PersonRow):
    """`other`, or an outsider named in `other_name`, is the *kind* of `person` ("mother": the mother of the person)."""

    other = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("somebody known here")
    )
    other_name = SealedText(pgettext_lazy("of a person", "name"), compartment=Compartment.IDENTITY)
    kind = CodeField(_("who they are to the person"), list_name="relationship")
    risk = CodeField(_("does contact endanger them"), list_name="contact_risk", blank=True)
    note = SealedText(_("note"), compartment=Compartment.IDENTITY)
    ended = PartialDateField(_("ended"), null=True, blank=True)

    objects: Any = GuardedManager.from_queryset(RelationshipQuerySet)()

    class Meta:
        verbose_name = _("relationship")
        constraints = [
            models.CheckConstraint(condition=~Q(other=F("person")), name="people_nobody_is_their_own_relative")
        ]

    def words_from(self, person: Person) -> Any:
        """What the one at the other end is to *person*, seen from either end."""
        return self.kind_words if person.id == self.person_id else self.words_from_other_side(self.person)  # type: ignore[attr-defined]  # of CodeField

    def words_from_other_side(self, end: Person) -> Any:
        """What *end* is to the other: the counterpart of the kind, where the language has a word for it."""
        if self.kind == "child":
            return _parent_word(end.sex)
        counterpart = OTHER_SIDE.get(self.kind)
        if counterpart is not None:
            return label("relationship", counterpart)
        return gettext("whose file says of this person: %(kind)s") % {"kind": label("relationship", self.kind)}


def _parent_word(sex: str) -> str:
    if sex == Sex.FEMALE:
        return label("relationship", "mother")
    if sex == Sex.MALE:
        return label("relationship", "father")
    return pgettext("relationship", "Mother or father")
