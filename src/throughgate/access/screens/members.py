"""Who works here, what they may open, what they wait for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.access import log
from throughgate.access.acting import current_actor
from throughgate.access.models import Invitation, Membership
from throughgate.access.rights import role_table
from throughgate.core.vocab import vocabulary
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.kit.tables import Day, Empty, ExportNote, Link, Table, Tag, Text
from throughgate.vault.compartments import Compartment
from throughgate.vault.unlocking import compartments_held

KEYS = {
    "all": _("has all keys"),
    "some": _("waits for some keys"),
    "waits": _("waits for keys"),
    "none": _("needs no keys"),
}
KEYS_MEAN = {"all": "good", "some": "warn", "waits": "warn"}
FACTOR = {True: pgettext_lazy("second factor", "on"), False: pgettext_lazy("second factor", "off")}


def roles_words(roles: Iterable[str]) -> str:
    """The roles in the words of the field."""
    words, language = vocabulary("member_role"), get_language() or "en"
    return ", ".join(words.label(role, language) for role in roles)


def keys_words(state: str) -> SafeString:
    return show.tag(KEYS[state], KEYS_MEAN.get(state, "neutral"))


def weigh_keys(rows: Sequence[Membership]) -> None:
    """Say of each row (`keys`) whether the member holds what the roles give. One query."""
    if not rows:
        return
    held = compartments_held([row.member_id for row in rows], rows[0].organisation_id)
    table = role_table()
    for row in rows:
        wanted, has = table.compartments_of(row.roles), held[row.member_id]
        state = "none" if not wanted else "all" if wanted <= has else "some" if wanted & has else "waits"
        row.keys, row.held = state, sorted(has)  # type: ignore[attr-defined]  # for the page alone


def exported(given: ExportNote) -> None:
    """Every export is an entry."""
    log.append(current_actor(), f"exported.{given.table}", details={"as": given.kind, "rows": given.count})


class MembersTable(Table):
    name = "members"
    title = _("Members")
    columns = (
        Link(
            "name", _("Name"), "member.display_name", sort="member__display_name", select=["member"],
            url=lambda row: reverse("access:member", args=[row.id]),
        ),
        Text("roles", _("Roles"), lambda row: roles_words(row.roles)),
        Tag("keys", _("Keys"), words=KEYS, meanings=KEYS_MEAN),
        Tag(
            "second_factor", _("Second factor"), lambda row: row.member.totp_sealed is not None, words=FACTOR,
            meanings={False: "warn"},
        ),
        Day("since", _("Member since"), "created_at", sort="created_at"),
        Day("seen", _("Last here"), "member.seen_at", sort="member__seen_at"),
    )  # fmt: skip
    default_sort = "name"
    per_page = 50
    empty = Empty(_("Nobody works here yet"))

    def _slice(self, start: int, end: int) -> list[Any]:
        rows = super()._slice(start, end)
        weigh_keys(rows)
        return rows

    def _all(self) -> Any:
        return iter(self._slice(0, self.count))

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s member", "%(count)s members", self.count) % {"count": self.count}


class FormerTable(Table):
    name = "former_members"
    title = _("Former members")
    columns = (
        Link(
            "name", _("Name"), "member.display_name", sort="member__display_name", select=["member"],
            url=lambda row: reverse("access:member", args=[row.id]),
        ),
        Text("roles", _("Roles"), lambda row: roles_words(row.roles)),
        Day("since", _("Member since"), "created_at", sort="created_at"),
        Day("until", _("Until"), "ended_at", sort="ended_at"),
    )  # fmt: skip
    default_sort = "-until"
    per_page = 50
    empty = Empty(_("Nobody has left"))

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s former member", "%(count)s former members", self.count) % {"count": self.count}


def open_invitations() -> QuerySet[Invitation]:
    """Codes that were given out and still work."""
    found: QuerySet[Invitation] = Invitation.objects.filter(used_at=None, until__gt=timezone.now()).order_by("until")
    return found


def member_panels(row: Membership) -> list[Panel]:
    weigh_keys([row])
    state, held = row.keys, row.held  # type: ignore[attr-defined]  # set by weigh_keys
    wanted = [compartment for compartment in Compartment if compartment in role_table().compartments_of(row.roles)]
    facts = [
        Item(_("Roles"), roles_words(row.roles)),
        Item(_("Member since"), row.created_at, as_=show.day),
        Item(_("Until"), row.ended_at, as_=show.day, hide_empty=True),
        Item(_("Last here"), row.member.seen_at),
        Item(_("Second factor"), FACTOR[row.member.totp_sealed is not None]),
    ]
    keys = [Item(_("State"), keys_words(state))]
    keys += [Item(one.label, _("holds the keys") if one in held else pgettext_lazy("keys", "waits")) for one in wanted]
    panels = [Panel(_("Member"), facts)]
    if row.ended_at is None:
        panels.append(Panel(_("Keys"), keys, note=_("A colleague who holds the same keys can give them.")))
    return panels


def member_actions(row: Membership, *, may_manage: bool, may_give: bool) -> list[Action]:
    """What can be done about a member, for whoever looks."""
    if row.ended_at is not None:
        return []
    where = [row.id]
    state = row.keys  # type: ignore[attr-defined]  # set by weigh_keys
    actions = []
    if may_give and state in ("waits", "some"):
        actions.append(Action(_("Give keys"), reverse("access:give_keys", args=where), post=True))
    if may_manage:
        actions.append(Action(_("Change roles"), reverse("access:change_roles", args=where), kind="secondary"))
    if may_give and row.member_id != current_actor().id:
        actions.append(Action(_("Let in again"), reverse("access:readmit", args=where), kind="secondary"))
    if may_manage:
        actions.append(Action(_("End membership"), reverse("access:end_membership", args=where), kind="warning"))
    return actions
