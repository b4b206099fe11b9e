"""The rights of this room, and how roles come to rights: through one table (``site/roles.py``)."""

from collections.abc import Iterable
from typing import Protocol, cast

from django.conf import settings
from django.db.models import TextChoices
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    MEMBERS_VIEW = "access.members_view", _("see who works here")
    MEMBERS_MANAGE = "access.members_manage", _("invite members, change their roles, end their access")
    KEYS_GRANT = "access.keys_grant", _("give a colleague the keys of a ring one holds")
    KEYS_ROTATE = "access.keys_rotate", _("renew the keys of a ring")
    RECOVERY = "access.recovery", _("print and use recovery shares")
    LOG_VIEW = "access.log_view", _("read the log of the organisation")
    LOCK_EVERYTHING = "access.lock_everything", _("lock everything at once")
    MODE_CHANGE = "access.mode_change", _("make the organisation read-only or close it")


class RoleTable(Protocol):
    def rights_of(self, roles: Iterable[str]) -> frozenset[str]: ...
    def compartments_of(self, roles: Iterable[str]) -> frozenset[str]: ...
    def narrowed(self, roles: Iterable[str]) -> bool: ...


def role_table() -> RoleTable:
    return cast("RoleTable", import_string(settings.ROLE_TABLE))
