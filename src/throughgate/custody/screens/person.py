"""The tab "Custody" of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.codelists import codes
from throughgate.codelists.codes import language
from throughgate.core.custody import Contradiction, Episode, Stay, explain
from throughgate.core.custody import Standing as Derived
from throughgate.core.dates import format_term
from throughgate.core.jurisdiction import articles
from throughgate.custody import lines, projecting
from throughgate.custody.models import (
    Charge,
    Credit,
    CustodyEvent,
    Extension,
    Facility,
    Hearing,
    Reduction,
    ReleaseDate,
    Sentence,
    StatusAssessment,
)
from throughgate.custody.rights import Right
from throughgate.custody.screens.common import Row, Rows, standing_of
from throughgate.custody.screens.joining import days_words, now_items
from throughgate.custody.screens.reference import entitlement_rows, regime_of
from throughgate.kit import show
from throughgate.kit.panels import Action, Panel
from throughgate.people.models import Person


@dataclass
class Custody:
    """Everything the tab shows, read with a number of queries that does not grow."""

    person: Person

    @cached_property
    def may_write(self) -> bool:
        return current_actor().has(Right.WRITE)

    @cached_property
    def events(self) -> list[CustodyEvent]:
        rows = CustodyEvent.objects.about(self.person).select_related("facility")
        return sorted(rows, key=lambda row: (str(row.on or ""), row.created_at), reverse=True)

    @cached_property
    def derived(self) -> Derived:
        return projecting.derived(self.events, today=timezone.localdate())

    @cached_property
    def dates(self) -> list[ReleaseDate]:
        return list(ReleaseDate.objects.about(self.person).order_by("-told_on", "-id"))

    @cached_property
    def working(self) -> ReleaseDate | None:
        return projecting.working([row for row in self.dates if row.withdrawn_at is None], self.derived)

    @cached_property
    def facilities(self) -> Mapping[str, Facility]:
        """The places of events, without another query."""
        return {str(row.facility_id): row.facility for row in self.events if row.facility is not None}

    @cached_property
    def sentences(self) -> list[Sentence]:
        return list(Sentence.objects.about(self.person).order_by("-id"))

    def to(self, name: str, *more: Any) -> str:
        return reverse(f"custody:{name}", args=[self.person.reference, *more])

    def adding(self, *named: tuple[Any, str]) -> list[Action]:
        return [Action(label, self.to(route)) for label, route in named] if self.may_write else []


def now_panel(custody: Custody) -> Panel:
    standing = standing_of(custody.person)
    items = now_items(standing) if standing is not None else []
    note = "" if items else _("Nothing is recorded yet.")
    links = custody.adding((_("Sign of life"), "record_sign"), (_("What happened"), "record_event"))
    return Panel(_("Now"), items, links, note)


# What does not fit together -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Disagreement:
    """A contradiction in words, with the reports that make it, each with a button to go by it."""

    text: str
    reports: Sequence[dict[str, Any]]


def disagreements(custody: Custody) -> list[Disagreement]:
    by_id = {str(row.id): row for row in custody.events}
    return [_disagreement(custody, found, by_id) for found in custody.derived.contradictions]


def _disagreement(custody: Custody, found: Contradiction, by_id: Mapping[str, CustodyEvent]) -> Disagreement:
    rows = [by_id[one] for one in found.events if one in by_id]
    text = explain(found, language(), name_kind=codes.words("custody_event"))
    over = "&".join(f"over={row.id}" for row in rows)
    reports = [
        {
            "row": row,
            "what": row.kind_words,
            "on": row.on,
            "place": row.facility.label if row.facility else "",
            "told": told(row),
            "source": row.source,
            "prefer": f"{custody.to('prefer_event', row.id)}?{over}" if custody.may_write and len(rows) > 1 else "",
            "change": custody.to("amend_event", row.id) if custody.may_write else "",
        }
        for row in rows
    ]
    return Disagreement(text, reports)


def told(row: CustodyEvent) -> str:
    """Who told it, and the two marks of the source: "family, B2"."""
    marks = f"{row.reliability.upper()}{row.credibility}"
    return ", ".join(filter(None, [row.get_source_kind_display(), marks]))


# Episodes and events ------------------------------------------------------------------------------------------------


def episode_rows(custody: Custody) -> Rows:
    rows = [_episode(custody, one) for one in reversed(custody.derived.episodes)]
    heads = [_("From"), _("Until"), _("Days"), _("Places"), _("Gaps")]
    return Rows(_("Time in custody"), heads, rows, empty=_("No custody is recorded."))


def _episode(custody: Custody, one: Episode) -> Row:
    until: Any = show.tag(gettext("lasts"), "progress") if one.lasts else (one.end or show.UNKNOWN)
    if one.days_max is None:
        days: Any = show.Uncertain(one.days_min, gettext("at least"))
    elif one.days_max != one.days_min:
        bounds = {"least": one.days_min, "most": one.days_max}
        days = show.Uncertain((one.days_min + one.days_max) // 2, gettext("between %(least)s and %(most)s") % bounds)
    else:
        days = one.days_min
    level = show.tag(gettext("restriction of liberty")) if one.level == "restricted" else ""
    start = format_html("{} {}", show.value(one.start or show.UNKNOWN), level)
    return Row([start, until, days, _stays(custody, one.stays), _gaps(one)])


def _stays(custody: Custody, stays: Iterable[Stay]) -> SafeString:
    items = (
        (_place(custody, stay), f" – {show.date_words(stay.start, style='short')}" if stay.start else "")
        for stay in stays
    )
    return format_html('<ul class="govuk-list">{}</ul>', format_html_join("", "<li>{}{}</li>", items))


def _place(custody: Custody, stay: Stay) -> SafeString:
    if stay.facility is None:
        return show.unknown()
    found = custody.facilities.get(stay.facility)
    return show.ref(found) if found else show.unknown()


def _gaps(one: Episode) -> Any:
    return [
        show.tag(
            gettext("%(days)s without a known place, from %(start)s to %(end)s")
            % {
                "days": days_words(gap.days),
                "start": show.date_words(gap.start, style="short"),
                "end": show.date_words(gap.end, style="short"),
            },
            "warn",
        )
        for gap in one.gaps
    ]


def event_rows(custody: Custody) -> Rows:
    heads = [_("When"), _("What happened"), _("Place"), _("Who told it"), _("Note")]
    add = custody.adding((_("What happened"), "record_event"), (_("Sign of life"), "record_sign"))
    return Rows(
        _("What was reported"),
        heads,
        [_event(custody, row) for row in custody.events],
        add,
        empty=_("Nothing is recorded yet."),
        key="events",
    )


def _event(custody: Custody, row: CustodyEvent) -> Row:
    marks = []
    if row.preferred:
        marks.append(show.tag(gettext("preferred"), "good"))
    if row.superseded_by_id is not None:
        marks.append(show.tag(gettext("replaced by another report")))
    if row.withdrawn_at is not None:
        marks.append(show.tag(gettext("taken back")))
    extra = [days_words(row.days)] if row.days else []
    what = format_html_join(" ", "{}", ((one,) for one in [row.kind_words, *extra, *marks]))
    when: Any = row.on or show.UNKNOWN
    if row.hour:
        when = format_html("{}, {}", show.value(when), row.hour.strftime("%H:%M"))
    return Row(
        [when, what, row.facility and show.ref(row.facility), _told_cell(row), row.note],
        _event_actions(custody, row),
        about=row.kind_words,
    )


def _told_cell(row: CustodyEvent) -> SafeString:
    return format_html("{}<br>{}", told(row), show.value(row.source)) if row.source else format_html("{}", told(row))


def _event_actions(custody: Custody, row: CustodyEvent) -> list[Action]:
    if not custody.may_write:
        return []
    if not row.stands:
        return [Action(_("Let it count again"), custody.to("give_back_event", row.id), post=True)]
    return [
        Action(_("Change"), custody.to("amend_event", row.id)),
        Action(_("Take back"), custody.to("withdraw_event", row.id), post=True),
    ]


# Release dates --------------------------------------------------------------------------------------------------------


def date_cards(custody: Custody) -> list[dict[str, Any]]:
    """Every date that stands, side by side, the one to work by first; then those withdrawn."""
    standing = [row for row in custody.dates if row.withdrawn_at is None]
    withdrawn = [row for row in custody.dates if row.withdrawn_at is not None]
    ordered = sorted(standing, key=lambda row: row != custody.working)
    return [_date_card(custody, row) for row in [*ordered, *withdrawn]]


def _date_card(custody: Custody, row: ReleaseDate) -> dict[str, Any]:
    stands = row.withdrawn_at is None
    route, words = ("withdraw_release_date", _("Withdraw")) if stands else ("give_back_release_date", _("Give back"))
    past = stands and row == custody.working and row.on.latest < timezone.localdate()
    return {
        "row": row,
        "told_words": show.date_words(row.told_on) if row.told_on else "",
        "type": row.type_words,
        "certainty": row.certainty_words,
        "working": row == custody.working,
        "past": past,
        "withdrawn": not stands,
        "lines": lines.in_words(lines.unpack(row.lines), language()),
        "unverified": row.type == "computed" and row.verified != "yes",
        "verified": row.verified,
        "action": Action(words, custody.to(route, row.id)) if custody.may_write else None,
    }


# Court ----------------------------------------------------------------------------------------------------------------


def charge_rows(custody: Custody) -> Rows:
    titles = {(one.code, one.number): one for one in articles()}
    rows = []
    for row in Charge.objects.about(custody.person).order_by("-charged_on", "-id"):
        known = titles.get((row.code, row.article))
        part = gettext("part %(part)s") % {"part": row.part} if row.part else ""
        title = known.label(language()) if known else ""
        article = ", ".join(filter(None, [row.article, part]))
        valid = _not_in_force(known, row)
        cell = format_html("<strong>{}</strong> {}<br>{} {}", article, title, show.tag(row.get_code_display()), valid)
        change = [Action(_("Change"), custody.to("amend_charge", row.id))] if custody.may_write else []
        cells = [cell, row.charged_on, row.get_stage_display(), row.get_outcome_display(), row.note]
        rows.append(Row(cells, change, about=article))
    heads = [_("Article"), _("Charged on"), _("Stage"), _("Outcome"), _("Note")]
    add = custody.adding((_("Charge"), "add_charge"))
    return Rows(_("Charges"), heads, rows, add, empty=_("No charge is recorded."))


def _not_in_force(known: Any, row: Charge) -> Any:
    """An article was charged outside the time in which it is known to have been in force."""
    if known is None or row.charged_on is None:
        return ""
    early = known.valid_from and row.charged_on.latest < known.valid_from
    late = known.valid_to and row.charged_on.earliest > known.valid_to
    return show.tag(gettext("not in force on that day"), "warn") if early or late else ""


def hearing_rows(custody: Custody) -> Rows:
    today = timezone.localdate()
    rows = []
    for row in Hearing.objects.about(custody.person).order_by("-on", "-id"):
        when: Any = row.on
        if row.hour:
            when = format_html("{}, {}", show.value(row.on), row.hour.strftime("%H:%M"))
        if row.on is not None and row.on.latest >= today:
            when = format_html("{} {}", show.value(when), show.tag(gettext("to come"), "progress"))
        change = [Action(_("Change"), custody.to("amend_hearing", row.id))] if custody.may_write else []
        rows.append(Row([when, row.get_kind_display(), row.court, row.result], change, about=row.get_kind_display()))
    heads = [_("When"), _("Kind"), _("Court"), _("What came of it")]
    add = custody.adding((_("Hearing"), "add_hearing"))
    return Rows(_("Court hearings"), heads, rows, add, empty=_("No hearing is recorded."))


def sentence_rows(custody: Custody) -> Rows:
    rows = [_sentence(custody, row) for row in custody.sentences]
    heads = [_("Punishment"), _("Judgment on"), _("In force on"), _("Last day told"), _("Court"), _("Note")]
    add = custody.adding((_("Sentence"), "add_sentence"))
    return Rows(_("Sentences"), heads, rows, add, empty=_("No sentence is recorded."))


def _sentence(custody: Custody, row: Sentence) -> Row:
    term = format_term(row.term, language()) if row.term else ""
    words = ", ".join(filter(None, [row.get_kind_display(), term, row.get_regime_display()]))
    punishment = format_html("{} {}", words, show.tag(gettext("set aside")) if row.set_aside_at else "")
    actions = []
    if custody.may_write and row.set_aside_at is None:
        actions = [
            Action(_("Change"), custody.to("amend_sentence", row.id)),
            Action(pgettext("sentence", "Set aside"), custody.to("set_aside_sentence", row.id)),
        ]
    cells = [punishment, row.judgment_on, row.in_force_on, row.last_day_told, row.court, row.note]
    return Row(cells, actions, about=words)


def change_rows(custody: Custody) -> Rows:
    """What changes the term: custody counted, cuts, new terms."""
    rows = [
        *[_change(_("Credit for custody"), row.get_kind_display(), (row.start, row.end)) for row in _credits(custody)],
        *[_reduction(row) for row in Reduction.objects.about(custody.person).order_by("on", "id")],
        *[
            _change(gettext("New term, article %(article)s") % {"article": row.article}, _term(row), (row.on, None))
            for row in Extension.objects.about(custody.person).order_by("on", "id")
        ],
    ]
    add = custody.adding(
        (_("Credit"), "add_credit"), (_("Amnesty or pardon"), "add_reduction"), (_("New term"), "add_extension")
    )
    heads = [_("What"), _("How much"), _("From or on"), _("Until")]
    return Rows(_("What changes the term"), heads, rows, add, empty=_("Nothing is recorded."))


def _credits(custody: Custody) -> Iterable[Credit]:
    return list(Credit.objects.about(custody.person).order_by("start", "id"))


def _term(row: Reduction | Extension) -> str:
    return format_term(row.term, language()) if row.term else ""


def _reduction(row: Reduction) -> Row:
    refused = "" if row.granted else gettext("refused")
    words = ", ".join(filter(None, [row.rule, _term(row), refused]))
    return _change(row.get_kind_display(), words, (row.on, None))


def _change(what: Any, how_much: Any, span: tuple[Any, Any]) -> Row:
    return Row([what, how_much, *span])


def status_rows(custody: Custody) -> Rows:
    rows = []
    for row in StatusAssessment.objects.about(custody.person).order_by("-start", "-id"):
        after = show.tag(gettext("recognised after release")) if row.afterwards else ""
        words = format_html("{} {}<br>{}", row.criterion, after, row.get_scheme_display())
        rows.append(Row([row.by, words, row.start, row.until, row.note]))
    heads = [_("By which organisation"), _("Under which criterion"), _("Since"), _("Until"), _("Note")]
    may = current_actor().has(Right.ASSESS)
    add = [Action(_("Assessment"), custody.to("assess_status"))] if may else []
    note = _("An assessment by an organisation, never a property of the person.")
    return Rows(_("Assessments of status"), heads, rows, add, empty=_("No assessment is recorded."), note=note)


def entitlements(custody: Custody) -> Rows | None:
    """What the person's regime allows, as far as it is known."""
    standing = standing_of(custody.person)
    if standing is None or not standing.held:
        return None
    latest = next((row.regime for row in custody.sentences if row.set_aside_at is None and row.regime), "")
    regimes = regime_of(standing.state, latest)
    return entitlement_rows(regimes) if regimes else None


def tab(person: Person) -> dict[str, Any]:
    """The context of the page."""
    custody = Custody(person)
    return {
        "custody": custody,
        "now": now_panel(custody),
        "disagreements": disagreements(custody),
        "dates": date_cards(custody),
        "date_actions": custody.adding((_("Add a date"), "tell_release_date"), (_("Compute"), "compute_release_date")),
        "parts": [
            sentence_rows(custody),
            change_rows(custody),
            charge_rows(custody),
            hearing_rows(custody),
            episode_rows(custody),
            event_rows(custody),
            status_rows(custody),
        ],
        "entitlements": entitlements(custody),
    }
