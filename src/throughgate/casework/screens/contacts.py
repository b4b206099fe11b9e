"""Keeping in touch with one person: warnings, what is due, what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.forms.contacts import NO_HOUR
from throughgate.casework.models import Contact, FollowUp
from throughgate.casework.rights import Right
from throughgate.casework.screens.columns import offset_words
from throughgate.casework.screens.due import when_tag
from throughgate.codelists import codes
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.kit.tables import Column, Day, Empty, Table, Text
from throughgate.people.models import ContactPoint, Person, carefully

PAST = (FollowUp.State.DONE, FollowUp.State.MISSED)


@dataclass(frozen=True)
class Warnings:
    """What must be read before somebody is called. `danger` forbids, `advice` says when and how."""

    danger: list[Any]
    advice: list[Any]


def warnings(person: Person) -> Warnings:
    """From the person's contact points: not safe since, never mention us, safe times."""
    danger, advice = [], []
    points: list[Any] = carefully(ContactPoint.objects.about(person).filter(ended=None).order_by("id"))
    not_safe = {point.number for point in points if point.not_safe_since is not None}
    for point in points:
        where = {"channel": point.channel_words, "value": point.value}
        if point.not_safe_since is not None:
            since = show.date_words(point.not_safe_since, style="short")
            words = {**where, "date": since, "why": point.get_not_safe_reason_display()}
            danger.append(gettext("Do not use %(channel)s %(value)s: not safe since %(date)s, %(why)s") % words)
        if point.number in not_safe:
            continue
        if point.never_mention_us:
            danger.append(gettext("%(channel)s %(value)s: never mention us") % where)
        if point.risk:
            advice.append(f"{point.channel_words} {point.value}: {codes.label('contact_risk', point.risk)}")
        if point.safe_times:
            words = {**where, "times": point.safe_times}
            advice.append(gettext("%(channel)s %(value)s: safe %(times)s") % words)
    return Warnings(danger, advice)


def when_words(row: Contact) -> SafeString:
    """Day and hour; the day alone where the hour was not told."""
    local = timezone.localtime(row.at)
    return show.day(local.date(), style="short") if local.time() == NO_HOUR else show.moment(row.at)


class When(Day):
    def dress(self, raw: Any, row: Contact) -> SafeString:
        return when_words(row)


class How(Column):
    """Channel and direction, and whether anybody answered."""

    def dress(self, raw: Any, row: Contact) -> SafeString:
        words = format_html('{}<br><span class="tg-muted">{}</span>', raw, row.get_direction_display())
        return words if row.happened else format_html("{} {}", words, show.tag(gettext("nobody answered"), "warn"))


class Said(Column):
    def dress(self, raw: Any, row: Contact) -> SafeString:
        about = codes.label("pathway", row.consultation)
        head = show.tag(gettext("consultation: %(on)s") % {"on": about}, "progress") if about else ""
        return format_html("{} {}", head, show.value(raw)) if head else show.value(raw)


def with_whom(row: Contact) -> str:
    return codes.label("relationship", row.with_whom) or pgettext("contact", "the person")


def minutes(row: Contact) -> str | None:
    if row.minutes is None:
        return None
    return ngettext("%(count)s minute", "%(count)s minutes", row.minutes) % {"count": row.minutes}


class Change(Column):
    def dress(self, raw: Any, row: Contact) -> SafeString:
        if not current_actor().has(Right.WORK):
            return show.EMPTY
        url = reverse("casework:amend_contact", args=[row.id])
        about = show.plain(show.date_words(timezone.localdate(row.at), style="short"))
        return format_html(
            '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
            url, gettext("Correct"), about,
        )  # fmt: skip


class Contacts(Table):
    """Contacts with one person, the newest first."""

    name = "contacts"
    title = _("Contacts")
    per_page = 20
    default_sort = "-at"
    columns = (
        When("at", _("When"), sort="at"),
        How("channel", _("How"), "channel_words"),
        Text("with_whom", _("With whom"), with_whom),
        Said("note", _("What was said")),
        Text("minutes", _("How long"), minutes),
        Text("by", _("Recorded by"), lambda row: row.by, select=("by",)),
        Change("change", _("What to do"), "id"),
    )
    empty = Empty(_("No contacts yet"), _("Every conversation and every attempt is recorded here."))

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s contact", "%(count)s contacts", self.count) % {"count": self.count}


def contacts_table(request: HttpRequest, person: Person) -> Contacts:
    table = Contacts(request)
    table.feed(Contact.objects.about(person))
    return table


# Follow-ups of one person ---------------------------------------------------------------------------------------------


def follow_up_state(row: FollowUp) -> SafeString:
    """Due, done, or did not happen and why: each looks different."""
    if row.state == FollowUp.State.DONE:
        return format_html("{} {}", show.tag(row.get_state_display(), "good"), show.day(row.done_on, style="short"))
    if row.state == FollowUp.State.MISSED:
        meaning = {"no_contact_acceptable": "neutral", "no_contact_not_acceptable": "danger"}.get(row.why, "warn")
        words = f"{row.get_why_display()}: {codes.label(row.why, row.reason)}"
        return format_html("{} {}", show.tag(row.get_state_display(), meaning), words)
    if row.due_on is None:
        return format_html('<span class="tg-muted">{}</span>', gettext("waits for the day of release"))
    return when_tag(row.due_on, timezone.localdate())


def follow_up_actions(row: FollowUp, reference: str) -> Iterable[Action]:
    """Recording the contact, or saying, once it was due, why there was none; taking the latter back."""
    if not current_actor().has(Right.WORK):
        return
    if row.state == FollowUp.State.TO_DO and row.due_on is not None:
        yield Action(_("Record a contact"), record_url(reference, row))
        if row.due_on <= timezone.localdate():
            yield Action(_("Did not happen"), reverse("casework:miss_follow_up", args=[row.id]))
    elif row.state == FollowUp.State.MISSED:
        yield Action(_("Take back"), reverse("casework:undo_missed", args=[row.id]), post=True)


def record_url(reference: str, row: FollowUp | None = None) -> str:
    address = reverse("casework:record_contact", args=[reference])
    return f"{address}?follow_up={row.id}" if row is not None else address


def follow_ups_panel(rows: Iterable[FollowUp], reference: str, *, title: Any = "") -> Panel:
    """For a page about a person or a case: the follow-ups of one round, each with what can be done."""
    lines = [
        Item(
            offset_words(row.offset_days).capitalize(),
            follow_up_state(row),
            actions=list(follow_up_actions(row, reference)),
        )
        for row in rows
    ]
    return Panel(title or _("Follow-ups"), lines)


def follow_ups_of(person: Person) -> list[Panel]:
    """The follow-ups of every case of a person, the newest case and round first. One query."""
    rounds: dict[tuple[Any, int], list[FollowUp]] = {}
    found = FollowUp.objects.about(person).select_related("case").order_by("-case__created_at", "-round", "offset_days")
    for row in found:
        rounds.setdefault((row.case, row.round), []).append(row)
    many = len({case.id for case, _round in rounds}) > 1
    panels = []
    for (case, number), rows in rounds.items():
        if number != case.round and not any(row.state in PAST for row in rows):
            continue
        title = gettext("Follow-ups: %(case)s") % {"case": case.kind_words} if many else gettext("Follow-ups")
        if number != case.round:
            title = gettext("%(title)s, earlier release") % {"title": title}
        panels.append(follow_ups_panel(rows, person.reference, title=title))
    return panels
