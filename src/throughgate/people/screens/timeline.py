"""Everything that happened to somebody and that one may see, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.core.dates import PartialDate
from throughgate.kit import show
from throughgate.people.models import Consent, ContactPoint, IdentityDocument, Person
from throughgate.people.screens.frame import TIMELINE, TIMELINE_KINDS, Entry
from throughgate.people.screens.pages import Pages

PER_PAGE = 30


class Timeline(Pages):
    """The page: `kinds` to filter by, `entries` of this page."""

    def __init__(self, request: HttpRequest, person: Person) -> None:
        found = [entry for more in TIMELINE for entry in more(person)]
        present = {entry.kind for entry in found}
        self.kind = request.GET.get("kind", "")
        self.kinds = [
            {"url": f"?kind={code}" if code else "?", "label": words, "current": code == self.kind}
            for code, words in [("", _("Everything")), *TIMELINE_KINDS.items()]
            if not code or code in present
        ]
        wanted = [entry for entry in found if not self.kind or entry.kind == self.kind]
        wanted.sort(key=_when, reverse=True)
        super().__init__(request, wanted, per_page=PER_PAGE)


def _when(entry: Entry) -> Any:
    """By day, and within a day by the hour where it is known."""
    partial = show.as_partial(entry.when)
    hour = entry.when.timestamp() if hasattr(entry.when, "timestamp") else 0.0
    return partial.latest, hour, partial


def own_entries(person: Person) -> Iterable[Entry]:
    yield Entry(person.created_at, gettext("Known to us"), kind="people")
    consents = reverse("people:consents", args=[person.reference])
    for consent in Consent.objects.about(person):
        purpose = codes.label("consent_purpose", consent.purpose)
        yield Entry(consent.given, gettext("Consent given"), text=purpose, url=consents, kind="consents")
        if consent.withdrawn is not None:
            yield Entry(consent.withdrawn, gettext("Consent withdrawn"), text=purpose, url=consents, kind="consents")
    for point in ContactPoint.objects.about(person).exclude(not_safe_since=None):
        since: PartialDate = point.not_safe_since
        tag = show.tag(point.get_not_safe_reason_display(), "danger")
        yield Entry(since, gettext("A contact is not safe"), text=point.channel_words, tag=tag, kind="people")
    for document in IdentityDocument.objects.about(person).exclude(issued=None):
        yield Entry(
            document.issued,
            gettext("Document issued"),
            text=document.get_kind_display(),
            url=reverse("people:documents", args=[person.reference]),
            kind="documents",
        )


TIMELINE.append(own_entries)
TIMELINE_KINDS.update({"people": _("About the person"), "documents": _("Documents"), "consents": _("Consents")})
