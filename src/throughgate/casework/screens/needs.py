"""Needs under their pathways, and one need with its log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.actions.needs import REASONS
from throughgate.casework.models import UNMET, Case, Need, NeedState, NeedUpdate, PathwayReview
from throughgate.casework.rights import Right
from throughgate.casework.screens.case import to
from throughgate.codelists import codes
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel

STATE_MEANS = {
    NeedState.IDENTIFIED: "warn",
    NeedState.IN_WORK: "progress",
    NeedState.MET: "good",
    NeedState.DECLINED: "neutral",
    NeedState.CANNOT_BE_MET: "danger",
}
NOT_ASKED = "not_asked"
# Results of a review that are recorded by one press.
QUICK = ("no_need_found", "declined_to_answer")


@dataclass(frozen=True)
class Pathway:
    """One pathway of a case; its state comes from its needs and, where there are none, from the latest review."""

    code: str
    needs: Sequence[Need]
    review: PathwayReview | None

    @property
    def state(self) -> str:
        """``open``, ``met``, ``dealt_with``, or a result of the list ``pathway_review``."""
        if any(need.state in UNMET for need in self.needs):
            return "open"
        if any(need.state == NeedState.MET for need in self.needs):
            return "met"
        if self.needs:
            return "dealt_with"
        return self.review.result if self.review else NOT_ASKED

    @property
    def tag(self) -> SafeString:
        if self.state == "open":
            return show.tag(gettext("needs open"), "warn")
        if self.state == "met":
            return show.tag(gettext("met"), "good")
        if self.state == "dealt_with":
            return show.tag(gettext("dealt with"))
        words = codes.label("pathway_review", self.state)
        return show.tag(words, "good" if self.state == "no_need_found" else "neutral")


def pathways(needs: Iterable[Need], reviews: Iterable[PathwayReview]) -> list[Pathway]:
    """All pathways in the order of their list; *reviews* oldest first."""
    under: dict[str, list[Need]] = {}
    for need in needs:
        under.setdefault(need.pathway, []).append(need)
    latest = {review.pathway: review for review in reviews}
    return [Pathway(code, under.get(code, []), latest.get(code)) for code, _label in codes.choices("pathway")]


def needs_panel(case: Case, found: Iterable[Pathway]) -> Panel:
    """The pathways of which anything is known."""
    works = _works(case)
    add = [Action(_("Add needs"), to("add_needs", case))] if works else []
    known = [_pathway_item(case, pathway, works=works) for pathway in found if pathway.state != NOT_ASKED]
    return Panel(_("Needs"), known, add, note="" if known else _("No need was recorded yet."))


def not_asked_panel(case: Case, found: Iterable[Pathway]) -> Panel:
    """The pathways that are still to be talked about, each with the answers that one press records."""
    works = _works(case)
    return Panel("", [_pathway_item(case, pathway, works=works) for pathway in found if pathway.state == NOT_ASKED])


def _works(case: Case) -> bool:
    return case.is_active and current_actor().has(Right.WORK)


def _pathway_item(case: Case, pathway: Pathway, *, works: bool) -> Item:
    asked = show.day(pathway.review.on, style="short") if pathway.review and not pathway.needs else ""
    head = format_html("{} {}", pathway.tag, asked)
    links = format_html_join("", "<li>{}</li>", ((need_line(case, need),) for need in _urgent_first(pathway.needs)))
    value = format_html('{}<ul class="govuk-list">{}</ul>', head, links) if pathway.needs else head
    return Item(codes.label("pathway", pathway.code), value, actions=_quick(case, pathway) if works else [])


def _urgent_first(needs: Sequence[Need]) -> list[Need]:
    return sorted(needs, key=lambda need: (need.state not in UNMET, not need.urgent))


def need_line(case: Case, need: Need) -> SafeString:
    """A need as a link, with its state and who answers for it."""
    urgent = show.tag(gettext("urgent"), "danger") if need.urgent and need.state in UNMET else ""
    return format_html(
        '<a class="govuk-link" href="{}">{}</a> {} {} <span class="tg-small">{}</span>',
        to("need", case, need.id), codes.label("need_kind", need.kind), need_tag(need.state), urgent, who(need),
    )  # fmt: skip


def need_tag(state: str) -> SafeString:
    return show.tag(NeedState(state).label, STATE_MEANS[NeedState(state)])


def who(need: Need) -> str:
    if need.owner is not None:
        return str(need.owner)
    if need.responsible and need.responsible != "us":
        return codes.label("responsible", need.responsible)
    return gettext("nobody answers for it yet") if need.state in UNMET else ""


def _quick(case: Case, pathway: Pathway) -> list[Action]:
    if pathway.needs:
        return []
    return [
        Action(codes.label("pathway_review", result), to("review_pathway", case, pathway.code, result), post=True)
        for result in QUICK
        if result != pathway.state
    ]


# One need ------------------------------------------------------------------------------------------------------------


def need_panel(case: Case, need: Need) -> Panel:
    works = _works(case)
    states = [
        Action(words, to("change_need", case, need.id, code))
        for code, words in (
            (NeedState.IN_WORK, _("In work")),
            (NeedState.MET, _("Met")),
            (NeedState.DECLINED, _("Declined")),
            (NeedState.CANNOT_BE_MET, _("Cannot be met")),
        )
        if works and code != need.state
    ]
    change = [Action(_("Change"), to("give_need", case, need.id))] if works else []
    rows = [
        Item(_("State"), need_tag(need.state), actions=states),
        Item(_("Pathway"), codes.label("pathway", need.pathway)),
        Item(_("Urgent"), show.answer(need.urgent)),
        Item(_("Severity"), codes.label("need_severity", need.severity)),
        Item(_("Who answers for it"), codes.label("responsible", need.responsible)),
        Item(_("Who of us does it"), need.owner),
        Item(_("Identified"), need.identified_on),
        Item(_("In words"), need.text),
    ]
    return Panel(codes.label("need_kind", need.kind), rows, change)


def log_entries(updates: Iterable[NeedUpdate]) -> list[dict[str, Any]]:
    """The log of a need for the timeline component, newest first."""
    return [
        {
            "when": update.on,
            "title": NeedState(update.state).label,
            "by": update.by.display_name if update.by else "",
            "tag": show.tag(reason_words(update)) if update.reason else "",
            "text": update.note or "",
        }
        for update in updates
    ]


def reason_words(update: NeedUpdate) -> str:
    found = REASONS.get(NeedState(update.state))
    return codes.label(found, update.reason) if found else update.reason
