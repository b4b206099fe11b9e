"""Charges, hearings and sentences, and what changes a sentence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from throughgate.core.dates import Term
from throughgate.custody.rights import Right
from throughgate.kit.fields import PartialDateField
from throughgate.people.models import PersonRow
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import SealedText


class LawCode(models.TextChoices):
    CRIMINAL = "criminal", _("Criminal Code")
    ADMINISTRATIVE = "administrative", _("Code of Administrative Offences")


class Stage(models.TextChoices):
    SUSPECTED = "suspected", _("suspicion")
    CHARGED = "charged", _("charge")
    COURT = "court", _("in court")
    APPEAL = "appeal", _("on appeal")
    DECIDED = "decided", _("decided")


class Outcome(models.TextChoices):
    CONVICTED = "convicted", _("convicted")
    ACQUITTED = "acquitted", _("acquitted")
    DROPPED = "dropped", _("dropped")
    CHANGED = "changed", _("changed into another article")


class Charge(PersonRow):
    """An article and part of a code, kept as it was charged."""

    amend_needs = Right.WRITE

    code = models.CharField(_("code"), max_length=16, choices=LawCode, default=LawCode.CRIMINAL)
    article = models.CharField(_("article"), max_length=20)
    part = models.CharField(_("part"), max_length=10, blank=True)
    charged_on = PartialDateField(_("charged on"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    note = SealedText(_("note"), compartment=Compartment.CASE)

    class Meta:
        verbose_name = _("charge")
        indexes = [models.Index(fields=["organisation", "article"], name="custody_charge_article")]


class HearingKind(models.TextChoices):
    ADMINISTRATIVE = "administrative", _("administrative hearing")
    CUSTODY = "custody", _("on the measure of restraint")
    TRIAL = "trial", _("trial")
    JUDGMENT = "judgment", _("judgment")
    APPEAL = "appeal", _("appeal")
    PAROLE = "parole", _("on early release or replacement")
    OTHER = "other", _("another hearing")


class Hearing(PersonRow):
    """One sitting of a court, past or to come. The next one is a row of its own."""

    amend_needs = Right.WRITE

    on = PartialDateField(_("when"), null=True, blank=True)
    hour = models.TimeField(_("hour"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=HearingKind, default=HearingKind.TRIAL)
    court = SealedText(_("court"), compartment=Compartment.CASE)
    result = SealedText(_("result"), compartment=Compartment.CASE)

    class Meta:
        verbose_name = _("court hearing")
        indexes = [
            models.Index(fields=["organisation", "on"], name="custody_hearing_day"),
            models.Index(fields=["person", "on"], name="custody_hearing_person"),
        ]


class SentenceKind(models.TextChoices):
    """The kinds a calculation knows (`core.jurisdiction.given.SentenceKind`)."""

    IMPRISONMENT = "imprisonment", _("imprisonment")
    CRIMINAL_ARREST = "criminal_arrest", _("arrest as a punishment")
    RESTRICTION_OPEN = "restriction_open", _("restriction of liberty in an open-type institution")
    RESTRICTION_HOME = "restriction_home", _("restriction of liberty at home")
    CORRECTIVE_WORK = "corrective_work", _("corrective labour")
    COMMUNITY_WORK = "community_work", _("community service")
    FINE = "fine", _("fine")
    LIFE = "life", _("life imprisonment")
    DEATH = "death", _("death penalty")


class Regime(models.TextChoices):
    GENERAL = "general", _("general regime")
    REINFORCED = "reinforced", _("reinforced regime")
    STRICT = "strict", _("strict regime")
    SPECIAL = "special", _("special regime")
    PRISON = "prison", _("prison regime")


class Category(models.TextChoices):
    """How grave the crime is, on which the right to ask for early release hangs."""

    MINOR = "minor", pgettext_lazy("crime", "minor")
    LESS_GRAVE = "less_grave", pgettext_lazy("crime", "less grave")
    GRAVE = "grave", pgettext_lazy("crime", "grave")
    ESPECIALLY_GRAVE = "especially_grave", pgettext_lazy("crime", "especially grave")


class TermRow(PersonRow):
    """A row with a length of time in years, months and days."""

    amend_needs = Right.WRITE

    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def term(self) -> Term | None:
        """The length of time; None where nothing of it is known."""
        return Term(self.years or 0, self.months or 0, self.days or 0) or None


class Sentence(TermRow):
    """One punishment as the judgment sets it; what its fields mean to a calculation says `core.jurisdiction`.

    `last_day_told` is the last day that the judgment or the institution names. It goes before any calculation.
    """

    kind = models.CharField(_("punishment"), max_length=20, choices=SentenceKind, default=SentenceKind.IMPRISONMENT)
    regime = models.CharField(_("regime"), max_length=12, choices=Regime, blank=True)
    category = models.CharField(_("gravity of the crime"), max_length=20, choices=Category, blank=True)
    judgment_on = PartialDateField(_("judgment on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force on"), null=True, blank=True)
    starts_on = models.DateField(_("counts from"), null=True, blank=True)
    credit_days = models.PositiveSmallIntegerField(_("days credited by the judgment"), null=True, blank=True)
    last_day_told = models.DateField(_("last day told"), null=True, blank=True)
    told_on = models.DateField(_("told on"), null=True, blank=True)
    final = models.BooleanField(_("holds all earlier terms"), default=False)
    replaced_days = models.PositiveSmallIntegerField(_("unserved days it replaces"), null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True, editable=False)
    court = SealedText(_("court"), compartment=Compartment.CASE)
    note = SealedText(_("note"), compartment=Compartment.CASE)

    class Meta:
        verbose_name = _("sentence")
        indexes = [models.Index(fields=["person"], name="custody_sentence_person")]


class CreditKind(models.TextChoices):
    """The kinds of custody a calculation knows (`core.jurisdiction.given.CustodyKind`)."""

    DETENTION = "detention", _("detention")
    REMAND = "remand", _("remand")
    PSYCHIATRIC = "psychiatric", _("psychiatric examination in custody")
    HOUSE_ARREST = "house_arrest", _("house arrest")
    ADMINISTRATIVE_ARREST = "administrative_arrest", _("administrative arrest")


class Credit(PersonRow):
    """A stay in custody before the judgment was in force; where there are any they go before those read from events."""

    amend_needs = Right.WRITE

    kind = models.CharField(_("kind of custody"), max_length=24, choices=CreditKind, default=CreditKind.REMAND)
    start = models.DateField(_("from"))
    end = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("credit for custody")


class ReductionKind(models.TextChoices):
    AMNESTY = "amnesty", _("amnesty")
    PARDON = "pardon", _("pardon")
    OTHER = "other", _("another decision")


class Reduction(TermRow):
    """A cut of the term, granted or refused."""

    kind = models.CharField(_("kind"), max_length=12, choices=ReductionKind, default=ReductionKind.AMNESTY)
    on = models.DateField(_("decided on"), null=True, blank=True)
    granted = models.BooleanField(_("granted"), default=True)
    rule = models.CharField(_("law"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("reduction of the term")


class Extension(TermRow):
    """A new judgment while serving, under article 411 for instance. `final`: the term holds all earlier ones."""

    on = models.DateField(_("new judgment on"))
    final = models.BooleanField(_("holds all earlier terms"), default=True)
    unserved_days = models.PositiveSmallIntegerField(_("unserved days added"), null=True, blank=True)
    article = models.CharField(_("article"), max_length=20, default="411(1)")

    class Meta:
        verbose_name = _("new term in custody")
