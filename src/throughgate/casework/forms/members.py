"""A colleague, chosen from a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext

from throughgate.access.models import Member, Membership


def colleagues() -> list[tuple[str, str]]:
    current = Membership.objects.filter(ended_at=None).select_related("member")
    return sorted(((str(m.member_id), m.member.display_name) for m in current), key=lambda pair: pair[1])


class MemberField(forms.ChoiceField):
    """Somebody who works here now; cleans to a `Member` or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=lambda: [("", gettext("Nobody yet")), *colleagues()], **options)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return Member.objects.get(id=found) if found else None
