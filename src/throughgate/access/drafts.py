"""What somebody was writing when the session locked: sealed to them, given back after unlocking."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from throughgate.access.acting import MemberActor
from throughgate.access.models import Draft
from throughgate.vault.keyring import Keyring
from throughgate.vault.sealing import CannotOpen
from throughgate.vault.unlocking import open_sealed_to, public_key, seal_to

KEPT_FOR = timedelta(days=7)
LARGEST = 512 * 1024  # bytes of form text; files are not kept
# Typed again rather than kept.
NEVER_KEPT = re.compile(r"csrfmiddlewaretoken|(new_)?passphrase(_again)?|one_time_code|invitation_code|share_\d+")


def way_back(request: HttpRequest, actor: MemberActor) -> str:
    """Where to return to after typing the passphrase; what was being written is kept, and asked for by the address."""
    query = request.GET.copy()
    if request.method == "POST":
        query.pop("draft", None)
        kept = keep(request, actor)
        if kept is not None:
            query["draft"] = str(kept.id)
    return request.path + (f"?{query.urlencode()}" if query else "")


def keep(request: HttpRequest, actor: MemberActor) -> Draft | None:
    """Seal the form that was just sent, with the public key alone: the session is locked."""
    sent = {name: values for name, values in request.POST.lists() if not NEVER_KEPT.fullmatch(name)}
    plain = json.dumps(sent, ensure_ascii=False).encode()
    public = public_key(actor.id)
    if not sent or public is None or len(plain) > LARGEST:
        return None
    wrapped, sealed = seal_to(public, plain, b"draft" + actor.id.bytes)
    return Draft.unguarded.create(
        organisation_id=actor.organisation_id,
        member=actor.member,
        path=request.path[:500],
        key_wrapped=wrapped,
        sealed=sealed,
    )


def take(draft_id: UUID, path: str, actor: MemberActor, keyring: Keyring) -> QueryDict | None:
    """Give the form back to its writer, on its own page, and forget it."""
    row = Draft.objects.filter(id=draft_id, member=actor.member, path=path).first()
    if row is None or keyring.pair is None:
        return None
    try:
        plain = open_sealed_to(keyring.pair, bytes(row.key_wrapped), bytes(row.sealed), b"draft" + actor.id.bytes)
    except CannotOpen:
        return None
    given = QueryDict(mutable=True)
    for name, values in json.loads(plain).items():
        given.setlist(name, values)
    row.delete()
    return given


def forget_old() -> int:
    """Delete drafts past their term."""
    deleted, _by_model = Draft.unguarded.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return deleted
