"""What may be typed about tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughgate.casework.forms.members import MemberField
from throughgate.codelists import codes
from throughgate.kit.forms import CodeField, DayField, Form
from throughgate.people.forms import PersonField


class TaskForm(Form):
    title = forms.CharField(label=_("What is to be done"), max_length=300, help_text=_("Sealed."))
    person = PersonField(
        label=_("About whom"), required=False, help_text=_("Type a name or a reference. Leave empty if about nobody.")
    )
    due_on = DayField(label=_("Due on"), required=False)
    assignee = MemberField(label=_("Who does it"), required=False)
    urgency = CodeField(label=_("Urgency"), choices=lambda: codes.choices("urgency"), required=False)


class AmendTaskForm(TaskForm):
    """The person stays: what is written is sealed in that person's file."""

    person = None  # type: ignore[assignment]  # Django's way to drop a field of the parent
    reason = forms.CharField(
        label=_("Why it is changed"), max_length=500, required=False, help_text=_("Kept with what stood here.")
    )

    @staticmethod
    def initial_of(row: Any) -> dict[str, Any]:
        return {
            "title": row.title, "due_on": row.due_on, "assignee": str(row.assignee_id or ""), "urgency": row.urgency,
        }  # fmt: skip
