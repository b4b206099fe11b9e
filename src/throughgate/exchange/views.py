"""Find, bind, act, redirect."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access.acts import CannotDo
from throughgate.access.models import Job
from throughgate.codelists.codes import language
from throughgate.core.lists.errors import ListError
from throughgate.exchange import actions, content, screens
from throughgate.exchange.forms import ColumnsForm, ConfirmForm, UploadForm
from throughgate.exchange.models import Decision, ImportedRow, Reading, RowMatch, State
from throughgate.kit.forms import Form, bind
from throughgate.kit.pages import form_page, progress
from throughgate.kit.panels import Action
from throughgate.kit.show import date_words
from throughgate.people import screens as people
from throughgate.people.finding import known_person

DEMO_LIST = "list-8700.csv"


def find_reading(reading_id: UUID) -> Reading:
    found: Reading = get_object_or_404(Reading.objects.select_related("by", "profile", "previous"), id=reading_id)
    return found


def title_of(reading: Reading) -> str:
    """Never the name of the file: titles stay in the browser's history."""
    return gettext("List of %(date)s") % {"date": date_words(reading.today)}


def crumbs(reading: Reading | None = None, last: Any = "") -> list[dict[str, str]]:
    found = [{"label": gettext("Import"), "url": reverse("exchange:readings")}]
    if reading is not None:
        found.append({"label": title_of(reading), "url": reading.get_absolute_url()})
    return [*found, {"label": str(last)}] if last else found


def to(name: str, reading: Reading) -> str:
    return reverse(f"exchange:{name}", args=[reading.id])


def readings(request: HttpRequest) -> HttpResponse:
    table = screens.Readings(request)
    table.feed(Reading.objects.all())
    add = [Action(gettext("Bring a list"), reverse("exchange:upload"))]
    return table.answer({"actions": add, "demo_list": demo_list()}, template="exchange/readings.html")


def demo_list() -> str:
    """Where the demo left a list to try the import on."""
    path = settings.THROUGHGATE.home / DEMO_LIST
    return str(path) if settings.DEMO and path.exists() else ""


def upload(request: HttpRequest) -> HttpResponse:
    def act(data: dict[str, Any]) -> Reading:
        file = data["file"]
        return actions.upload(file.read(), file_name=file.name or "", language=language())

    return form_page(
        request, bind(UploadForm, request), title=gettext("Bring a list"), act=act, to=lambda row: to("columns", row),
        submit=gettext("Read the file"), cancel_url=reverse("exchange:readings"), template="exchange/upload.html",
        breadcrumbs=crumbs(last=gettext("Bring a list")), demo_list=demo_list(),
    )  # fmt: skip


def columns(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    row = find_reading(reading_id)
    if row.state not in (State.READ, State.MAPPED, State.CHECKED):
        return redirect(row)
    try:
        sheet = content.open_sheet(row)
    except content.Closed:
        raise PermissionDenied from None
    except FileNotFoundError:
        raise Http404 from None
    form = bind(ColumnsForm, request, reading=row, samples=content.samples(sheet))
    proposal = content.proposed(sheet, this_year=row.today.year)

    def act(data: dict[str, Any]) -> Reading:
        return actions.start_check(actions.choose_columns(row, **data))

    return form_page(
        request, form, title=gettext("What the columns hold"), act=act, to=Reading.get_absolute_url,
        submit=gettext("Check the list"), cancel_url=reverse("exchange:readings"), template="exchange/columns.html",
        breadcrumbs=crumbs(row, gettext("Columns")), reading=row, panel=screens.facts_panel(row),
        unsure=set(proposal.unsure()), sheets=(row.about or {}).get("others", []), discard_url=to("discard", row),
    )  # fmt: skip


@require_POST
def choose_sheet(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    row = find_reading(reading_id)
    typed = request.POST.get("number", "")[:9]
    number = int(typed) if typed.isascii() and typed.isdigit() else -1
    try:
        actions.choose_sheet(row, number=number, language=language())
    except CannotDo as refusal:
        return refused(request, row, str(refusal))
    return redirect(to("columns", row))


def refused(request: HttpRequest, row: Reading, why: str) -> HttpResponse:
    context = {"title": title_of(row), "why": why, "breadcrumbs": crumbs(row), "back": row.get_absolute_url()}
    return render(request, "exchange/refused.html", context, status=422)


def reading(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """One page for one list: what it asks for or tells next."""
    row = find_reading(reading_id)
    if row.state in (State.READ, State.MAPPED):
        return redirect(to("columns", row))
    if row.is_under_way:
        return under_way(request, row)
    if row.state == State.CHECKED:
        return checked(request, row, ConfirmForm(reading=row))
    return result(request, row)


STEPS = {State.CHECKING: "check", State.RUNNING: "import", State.UNDOING: "undo"}


def under_way(request: HttpRequest, row: Reading) -> HttpResponse:
    job = Job.objects.filter(target_id=row.id).order_by("-created_at").first()
    broken = job is None or job.state in (Job.State.FAILED, Job.State.DONE)
    if broken:
        return broken_off(request, row)
    words = {
        State.CHECKING: gettext("The list is being checked. Nothing is taken over yet."),
        State.RUNNING: gettext("The list is being imported."),
        State.UNDOING: gettext("The import is being undone."),
    }
    step = words[State(row.state)]
    return progress(
        request, title=title_of(row), step=step, done=job.done, total=job.total, breadcrumbs=crumbs(last=title_of(row))
    )


def broken_off(request: HttpRequest, row: Reading) -> HttpResponse:
    """The work died half-way: it can go on or be taken back."""
    kept = ImportedRow.objects.filter(reading=row).count()
    context = {
        "title": title_of(row), "reading": row, "kept": kept, "breadcrumbs": crumbs(last=title_of(row)),
        "go_on": to({"check": "check", "import": "start", "undo": "undo"}[STEPS[State(row.state)]], row),
        "undo": to("undo", row) if row.state == State.RUNNING else "",
    }  # fmt: skip
    return render(request, "exchange/broken_off.html", context)


def checked(request: HttpRequest, row: Reading, form: Form) -> HttpResponse:
    context = {
        "title": title_of(row), "reading": row, "form": form, "stats": screens.stats_of_check(row),
        "panels": [screens.findings_panel(row), screens.facts_panel(row)], "breadcrumbs": crumbs(last=title_of(row)),
        "lost": reading_lost(row), "start_url": to("start", row), "columns_url": to("columns", row),
        "discard_url": to("discard", row), "doubts_url": to("doubts", row) if row.count("doubts") else "",
        "matches_url": to("matches", row) if row.count("alike") else "",
        "undecided": RowMatch.objects.filter(reading=row, decision="").count(),
    }  # fmt: skip
    return render(request, "exchange/checked.html", context, status=422 if form.errors else 200)


def reading_lost(row: Reading) -> str:
    if not row.shrank:
        return ""
    words = {"before": row.count("before"), "after": row.count("rows")}
    return (
        gettext("The list held %(before)s rows last time and holds %(after)s now. This may be a broken copy.") % words
    )


def result(request: HttpRequest, row: Reading) -> HttpResponse:
    undoable = row.state == State.DONE and Reading.objects.newest_of_their_list().filter(id=row.id).exists()
    context = {
        "title": title_of(row), "reading": row, "stats": screens.stats_of_result(row),
        "undone": row.state == State.UNDONE,
        "panels": [screens.findings_panel(row), screens.facts_panel(row)], "breadcrumbs": crumbs(last=title_of(row)),
        "actions": [Action(gettext("Undo the import"), to("undo", row), kind="warning")] if undoable else [],
        "kept": row.count("kept"), "kept_url": f"{to('rows', row)}?show=kept",
    }  # fmt: skip
    return render(request, "exchange/result.html", context)


@require_POST
def check(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    return begin(request, find_reading(reading_id), actions.start_check)


@require_POST
def start(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    row = find_reading(reading_id)
    form = ConfirmForm(request.POST, reading=row)
    form.full_clean()
    try:
        actions.start_import(row, although_smaller=form.cleaned_data.get("although_smaller", False))
    except CannotDo as refusal:
        if row.state != State.CHECKED:
            return refused(request, row, str(refusal))
        form.add_error("although_smaller" if "although_smaller" in form.fields else None, str(refusal))
        return checked(request, row, form)
    return redirect(row)


def undo(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    row = find_reading(reading_id)
    consequences = [
        gettext("Everybody whom this import added is removed with everything the list said of them."),
        gettext("What it added to people who were known before is removed."),
        gettext("People on whom somebody has worked since stay, and the next page says who."),
    ]
    return form_page(
        request, bind(Form, request), title=gettext("Undo the import"), act=lambda _data: actions.start_undo(row),
        to=row.get_absolute_url(), submit=gettext("Undo the import"), cancel_url=row.get_absolute_url(), danger=True,
        consequences=consequences, template="kit/page_confirm.html", breadcrumbs=crumbs(row, gettext("Undo")),
    )  # fmt: skip


def discard(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    row = find_reading(reading_id)
    return form_page(
        request, bind(Form, request), title=gettext("Destroy this upload"), act=lambda _data: actions.discard(row),
        to=reverse("exchange:readings"), done=gettext("The upload is destroyed."), submit=gettext("Destroy"),
        danger=True, cancel_url=row.get_absolute_url(), template="kit/page_confirm.html",
        breadcrumbs=crumbs(row, gettext("Destroy")),
        consequences=[gettext("The file is removed from here. Nothing of it was taken over.")], irreversible=True,
    )  # fmt: skip


def begin(request: HttpRequest, row: Reading, act: Any) -> HttpResponse:
    try:
        act(row)
    except (CannotDo, ListError) as refusal:
        return refused(request, row, str(refusal))
    return redirect(row)


def doubts(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    row = find_reading(reading_id)
    table = screens.Doubts(request)
    screens.feed_doubts(table, row)
    return table.answer({"breadcrumbs": crumbs(row, table.title)})


MATCHES_ON_A_PAGE = 10
MATCHES: dict[str, Any] = {"sure": {"sure": True}, "unsure": {"sure": False}, "open": {"decision": ""}}


def matches(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Rows beside the people they seem to be about: `?show=` sure, unsure, open; the open ones first."""
    row, asked = find_reading(reading_id), request.GET.get("show", "")
    found = RowMatch.objects.filter(reading=row, **MATCHES.get(asked, {})).order_by("decision", "-sure", "number")
    pager = people.Pages(request, list(found.values_list("id", flat=True)), per_page=MATCHES_ON_A_PAGE)
    shown = found.filter(id__in=pager.page_rows).select_related("person")
    title = gettext("Rows about people known here")
    context = {
        "title": title, "reading": row, "pager": pager, "matches": screens.matches_seen(shown),
        "sure": RowMatch.objects.filter(reading=row, sure=True, decision="").count(),
        "kinds": kinds_of_matches(asked), "accept_url": to("accept_sure_rows", row), "breadcrumbs": crumbs(row, title),
        "may_decide": row.state == State.CHECKED, "all_decided": asked == "open",
    }  # fmt: skip
    return render(request, "exchange/matches.html", context)


def kinds_of_matches(asked: str) -> list[dict[str, Any]]:
    words = {
        "": gettext("All"), "sure": gettext("Sure"), "unsure": gettext("To look at"), "open": gettext("Not decided")
    }  # fmt: skip
    return [
        {"url": f"?show={code}" if code else "?", "label": label, "current": code == asked}
        for code, label in words.items()
    ]


@require_POST
def decide_row(request: HttpRequest, reading_id: UUID, number: int) -> HttpResponse:
    row = find_reading(reading_id)
    match = get_object_or_404(RowMatch.objects.select_related("reading"), reading=row, number=number)
    decision = request.POST.get("decision", "")
    if decision in Decision.values:
        try:
            actions.decide_row(match, decision=decision)
        except CannotDo as refusal:
            return refused(request, row, str(refusal))
    return redirect(f"{to('matches', row)}?show=open")


@require_POST
def accept_sure_rows(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    row = find_reading(reading_id)
    try:
        actions.accept_sure_rows(row)
    except CannotDo as refusal:
        return refused(request, row, str(refusal))
    return redirect(to("matches", row))


SHOWN: dict[str, Any] = {
    "new": {"state": "new"},
    "known": {"state": "known"},
    "changed": {"state": "changed"},
    "doubtful": {"doubt_count__gt": 0},
    "kept": {"kept": True},
}


def rows(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Rows of one kind: `?show=` new, changed, doubtful, kept or gone."""
    row, asked = find_reading(reading_id), request.GET.get("show", "new")
    found = ImportedRow.objects.select_related("person")
    if asked == "gone":
        found = found.filter(ended_in=row, gone=True)
    else:
        found = found.filter(reading=row, **SHOWN.get(asked, SHOWN["new"]))
    table = screens.Rows(request)
    table.feed(found)
    return table.answer({"breadcrumbs": crumbs(row, table.title)})


def from_lists(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that lists say of somebody, as it stands there."""
    person = known_person(reference, erased=True)
    panels = screens.row_panels(person)
    context = people.frame(request, person, current="exchange:from_lists", title=gettext("From lists"), panels=panels)
    return render(request, "exchange/from_lists.html", context)
