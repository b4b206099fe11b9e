"""Modes, rings and recovery, as panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from throughgate.access.acting import MemberActor
from throughgate.access.models import Membership, Mode, Organisation
from throughgate.access.rights import Right, role_table
from throughgate.access.screens.fragments import Fragment
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.vault.compartments import Compartment
from throughgate.vault.unlocking import RecoveryState, RingState, compartments_held, recovery_state, ring_states

MODE_MEANS = {Mode.NORMAL: "good", Mode.READ_ONLY: "warn", Mode.CLOSED: "danger"}


@dataclass(frozen=True)
class Holders:
    """One compartment and the members who hold its keys, by name."""

    compartment: str
    label: Any
    names: list[str]
    ring: RingState | None = None


def who_can_open(organisation_id: UUID) -> list[Holders]:
    """Per compartment, the members that hold its ring now. Three queries."""
    current = Membership.objects.filter(organisation_id=organisation_id, ended_at=None).select_related("member")
    names = {row.member_id: row.member.display_name for row in current.order_by("member__display_name")}
    held = compartments_held(names, organisation_id)
    rings = ring_states(organisation_id)
    return [
        Holders(
            one.value,
            one.label,
            [name for member, name in names.items() if one.value in held[member]],
            rings.get(one.value),
        )
        for one in Compartment
    ]


def who_can_open_panel(organisation_id: UUID) -> Panel:
    """The same as a panel for a person's page."""
    rows = [Item(one.label, one.names or _("nobody")) for one in who_can_open(organisation_id)]
    return Panel(_("Who can open"), rows, note=_("Members of your organisation who hold the keys of each compartment."))


def rings_panel(actor: MemberActor) -> Fragment:
    rings = who_can_open(actor.organisation_id)
    context = {"rings": rings, "may_rotate": actor.has(Right.KEYS_ROTATE)}
    return Fragment("access/rings.html", context)


def mode_panel(organisation: Organisation, *, may_change: bool) -> Panel:
    tag = show.tag(Mode(organisation.mode).label, MODE_MEANS[Mode(organisation.mode)])
    change = [Action(_("Change mode"), reverse("access:change_mode"))] if may_change else []
    return Panel(_("Mode of the organisation"), [Item(_("Mode"), tag, actions=change)])


def recovery_panel(actor: MemberActor) -> Panel:
    """Whether shares exist, and what this member can do with them: only who holds every ring makes new ones."""
    state: RecoveryState | None = recovery_state(actor.organisation_id)
    holds_all = role_table().compartments_of(actor.membership.roles) >= set(Compartment.values)
    made = [Item(_("Shares"), _("none were made: if everybody loses their passphrase, nothing can be opened"))]
    actions = [Action(_("Make new recovery shares"), reverse("access:make_shares"))] if holds_all else []
    if state is not None:
        words = _("%(needed)s of %(total)s open everything") % {"needed": state.needed, "total": state.total}
        made = [Item(_("Shares"), words), Item(_("Made on"), state.made_at, as_=show.day)]
        actions.insert(0, Action(_("Use recovery shares"), reverse("access:use_shares")))
    note = _("Shares are sheets of paper for trustees. Enough of them together open all keys of the organisation.")
    return Panel(_("Recovery"), made, actions, note)
