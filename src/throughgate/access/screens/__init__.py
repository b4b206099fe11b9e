"""Declared lists and panels of this room."""

from throughgate.access.screens.account import account_panels, sessions_table
from throughgate.access.screens.log import LogTable, opened_panel
from throughgate.access.screens.members import (
    FormerTable,
    MembersTable,
    exported,
    keys_words,
    member_panels,
    open_invitations,
    roles_words,
    weigh_keys,
)
from throughgate.access.screens.security import (
    mode_panel,
    recovery_panel,
    rings_panel,
    who_can_open,
    who_can_open_panel,
)

__all__ = [
    "FormerTable",
    "LogTable",
    "MembersTable",
    "account_panels",
    "exported",
    "keys_words",
    "member_panels",
    "mode_panel",
    "open_invitations",
    "opened_panel",
    "recovery_panel",
    "rings_panel",
    "roles_words",
    "sessions_table",
    "weigh_keys",
    "who_can_open",
    "who_can_open_panel",
]
