"""What this room adds to the pages about a person; `apps.py` imports it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.actions import main_case
from throughgate.casework.models import CaseChange, NeedState, NeedUpdate, Readiness, State, Step, StepState
from throughgate.casework.rights import Right
from throughgate.casework.screens.case import case_words, gap_tags, state_tag, to
from throughgate.codelists import codes
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.people import screens as people
from throughgate.people.models import Person

NEXT = 3  # steps shown on the first page


def overview(person: Person, request: HttpRequest) -> Iterable[Panel]:
    """The case that answers for the release: who leads it, what comes next, what is missing."""
    if not current_actor().has(Right.VIEW):
        return
    case = main_case(person)
    if case is None:
        yield Panel(_("Support"), [], open_actions(person, kind=""), note=_("No case is open for this person."))
        return
    coming = Step.objects.undone().filter(case=case).exclude(due_on=None).order_by("due_on", "id")[:NEXT]
    ready = Readiness.objects.filter(person=person).first()
    yield Panel(
        _("Support"),
        [
            Item(_("Case"), people.lines(_link(case.get_absolute_url(), case_words(case)), state_tag(case))),
            Item(_("Lead worker"), case.lead),
            Item(_("Next steps"), _steps([(step.due_on, step.title, to("step", case, step.id)) for step in coming])),
            Item(_("Before the release"), gap_tags(person, ready), hide_empty=True),
        ],
    )


def _link(url: str, words: Any) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)


def _steps(found: list[tuple[Any, Any, str]]) -> SafeString | None:
    if not found:
        return None
    rows = ((show.day(when, style="short"), _link(url, show.value(title))) for when, title, url in found)
    return format_html('<ul class="govuk-list">{}</ul>', format_html_join("", "<li>{} {}</li>", rows))


def entries(person: Person) -> Iterable[people.Entry]:
    """Changes of cases, what came of needs, steps that were done."""
    if not current_actor().has(Right.VIEW):
        return
    for change in CaseChange.objects.about(person).select_related("case", "by"):
        reason = codes.label(change.reason_list, change.reason) if change.reason else ""
        title = gettext("%(case)s: %(state)s") % {
            "case": case_words(change.case),
            "state": State(change.after).label,
        }
        yield people.Entry(
            change.on, title, _by(change.by), change.note or reason, change.case.get_absolute_url(), kind="casework"
        )
    ended = (NeedState.MET, NeedState.DECLINED, NeedState.CANNOT_BE_MET)
    for update in NeedUpdate.objects.about(person).filter(state__in=ended).select_related("need__case", "by"):
        title = gettext("%(need)s: %(state)s") % {
            "need": codes.label("need_kind", update.need.kind),
            "state": NeedState(update.state).label,
        }
        url = to("need", update.need.case, update.need_id)
        yield people.Entry(update.on, title, _by(update.by), update.note or "", url, kind="casework")
    done = Step.objects.about(person).filter(state=StepState.DONE).exclude(done_on=None).select_related("case", "owner")
    for step in done:
        title = gettext("Step done: %(step)s") % {"step": step.title}
        url = to("step", step.case, step.id)
        yield people.Entry(step.done_on, title, _by(step.owner), step.note or "", url, kind="casework")


def _by(member: Any) -> str:
    return member.display_name if member is not None else ""


def open_actions(person: Person, *, kind: str = "secondary") -> list[Action]:
    actor = current_actor()
    if person.erased_at is not None:
        return []
    if actor.has(Right.OPEN):
        return [Action(_("Open a case"), reverse("casework:open_case", args=[person.reference]), kind=kind)]
    if actor.has(Right.WORK):
        return [Action(_("Propose a case"), reverse("casework:propose_case", args=[person.reference]), kind=kind)]
    return []


def join_people() -> None:
    """Called once, when everything is loaded."""
    people.TABS.append(people.Tab("casework:person_cases", _("Cases"), Right.VIEW, 40))
    people.OVERVIEW.append(overview)
    people.TIMELINE.append(entries)
    people.TIMELINE_KINDS["casework"] = _("Support")
    people.HISTORY["casework"] = Right.VIEW
    people.MAIN_ACTIONS.append(open_actions)
