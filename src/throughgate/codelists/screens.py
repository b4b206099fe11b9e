"""Code lists as pages: which there are, and what is in one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists.actions import EXTENDABLE
from throughgate.codelists.codes import language
from throughgate.codelists.models import OwnTerm
from throughgate.core.names.collation import sort_key
from throughgate.core.vocab import Term, Vocabulary
from throughgate.kit import show
from throughgate.kit.tables import Column, Empty, Link, Number, Table, Text

LISTS = {
    "aid_kind": _("Kinds of aid"),
    "applies_to": _("When a need arises"),
    "cannot_be_met_reason": _("Why a need cannot be met"),
    "case_kind": _("Kinds of case"),
    "case_pause_reason": _("Why a case is paused"),
    "case_state": _("States of a case"),
    "closing_reason": _("Why a case is closed"),
    "consent_purpose": _("What consent is for"),
    "consent_withdrawal_reason": _("Why consent is withdrawn"),
    "contact_channel": _("Channels of contact"),
    "contact_risk": _("Risk of contact"),
    "country": _("Countries"),
    "custody_event": _("Events of custody"),
    "danger_kind": _("Kinds of danger"),
    "danger_level": _("Levels of danger"),
    "date_precision": _("Precision of dates"),
    "document_missing_reason": _("Why a document is missing"),
    "evidence_grade": _("How an outcome is known"),
    "glossary": _("Glossary"),
    "identity_document_state": _("Where a document is"),
    "info_credibility": _("Credibility of information"),
    "istanbul": _("Consistency of injuries (Istanbul Protocol)"),
    "language": _("Languages"),
    "letter_state": _("States of a letter"),
    "member_role": _("Roles of members"),
    "need_declined_reason": _("Why help with a need is declined"),
    "need_kind": _("Kinds of need"),
    "need_severity": _("Severity of a need"),
    "need_state": _("States of a need"),
    "no_contact_acceptable": _("No contact: reasons of the person that are acceptable"),
    "no_contact_logistics": _("No contact: our own logistics"),
    "no_contact_not_acceptable": _("No contact: other reasons of the person"),
    "outcome_back_in_custody": _("Outcome: back in custody"),
    "outcome_documents": _("Outcome: documents"),
    "outcome_family_contact": _("Outcome: contact with the family"),
    "outcome_health_care": _("Outcome: health care"),
    "outcome_housing": _("Outcome: housing"),
    "outcome_income": _("Outcome: income"),
    "outcome_safety": _("Outcome: safety"),
    "outcome_substance_use": _("Outcome: substance use"),
    "outcome_wellbeing": _("Outcome: well-being"),
    "outcome_work_training": _("Outcome: work or training"),
    "parcel_state": _("States of a parcel"),
    "pathway": _("Pathways"),
    "pathway_review": _("Result of looking at a pathway"),
    "person_category": _("Categories of people"),
    "person_category_sealed": _("Categories that endanger"),
    "place_kind": _("Kinds of places of custody"),
    "plan_anchor": _("What steps of a plan hang on"),
    "plan_template": _("Plan templates"),
    "political_prisoner_criteria": _("Criteria of a political prisoner"),
    "punishments_and_measures": _("Punishments and measures"),
    "reception_station": _("Stations of a reception"),
    "referral_decline_reason": _("Why a referral is declined"),
    "referral_state": _("States of a referral"),
    "referral_withdrawal_reason": _("Why a referral is withdrawn"),
    "relationship": _("Relationships"),
    "release_certainty": _("Certainty of a release date"),
    "release_date_type": _("Types of release date"),
    "reopening_reason": _("Why a case is reopened"),
    "request_state": _("States of a request"),
    "responsible": _("Who is responsible for a need"),
    "source_reliability": _("Reliability of a source"),
    "state": _("Where somebody is"),
    "step_skip_reason": _("Why a step is left out"),
    "step_state": _("States of a step"),
    "team_function": _("Functions in a team"),
    "urgency": _("Urgency"),
    "verification": _("Verification"),
    "wgad": _("Categories of arbitrary detention (UN Working Group)"),
}


def title_of(list_name: str) -> Any:
    return LISTS.get(list_name, list_name)


@dataclass(frozen=True)
class ListRow:
    """One list, as the list of lists shows it."""

    pk: str
    shipped: int
    own: int

    @property
    def title(self) -> str:
        return str(title_of(self.pk))

    @property
    def extendable(self) -> SafeString | str:
        return show.tag(gettext("terms can be added"), "good") if self.pk in EXTENDABLE else gettext("fixed")

    def get_absolute_url(self) -> str:
        return reverse("codelists:terms", args=[self.pk])


class Lists(Table):
    name = "code-lists"
    title = _("Code lists")
    columns = (
        Link("title", _("List")),
        Number("shipped", _("Terms that come with the program")),
        Number("own", _("Own terms")),
        Column("extendable", _("Extending")),
    )
    per_page = 100

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s list", "%(count)s lists", self.count) % {"count": self.count}


@dataclass(frozen=True)
class TermRow:
    """A shipped term or an own one."""

    pk: str
    code: str
    be: str
    ru: str
    en: str
    own: OwnTerm | None = None
    may_change: bool = False

    @property
    def kind(self) -> SafeString | str:
        if self.own is None:
            return gettext("comes with the program")
        if self.own.retired_at:
            return show.tag(gettext("retired"), "neutral")
        return show.tag(gettext("own"), "progress")

    @property
    def change(self) -> SafeString | str:
        if self.own is None or not self.may_change:
            return ""
        url = reverse("codelists:change_term", args=[self.own.list, self.own.id])
        words = gettext("Change")
        return format_html(
            '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
            url,
            words,
            self.code,
        )


class Terms(Table):
    name = "code-list"
    columns = (
        Text("code", _("Code")),
        Text("be", _("Belarusian")),
        Text("ru", _("Russian")),
        Text("en", _("English")),
        Column("kind", _("Where from")),
        Column("change", "", export=False),
    )
    per_page = 250
    empty = Empty(_("No terms"))

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s term", "%(count)s terms", self.count) % {"count": self.count}


def list_rows(vocabularies: Iterable[Vocabulary], own: dict[str, int]) -> list[ListRow]:
    rows = [ListRow(one.name, len(one), own.get(one.name, 0)) for one in vocabularies]
    return sorted(rows, key=lambda row: sort_key(row.title, language()))


def term_rows(shipped: Iterable[Term], own: Iterable[OwnTerm], *, may_change: bool) -> list[TermRow]:
    """The shipped ones in their order, then the own ones, those in use first."""
    rows = [TermRow(term.code, term.code, term.be, term.ru, term.en) for term in shipped]
    mine = sorted(own, key=lambda term: (term.retired_at is not None, term.be.casefold()))
    return rows + [TermRow(one.id.hex, one.code, one.be, one.ru, one.en, one, may_change) for one in mine]


def feed(table: Table, rows: Iterable[Any]) -> None:
    """Rows that are all in memory."""
    by_key = {row.pk: row for row in rows}
    table.feed_ids(list(by_key), lambda page: [by_key[key] for key in page])
