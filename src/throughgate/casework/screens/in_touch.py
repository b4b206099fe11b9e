"""What contacts, follow-ups and outcomes add to the page of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import current_actor
from throughgate.casework.forms.contacts import NO_HOUR
from throughgate.casework.models import Contact, FollowUp, Outcome
from throughgate.casework.rights import Right
from throughgate.casework.screens.columns import offset_words
from throughgate.casework.screens.outcomes import point_words
from throughgate.codelists import codes
from throughgate.kit import show
from throughgate.people import screens as people
from throughgate.people.models import Person


def join_people() -> None:
    """Called once, when everything is loaded."""
    people.TABS.append(people.Tab("casework:contacts", _("Contacts"), Right.VIEW, 44))
    people.TABS.append(people.Tab("casework:outcomes", _("Outcomes"), Right.VIEW, 48))
    people.TIMELINE.append(timeline)
    people.TIMELINE_KINDS.update({"contacts": _("Contacts"), "follow_ups": _("Follow-ups"), "outcomes": _("Outcomes")})


def timeline(person: Person) -> Iterable[people.Entry]:
    """Three queries. What was said stays on the tab."""
    if not current_actor().has(Right.VIEW):
        return
    yield from _contacts(person)
    yield from _follow_ups(person)
    yield from _outcomes(person)


def _contacts(person: Person) -> Iterable[people.Entry]:
    url = reverse("casework:contacts", args=[person.reference])
    for row in Contact.objects.about(person).select_related("by").defer("note"):
        local = timezone.localtime(row.at)
        title = codes.label("contact_channel", row.channel)
        if row.consultation:
            about = codes.label("pathway", row.consultation)
            title = gettext("Consultation: %(on)s") % {"on": about}
        tag = "" if row.happened else show.tag(gettext("nobody answered"), "warn")
        when = local.date() if local.time() == NO_HOUR else row.at
        yield people.Entry(
            when, title, by=row.by or "", text=row.get_direction_display(), url=url, tag=tag, kind="contacts"
        )


def _follow_ups(person: Person) -> Iterable[people.Entry]:
    url = reverse("casework:contacts", args=[person.reference])
    missed = FollowUp.objects.about(person).filter(state=FollowUp.State.MISSED).exclude(done_on=None).defer("note")
    for row in missed:
        title = gettext("The follow-up did not happen: %(when)s") % {"when": offset_words(row.offset_days)}
        text = f"{row.get_why_display()}: {codes.label(row.why, row.reason)}"
        yield people.Entry(row.done_on, title, text=text, url=url, kind="follow_ups")


def _outcomes(person: Person) -> Iterable[people.Entry]:
    """One line for each day on which a point was asked about."""
    url = reverse("casework:outcomes", args=[person.reference])
    asked = Counter(Outcome.objects.about(person).values_list("measured_on", "point"))
    for (day, point), count in asked.items():
        title = gettext("Outcomes: %(point)s") % {"point": point_words(point)}
        text = ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count}
        yield people.Entry(day, title, text=text, url=url, kind="outcomes")
