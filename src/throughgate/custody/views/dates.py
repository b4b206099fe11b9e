"""Release dates: what a change moves is shown before it is moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acts import CannotDo
from throughgate.codelists.codes import language
from throughgate.core.dates import PartialDate
from throughgate.core.jurisdiction import Computed, Question, explain
from throughgate.custody import actions, forms, lines, projecting
from throughgate.custody.calculating import calculate, may_ask_from
from throughgate.custody.hooks import what_moves
from throughgate.custody.models import CustodyEvent, ReleaseDate, Sentence
from throughgate.custody.screens.dates import computed_context, moves_context
from throughgate.custody.views.finding import find_person, find_row, tab_of
from throughgate.custody.views.person import about
from throughgate.kit import pages, show
from throughgate.kit.forms import Form, bind
from throughgate.people.models import Person

CONFIRMED = "confirmed"


def _would_be(
    person: Person, *, plus: ReleaseDate | None = None, minus: ReleaseDate | None = None, but: str = ""
) -> tuple[PartialDate | None, PartialDate | None]:
    """(working date now, working date after): with a date more, with one less, without those of the type *but*."""
    events = list(CustodyEvent.objects.about(person))
    found = projecting.derived(events, today=timezone.localdate())
    standing = list(ReleaseDate.objects.about(person).standing())
    left = [row for row in standing if row != minus and (not but or row.type != but)]
    now = projecting.working(standing, found)
    after = projecting.working([*left, plus] if plus is not None else left, found)
    return (now.on if now else None), (after.on if after else None)


def _changing(
    request: HttpRequest, person: Person, form: Form, *, title: str, would_be: Callable[[dict[str, Any]], Any],
    act: Callable[[dict[str, Any]], Any], done: str, undo: str = "",
) -> HttpResponse:  # fmt: skip
    """Ask, show what would move, and only then do it. Where the working date stays, there is nothing to show."""
    context = about(request, person, title)
    if request.method != "POST" or not form.is_valid():
        wrong = request.method == "POST" and bool(form.errors)
        shown = {"form": form, "submit": gettext("Continue"), **context}
        return render(request, "people/form.html", shown, status=422 if wrong else 200)
    now, after = would_be(form.cleaned_data)
    if now != after and CONFIRMED not in request.POST:
        shown = moves_context(request, now, after, what_moves(person, after))
        return render(request, "custody/confirm_date.html", {**shown, **context})
    try:
        act(form.cleaned_data)
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return render(request, "people/form.html", {"form": form, **context}, status=422)
    pages.done(request, done, undo=undo)
    return redirect(tab_of(person))


def tell_release_date(request: HttpRequest, reference: str) -> HttpResponse:
    person = find_person(reference)

    def would_be(data: dict[str, Any]) -> Any:
        told = {**data, "told_on": data["told_on"] or timezone.localdate()}
        return _would_be(person, plus=ReleaseDate(**told))

    return _changing(
        request, person, bind(forms.ReleaseDateForm, request), title=gettext("Add a release date"), would_be=would_be,
        act=lambda data: actions.tell_release_date(person, **data), done=gettext("The date is added."),
    )  # fmt: skip


def withdraw_release_date(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    person = find_person(reference)
    row = find_row(ReleaseDate, person, row_id)
    now, after = _would_be(person, minus=row)
    return _confirming(
        request, person, now, after, title=gettext("Withdraw a release date"),
        act=lambda: actions.withdraw_release_date(row), done=gettext("The date is withdrawn."),
    )  # fmt: skip


def give_back_release_date(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    person = find_person(reference)
    row = find_row(ReleaseDate, person, row_id)
    back = ReleaseDate(type=row.type, on=row.on, certainty=row.certainty, told_on=row.told_on)
    now, after = _would_be(person, plus=back)
    return _confirming(
        request, person, now, after, title=gettext("Give a release date back"),
        act=lambda: actions.give_back_release_date(row), done=gettext("The date stands again."),
    )  # fmt: skip


def _confirming(
    request: HttpRequest, person: Person, now: PartialDate | None, after: PartialDate | None, *, title: str,
    act: Callable[[], Any], done: str,
) -> HttpResponse:  # fmt: skip
    """A page that only asks whether to go on."""
    if request.method == "POST" and CONFIRMED in request.POST:
        act()
        pages.done(request, done)
        return redirect(tab_of(person))
    shown = moves_context(request, now, after, what_moves(person, after) if now != after else [])
    return render(request, "custody/confirm_date.html", {**shown, **about(request, person, title)})


def add_sentence(request: HttpRequest, reference: str) -> HttpResponse:
    """A sentence; with a last day told it is a release date too, and shows what that moves."""
    person = find_person(reference)
    return _changing(
        request, person, bind(forms.SentenceForm, request), title=gettext("Sentence"),
        would_be=lambda data: _would_be(person, plus=_last_day(data)),
        act=lambda data: actions.add_sentence(person, **data), done=gettext("The sentence is added."),
    )  # fmt: skip


def amend_sentence(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    person = find_person(reference)
    row = find_row(Sentence, person, row_id)
    now = {name: getattr(row, name) for name in forms.AmendSentenceForm.base_fields if name != "reason"}
    form = bind(forms.AmendSentenceForm, request, initial=now)

    def would_be(data: dict[str, Any]) -> Any:
        told = data["last_day_told"] != row.last_day_told
        return _would_be(person, plus=_last_day(data) if told else None)

    return _changing(
        request, person, form, title=gettext("Correct a sentence"), would_be=would_be,
        act=lambda data: actions.amend_sentence(row, **data), done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


def _last_day(data: dict[str, Any]) -> ReleaseDate | None:
    """The release date that a sentence with a last day told would bring."""
    if data["last_day_told"] is None:
        return None
    judged = data["judgment_on"].as_date() if data["judgment_on"] else None
    return ReleaseDate(
        type="told_by_facility",
        on=PartialDate.from_date(data["last_day_told"]),
        certainty="likely",
        told_on=data["told_on"] or judged or timezone.localdate(),
    )


def compute_release_date(request: HttpRequest, reference: str) -> HttpResponse:
    """The calculation line by line; what the rules leave open is asked; kept only after it was seen."""
    person = find_person(reference)
    context = about(request, person, gettext("Compute the release date"))
    try:
        found = _calculation(request, person)
    except CannotDo as refusal:
        return render(request, "custody/compute.html", {**context, "cannot": str(refusal)})
    if found.computed.last_day is not None and request.method == "POST" and CONFIRMED in request.POST:
        actions.compute_release_date(person, assumptions=found.answers)
        pages.done(request, gettext("The computed date is kept, with its lines."))
        return redirect(tab_of(person))
    form = forms.AnswersForm(request.POST if request.method == "POST" else None, questions=found.asked)
    return render(request, "custody/compute.html", {**context, **_shown(request, person, found.computed, form)})


@dataclass(frozen=True)
class Calculation:
    """What the rules give with the answers taken, and every question that was asked on the way."""

    computed: Computed
    answers: dict[str, str]
    asked: list[Question]


def _calculation(request: HttpRequest, person: Person) -> Calculation:
    """Take the answers that were sent, but only to what is asked: one answer may open the next question."""
    answers: dict[str, str] = {}
    asked: list[Question] = []
    while True:
        computed = calculate(person, answers)
        news = [one for one in computed.questions if one.assumable and one.rule and one.rule not in answers]
        answered = {one.rule or "": request.POST.get(f"assume-{one.rule}", "") for one in news}
        taken = {one.rule: answered[one.rule] for one in news if one.rule and answered[one.rule] in one.values}
        asked += [one for one in news if one not in asked]
        if not taken:
            return Calculation(computed, answers, asked)
        answers |= taken


def _shown(request: HttpRequest, person: Person, computed: Computed, form: Form) -> dict[str, Any]:
    missing = [explain(one, language()) for one in computed.questions if not one.assumable]
    shown: dict[str, Any] = {"form": form, "missing": missing, **computed_context(computed)}
    if computed.last_day is not None:
        plus = ReleaseDate(
            type="computed",
            on=PartialDate.from_date(computed.last_day),
            certainty="likely",
            told_on=timezone.localdate(),
        )
        now, after = _would_be(person, plus=plus, but="computed")
        shown |= moves_context(request, now, after, what_moves(person, after) if now != after else [])
        sentence = Sentence.objects.about(person).filter(set_aside_at=None).exclude(category="").first()
        eligible = may_ask_from(sentence, computed) if sentence is not None else None
        shown["ask_from"] = eligible.ask_from if eligible else None
        shown["ask_from_words"] = show.date_words(eligible.ask_from) if eligible and eligible.ask_from else ""
        shown["ask_lines"] = lines.in_words(eligible.lines, language()) if eligible else []
    return shown
