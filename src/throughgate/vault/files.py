"""Files as they are kept: one age file each, opened by a secret that lies in a sealed field of its row.

    class File(SealedFile, PersonRow):
        ...

    row = File(organisation_id=..., person=person, compartment="identity")
    row.put(data, name="passport.jpg")     # raises NotKept
    row.save(force_insert=True)
    row.content()                           # the bytes, or Locked

The plaintext is only ever in memory. What lies in the folder has a random name and says nothing but its length.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.http import HttpResponse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext_lazy as _

from throughgate.core import sealing
from throughgate.core.lists.errors import ListError
from throughgate.core.lists.limits import MIB, Limits
from throughgate.core.lists.metadata import NotStrippable, strip_metadata
from throughgate.vault.compartments import Compartment
from throughgate.vault.fields import OF_THE_ROW, Locked, SealedText
from throughgate.vault.kinds import KINDS, Kind, sniff

# Documents are unpacked in the memory of the server that everybody uses: letters and tables need no more.
UNPACKED = Limits(unpacked_bytes=128 * MIB, packing_ratio=60)

# Whatever is in it, it runs nothing, fetches nothing and belongs to no origin.
SANDBOX = "sandbox; default-src 'none'"


A_DAY = 24 * 60 * 60  # seconds


class NotKept(Exception):
    """The file is not taken. `code`: "kind", "empty", "too_large" or a code of `core.lists.errors`."""

    def __init__(self, code: str, error: ListError | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.error = error


def folder() -> Path:
    return Path(settings.THROUGHGATE.files)


def path_of(stored: UUID) -> Path:
    """Where a sealed file lies: 256 folders, so that none grows long."""
    return folder() / stored.hex[-2:] / stored.hex


def write(data: bytes) -> tuple[UUID, str]:
    """(name in the folder, secret). Complete on the disk when it returns.

    Should the transaction fail after it, nobody has the secret and `remove_strangers` takes the file away.
    """
    stored, (secret, recipient) = uuid4(), sealing.new_age_identity()
    target = path_of(stored)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix="unfinished-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            sealing.seal_stream(io.BytesIO(data), out, recipient)
            out.flush()
            os.fsync(out.fileno())
        Path(unfinished).replace(target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return stored, secret


def read(stored: UUID, secret: str) -> bytes:
    """The content; raises `CannotOpen` when the file was changed, FileNotFoundError when it is gone."""
    out = io.BytesIO()
    with path_of(stored).open("rb") as source:
        sealing.open_stream(source, out, secret)
    return out.getvalue()


def remove_after_commit(stored: Iterable[UUID]) -> None:
    """Delete sealed files once the transaction that forgets their secrets has succeeded."""
    names = list(stored)

    def remove() -> None:
        for name in names:
            path_of(name).unlink(missing_ok=True)

    transaction.on_commit(remove)


def remove_strangers() -> int:
    """Delete files that no row knows: what is left when a transaction fails after its file was written.

    Those written within the last day stay: their transaction may not be over.
    """
    found = [path for path in folder().glob("*/*") if time.time() - path.stat().st_mtime > A_DAY]
    kept = (model for model in apps.get_models() if issubclass(model, SealedFile))
    rows = (model._base_manager.values_list("stored", flat=True) for model in kept)  # noqa: SLF001 (of everybody's)
    wanted = {stored.hex for of_model in rows for stored in of_model}
    removed = [path for path in found if path.name not in wanted]
    for path in removed:
        path.unlink(missing_ok=True)
    return len(removed)


def prepare(data: bytes, name: str, *, only: Iterable[str] | None = None) -> tuple[bytes, Kind, bool]:
    """(bytes to keep, kind, whether its traces were removed); raises `NotKept`. *only*: the kinds that are taken."""
    if not data:
        raise NotKept("empty")
    if len(data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise NotKept("too_large")
    kind = sniff(data, name)
    if kind is None or (only is not None and kind.code not in only):
        raise NotKept("kind")
    try:
        return strip_metadata(data, limits=UNPACKED), kind, True
    except NotStrippable:
        return data, kind, False
    except ListError as error:
        raise NotKept(error.code, error) from error


class SealedFile(models.Model):
    """What a row needs to be a file. It must have ``sealed_subject()`` (see `vault.fields`)."""

    compartment = models.CharField(_("compartment"), max_length=16, choices=Compartment)
    stored = models.UUIDField(unique=True, editable=False)
    content_kind = models.CharField(max_length=8, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    stripped = models.BooleanField(default=False, editable=False)
    secret = SealedText(compartment=OF_THE_ROW, editable=False)
    file_name = SealedText(_("name of the file"), compartment=OF_THE_ROW, editable=False)

    class Meta:
        abstract = True

    def sealed_compartment(self) -> str:
        return self.compartment

    def put(self, data: bytes, *, name: str, only: Iterable[str] | None = None) -> None:
        """Seal and store the content; the row still has to be saved. Raises `NotKept`."""
        clean, kind, self.stripped = prepare(data, name, only=only)
        self.stored, self.secret = write(clean)
        self.content_kind, self.size = kind.code, len(clean)
        stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
        self.file_name = f"{stem[:120]}.{kind.code}"

    def content(self) -> bytes | Locked:
        secret = self.secret
        return secret if isinstance(secret, Locked) else read(self.stored, str(secret))

    @property
    def sniffed(self) -> Kind:
        return KINDS[self.content_kind]

    def as_response(self, *, name: str = "") -> HttpResponse:
        """The file as an attachment that can do nothing. Raises PermissionError when it is closed to the reader."""
        content = self.content()
        if isinstance(content, Locked):
            raise PermissionError("this file is closed to the reader")
        shown = name or str(self.file_name)
        response = HttpResponse(content, content_type=self.sniffed.mime)
        response["Content-Disposition"] = (
            f"attachment; filename=\"file.{self.content_kind}\"; filename*=UTF-8''{escape_uri_path(shown)}"
        )
        response["Content-Security-Policy"] = SANDBOX
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
