"""Tasks, and the lists of tasks and plan steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access.acting import current_actor
from throughgate.access.acts import amend
from throughgate.casework import actions
from throughgate.casework.forms.tasks import AmendTaskForm, TaskForm
from throughgate.casework.models import Task
from throughgate.casework.rights import Right
from throughgate.casework.screens import due
from throughgate.casework.screens.tasks import Steps, Tasks
from throughgate.casework.views.common import find_person, undo_path, way_back
from throughgate.kit import pages
from throughgate.kit.forms import bind
from throughgate.kit.panels import Action
from throughgate.people.screens import exported


def tasks(request: HttpRequest) -> HttpResponse:
    actor, whose = current_actor(), due.whose(request)
    table = Tasks(request, on_export=exported if actor.has(Right.EXPORT) else None)
    table.feed(due.tasks(whose))
    add = [Action(gettext("Add a task"), reverse("casework:add_task"))] if actor.has(Right.WORK) else []
    return table.answer({"actions": add, "whose": whose.links})


def steps(request: HttpRequest) -> HttpResponse:
    whose = due.whose(request)
    table = Steps(request, on_export=exported if current_actor().has(Right.EXPORT) else None)
    table.feed(due.steps(whose))
    return table.answer({"whose": whose.links})


def find_task(task_id: UUID) -> Task:
    found: Task = get_object_or_404(Task.objects.select_related("person"), id=task_id)
    return found


def add_task(request: HttpRequest) -> HttpResponse:
    """About nobody, about somebody found by typing, or about the person whose page asked for it."""
    reference = request.GET.get("person", "")
    person = find_person(reference) if reference else None
    initial = {"person": str(person.id) if person else "", "assignee": str(current_actor().id)}
    to = way_back(request, person.get_absolute_url() if person else reverse("casework:tasks"))
    return pages.form_page(
        request, bind(TaskForm, request, initial=initial), title=gettext("Add a task"),
        act=lambda data: actions.add_task(data.pop("title"), **data), to=to, done=gettext("The task is added."),
        cancel_url=to,
    )  # fmt: skip


def amend_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    row = find_task(task_id)
    form = bind(AmendTaskForm, request, initial=AmendTaskForm.initial_of(row))
    to = way_back(request, reverse("casework:tasks"))

    def act(data: dict[str, Any]) -> Task:
        return amend(row, reason=data.pop("reason"), **data)

    return pages.form_page(
        request, form, title=gettext("Change a task"), act=act, to=to, cancel_url=to,
        done=gettext("Changed. What stood here is kept."),
    )  # fmt: skip


@require_POST
def do_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    row = actions.do_task(find_task(task_id))
    back = way_back(request, reverse("casework:tasks"))
    pages.done(request, gettext("The task is done."), undo=undo_path("casework:undo_task", row.id, back))
    return redirect(back)


@require_POST
def undo_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    actions.undo_task(find_task(task_id))
    pages.done(request, gettext("The task is to be done again."))
    return redirect(way_back(request, reverse("casework:tasks")))
