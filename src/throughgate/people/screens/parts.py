"""Panels of the other parts of a person's page: people around, papers and files, consents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists import codes
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.people.models import Consent, ConsentState, File, IdentityDocument, Person, Relationship
from throughgate.people.screens.overview import history_link, lines, risk_tag, tags, to
from throughgate.vault.compartments import Compartment

DOCUMENT_MEANS = {
    "held_by_person": "good",
    "held_by_authorities": "warn",
    "lost": "danger",
    "expired": "danger",
    "being_renewed": "progress",
}
CONSENT_MEANS = {
    ConsentState.IN_FORCE: "good",
    ConsentState.NOT_YET: "neutral",
    ConsentState.OVER: "warn",
    ConsentState.WITHDRAWN: "danger",
}


def _links(person: Person, add: str, about: str, *, may_write: bool) -> list[Action]:
    history = history_link(person, about)
    return [Action(_("Add"), to(add, person)), history] if may_write else [history]


# People around -----------------------------------------------------------------------------------------------------


def around_panel(
    person: Person, found: Iterable[Relationship], names: Mapping[UUID, str], visible: set[UUID], *, may_write: bool
) -> Panel:
    """*names* and *visible* are of the people at the other ends: those not visible are not named either."""
    items = [
        _tie_item(person, tie, _end_of(person, tie, names, visible), may_write=may_write and tie.person_id == person.id)
        for tie in sorted(found, key=lambda tie: (tie.ended is not None, tie.kind))
    ]
    note = "" if items else _("Nobody was named yet.")
    return Panel(
        _("People around"), items, _links(person, "add_relationship", "relationship", may_write=may_write), note
    )


def _end_of(person: Person, tie: Relationship, names: Mapping[UUID, str], visible: set[UUID]) -> Any:
    end = tie.other if tie.person_id == person.id else tie.person
    if end is None:
        return tie.other_name
    if end.id not in visible:
        return show.lock()
    return show.ref(end, names.get(end.id) or end.reference)


def _tie_item(person: Person, tie: Relationship, end: Any, *, may_write: bool) -> Item:
    ended = ""
    if tie.ended is not None:
        ended = show.tag(gettext("ended %(date)s") % {"date": show.date_words(tie.ended, style="short")})
    value = lines(end, tags(risk_tag(tie.risk), ended), tie.note or "")
    actions = []
    if may_write:
        actions.append(Action(_("Correct"), to("amend_relationship", person, tie.id)))
        if tie.ended is None:
            actions.append(Action(_("End"), to("end_relationship", person, tie.id)))
    return Item(tie.words_from(person), value, actions=actions)


# Papers and files ----------------------------------------------------------------------------------------------------


def documents_panel(
    person: Person, documents: Sequence[IdentityDocument], today: datetime.date, *, may_write: bool
) -> Panel:
    items = [_document_item(person, one, today, may_write=may_write) for one in documents]
    note = "" if items else _("No document is known. Whether there is a passport is the first thing to ask.")
    links = _links(person, "add_document", "identitydocument", may_write=may_write)
    return Panel(_("Documents"), items, links, note)


def _document_item(person: Person, one: IdentityDocument, today: datetime.date, *, may_write: bool) -> Item:
    words: Any = one
    value = lines(
        one.number,
        tags(show.tag(words.state_words, DOCUMENT_MEANS.get(one.state, "neutral")), expiry_tag(one, today)),
        words.missing_reason_words,
        words.country_words,
        gettext("Issued: %(date)s") % {"date": show.date_words(one.issued)} if one.issued else "",
        gettext("Valid until: %(date)s") % {"date": show.date_words(one.expires)} if one.expires else "",
    )
    actions = [Action(_("Correct"), to("amend_document", person, one.id))] if may_write else []
    return Item(one.get_kind_display(), value, actions=actions)


def expiry_tag(one: IdentityDocument, today: datetime.date) -> SafeString | str:
    if one.expired(today):
        return show.tag(gettext("not valid any more"), "danger")
    return show.tag(gettext("soon not valid"), "warn") if one.expires_soon(today) else ""


def files_panel(person: Person, files: Iterable[File], *, may_write: bool) -> Panel:
    """*files* come with `uploaded_by`."""
    links = _links(person, "add_file", "file", may_write=may_write)
    if may_write:
        photo = _("Change the photograph") if person.photo_id else _("Add a photograph")
        links.insert(1, Action(photo, to("set_photo", person)))
    items = [_file_item(person, one, may_write=may_write) for one in files]
    return Panel(_("Files"), items, links, note="" if items else _("No files yet."))


def _file_item(person: Person, one: File, *, may_write: bool) -> Item:
    closed = show.is_locked(one.file_name)
    shown = one.title or one.file_name
    link = show.lock() if closed else _download(to("file", person, one.id), shown)
    traces = "" if one.stripped else show.tag(gettext("may name its author"), "warn")
    value = lines(
        link,
        tags(show.tag(Compartment(one.compartment).label), traces),
        gettext("%(kind)s, %(size)s, added by %(who)s") % {
            "kind": one.content_kind.upper(),
            "size": filesizeformat(one.size),
            "who": one.uploaded_by or gettext("the system"),
        },
        show.moment(one.created_at),
    )  # fmt: skip
    actions = []
    if may_write and not closed:
        actions = [
            Action(_("Correct"), to("amend_file", person, one.id)),
            Action(_("Destroy"), to("destroy_file", person, one.id)),
        ]
    return Item(one.get_kind_display(), value, actions=actions)


def _download(url: str, words: Any) -> SafeString:
    return format_html('<a class="govuk-link" href="{}" download>{}</a>', url, words)


# Consents ------------------------------------------------------------------------------------------------------------


def consents_panel(person: Person, consents: Iterable[Consent], today: datetime.date, *, may_write: bool) -> Panel:
    items = [_consent_item(person, one, today, may_write=may_write) for one in consents]
    note = "" if items else _("Nothing was agreed yet. Nothing may leave this organisation without a consent.")
    return Panel(_("Consents"), items, _links(person, "add_consent", "consent", may_write=may_write), note)


def _consent_item(person: Person, one: Consent, today: datetime.date, *, may_write: bool) -> Item:
    state, words = one.state(today), _consent_words(one)
    value = lines(show.tag(state.label, CONSENT_MEANS[state]), *words)
    actions = []
    if may_write and state != ConsentState.WITHDRAWN:
        actions = [
            Action(_("Correct"), to("amend_consent", person, one.id)),
            Action(_("Withdraw"), to("withdraw_consent", person, one.id)),
        ]
    return Item(codes.label("consent_purpose", one.purpose), value, actions=actions)


def _consent_words(one: Consent) -> list[Any]:
    covers = ", ".join(str(Compartment(code).label) for code in one.compartments)
    given = gettext("Given %(how)s: %(date)s") % {"how": one.get_how_display(), "date": show.date_words(one.given)}
    until = gettext("Until: %(date)s") % {"date": show.date_words(one.until)} if one.until else ""
    withdrawn = ""
    if one.withdrawn is not None:
        withdrawn = gettext("Withdrawn: %(date)s") % {"date": show.date_words(one.withdrawn)}
    because = codes.label("consent_withdrawal_reason", one.withdrawal_reason)
    return [
        gettext("Covers: %(sections)s") % {"sections": covers} if covers else "",
        gettext("For: %(who)s") % {"who": one.recipients} if one.recipients else "",
        given,
        until,
        ". ".join(filter(None, [withdrawn, because])),
    ]
