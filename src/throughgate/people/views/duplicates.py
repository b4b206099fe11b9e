"""Records that may be of one person: looked at, merged, taken apart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from throughgate.access.acts import CannotDo
from throughgate.codelists import codes
from throughgate.kit import pages, show
from throughgate.kit.forms import Form, bind
from throughgate.kit.panels import Action
from throughgate.people import actions, forms, screens
from throughgate.people import lookalikes as found_in_memory
from throughgate.people.lookalikes import Pair
from throughgate.people.models import Merge, Person, Says, Verdict
from throughgate.people.screens import Pages
from throughgate.people.views.common import find_person, find_row, person_form, refuse_stale

PAIRS_ON_A_PAGE = 10
VERDICTS_ON_A_PAGE = 25
TITLE = _("Likely the same person")
REVIEWING = "reviewing"  # in the address of a merge: whoever came from the pairs goes back to them


def crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": gettext("People"), "url": reverse("people:people")}, *more]


def lookalikes(request: HttpRequest) -> HttpResponse:
    """Pairs to look at, the likeliest first; ten to a page."""
    found = found_in_memory.likely()
    if found is not None and found.pairs is None:
        step = gettext("Everybody is being compared with everybody else.")
        return pages.progress(request, title=TITLE, step=step, breadcrumbs=crumbs({"label": str(TITLE)}))
    pager = Pages(request, found.pairs or [] if found else [], per_page=PAIRS_ON_A_PAGE)
    context = {
        "title": TITLE,
        "lede": screens.pairs_words(pager.count) if found else "",
        "closed": found is None,
        "looking": found is not None and found.looking,
        "pager": pager,
        "pairs": screens.side_by_side(pager.page_rows),
        "actions": [Action(gettext("Pairs looked at"), reverse("people:verdicts"), kind="secondary")],
        "breadcrumbs": crumbs({"label": str(TITLE)}),
    }
    return render(request, "people/lookalikes.html", context)


@require_POST
def judge(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """Remember the verdict; whoever says that they are one goes on to merge them."""
    one, two = find_person(reference), find_person(other)
    form = bind(forms.JudgeForm, request)
    if not form.is_valid():
        return redirect("people:lookalikes")
    try:
        verdict = actions.judge(one, other=two, says=form.cleaned_data["says"])
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return redirect("people:lookalikes")
    if verdict.says == Says.SAME:
        first, second = sorted((one, two), key=lambda row: row.id)
        return redirect(f"{merging(first, second)}?{REVIEWING}=1")
    undo = reverse("people:take_back_verdict", args=[verdict.id])
    pages.done(request, gettext("Remembered: this pair is not shown again."), undo=undo)
    return redirect("people:lookalikes")


def verdicts(request: HttpRequest) -> HttpResponse:
    """What was said of pairs, the newest first; each can be taken back."""
    told = Verdict.objects.select_related("one", "other", "by").order_by("-created_at", "-id")
    pager = Pages(request, list(told.values_list("id", flat=True)), per_page=VERDICTS_ON_A_PAGE)
    shown = screens.verdict_lines(told.filter(id__in=pager.page_rows))
    trail = crumbs({"label": str(TITLE), "url": reverse("people:lookalikes")}, {"label": gettext("Pairs looked at")})
    context = {"title": gettext("Pairs looked at"), "pager": pager, "verdicts": shown, "breadcrumbs": trail}
    return render(request, "people/verdicts.html", context)


@require_POST
def take_back_verdict(request: HttpRequest, row_id: UUID) -> HttpResponse:
    actions.take_back_verdict(get_object_or_404(Verdict.objects, id=row_id))
    pages.done(request, gettext("Taken back. If the two are still alike, they are shown again."))
    return redirect("people:verdicts")


# Merging -------------------------------------------------------------------------------------------------------------


def choose_other(request: HttpRequest, reference: str) -> HttpResponse:
    """For two records that no comparison finds: chosen by hand."""
    row = find_person(reference)
    form = bind(forms.OtherForm, request)
    if request.method == "POST" and form.is_valid():
        return redirect(merging(row, form.cleaned_data["other"]))
    return person_form(
        request, row, form, title=gettext("Merge with another record"), act=dict, submit=gettext("Compare")
    )


def merging(person: Person, other: Person) -> str:
    return reverse("people:merge_people", args=[person.reference, other.reference])


def merge_people(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """Both side by side, a choice for what they tell otherwise, then one."""
    person, second = find_person(reference), find_person(other)
    if person.id == second.id:
        return redirect(person)
    facts = choices_of(person, second)
    form = bind(forms.MergeForm, request, person=person, other=second, facts=facts)
    refuse_stale(form, {name: told for name, (_label, *told) in facts.items()})
    (seen,) = screens.side_by_side([Pair(person.id, second.id)])
    reviewing = REVIEWING in request.GET
    back = reverse("people:lookalikes") if reviewing else person.get_absolute_url()
    done = (
        gettext("Merged. The merge can be undone on the page of %(one)s.") % {"one": person.reference}
        if reviewing
        else gettext("Merged. What came from either is kept, and the merge can be undone on this page.")
    )
    return person_form(
        request, person, form, title=gettext("Merge two records"), template="people/merge.html",
        act=lambda _data: actions.merge_people(person, other=second, take=form.take), submit=gettext("Merge"),
        done=done, back=back, seen=seen, one=person, other=second,
        swap_url=merging(second, person) + (f"?{REVIEWING}=1" if reviewing else ""),
        consequences=[
            gettext("Everything that is kept about %(other)s is kept about %(one)s from now on.")
            % {"other": second.reference, "one": person.reference},
            gettext("The reference %(other)s leads to %(one)s.")
            % {"other": second.reference, "one": person.reference},
            gettext("What only one of the two tells is kept. The merge can be undone later."),
            *screens.merge_warnings(person, second),
        ],
    )  # fmt: skip


def choices_of(person: Person, other: Person) -> dict[str, tuple[Any, str, str]]:
    """{fact: its label, and what each says in words}; the name shown first is asked for when both have one."""
    found: dict[str, tuple[Any, str, str]] = {}
    mine, theirs = actions.shown_first(person), actions.shown_first(other)
    if mine is not None and theirs is not None and mine.parts != theirs.parts:
        found[actions.NAME] = (gettext("Name shown first"), mine.whole, theirs.whole)
    for name in actions.differing(person, other):
        label = person._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        found[name] = (label, in_words(person, name), in_words(other, name))
    return found


def in_words(person: Person, name: str) -> str:
    value = getattr(person, name)
    if show.is_locked(value):
        return str(value)
    if name == "birth_date":
        return show.date_words(value)
    if name == "citizenships":
        return ", ".join(codes.labels("country", value))
    return str(person.get_sex_display() if name == "sex" else codes.label(name, value))


def part_people(request: HttpRequest, reference: str, row_id: UUID) -> HttpResponse:
    """Undo a merge, also long after it."""
    person = find_person(reference)
    merge = find_row(Merge, person, row_id)
    words = {"one": person.reference, "other": merge.merged.reference}
    return person_form(
        request, person, bind(Form, request), title=gettext("Take two merged records apart"),
        act=lambda _data: actions.part_people(merge), done=gettext("They are two again."), submit=gettext("Take apart"),
        template="people/confirm.html",
        consequences=[
            gettext("What came from %(other)s goes back to it, with what was added to it since.") % words,
            gettext("Everything else stays with %(one)s.") % words,
            gettext("What %(one)s took over and nobody corrected since is again what it was.") % words,
        ],
    )  # fmt: skip
