"""One's own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.access import sessions
from throughgate.access.acting import MemberActor
from throughgate.access.models import RecoveryCode
from throughgate.access.rights import role_table
from throughgate.access.screens.members import FACTOR, keys_words, roles_words, weigh_keys
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.vault import sealing
from throughgate.vault.compartments import Compartment


def account_panels(actor: MemberActor) -> list[Panel]:
    member = actor.member
    weigh_keys([actor.membership])
    state, held = actor.membership.keys, actor.membership.held  # type: ignore[attr-defined]  # set by weigh_keys
    left = RecoveryCode.objects.filter(member=member, used_at=None).count()
    wanted = role_table().compartments_of(actor.membership.roles)
    return [
        Panel(
            _("About you"),
            [
                Item(_("Name shown to colleagues"), member.display_name),
                Item(_("Sign-in name"), member.sign_in_name),
                Item(_("Roles"), roles_words(actor.membership.roles)),
                Item(_("Language"), dict(settings.LANGUAGES).get(member.language, member.language)),
            ],
            [Action(_("Change name or language"), reverse("access:change_account"))],
        ),
        Panel(
            _("Signing in"),
            [
                Item(
                    _("Passphrase"),
                    pgettext_lazy("passphrase", "set"),
                    actions=[Action(_("Change"), reverse("access:change_passphrase"))],
                ),
                Item(_("Second factor"), FACTOR[member.totp_sealed is not None], actions=[_factor_action(member)]),
                *_codes(left, on=member.totp_sealed is not None),
            ],
        ),
        Panel(
            _("Your keys"),
            [
                Item(_("State"), keys_words(state)),
                *(
                    Item(one.label, _("open to you") if one in held else pgettext_lazy("keys", "waits"))
                    for one in Compartment
                    if one in wanted
                ),
            ],
            [Action(_("Close my keys"), reverse("access:close_my_keys"))] if held else [],
        ),
    ]


def _factor_action(member: Any) -> Action:
    words = _("Use another app") if member.totp_sealed is not None else _("Set up")
    return Action(words, reverse("access:second_factor"))


def _codes(left: int, *, on: bool) -> list[Item]:
    if not on:
        return []
    words = ngettext("%(count)s left", "%(count)s left", left) % {"count": left}
    return [Item(_("Recovery codes"), words, actions=[Action(_("New codes"), reverse("access:recovery_codes"))])]


@dataclass(frozen=True)
class OpenSession:
    """One browser in which somebody is signed in; `mark` stands for its key, which is never shown."""

    mark: str
    browser: str
    began_at: datetime | None
    used_at: datetime | None
    this: bool


def session_mark(session_key: str) -> str:
    """A short name of a session that does not give it away."""
    return sealing.blind(b"session", "mark", session_key).hex()


def sessions_table(found: list[Session], this_key: str | None) -> list[OpenSession]:
    rows = []
    for session in found:
        inside = session.get_decoded()
        rows.append(
            OpenSession(
                session_mark(session.session_key),
                inside.get("browser") or gettext("unknown browser"),
                _at(inside.get("began_at")),
                _at(inside.get(sessions.USED_FIELD)),
                session.session_key == this_key,
            )
        )
    return sorted(rows, key=lambda row: (not row.this, -(row.used_at.timestamp() if row.used_at else 0)))


def moment_words(when: datetime) -> str:
    """Day and time as plain words, for a message."""
    return f"{show.date_words(when)}, {timezone.localtime(when):%H:%M}"


def _at(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
