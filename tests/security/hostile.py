"""What attackers type, and forms filled with it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.security.pages import FormSeen
from throughgate.access import sessions

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
# A lone surrogate cannot be sent by Django's client; its bytes are put into what is sent.
SURROGATE = "LONE-SURROGATE"
HOSTILE = (
    "\0", "Узор\0аў", "9" * 5000, "-1", "-" + "9" * 30, "²", "٣", "1e400", "NaN", "0000-00-00", "9999-12-31",
    "\u202eяруб\u202c\u200f\u2066", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿", SCRIPT, "'; DROP TABLE people_person; --",
    "{{ 7 }}{% debug %}%(x)s%s%n", "=1+1", "../../../etc/passwd", "a\r\nX-Sent: yes",
    "я" * 100_000, SURROGATE, "[]", "null", "342:", ":", "  ",
    "Infinity", "31", "00000000-0000-0000-0000-000000000000", "\ufeff", "ß" * 300, "12:99", "0",
)  # fmt: skip


def payload(number: int, turn: int) -> str:
    return HOSTILE[(number * 7 + turn * 5) % len(HOSTILE)]


def everywhere(form: FormSeen, turn: int) -> dict[str, Any]:
    """Another payload in each box; at every turn another."""
    sent: dict[str, Any] = {}
    for number, (name, box) in enumerate(form.boxes.items()):
        found = payload(number, turn)
        if box.kind == "file":
            found = found[:200].replace("\r\n", "") or "x"
            sent[name] = SimpleUploadedFile(found, SCRIPT.encode())
        elif name != "csrfmiddlewaretoken":
            sent[name] = found
    return sent


def in_texts(form: FormSeen, turn: int) -> dict[str, Any]:
    """A form that is right but for its texts."""
    texts = {box.name: number for number, box in enumerate(form.texts)}
    return form.answers(lambda name: payload(texts[name], turn) if name in texts else "Узор")


def send(browser: Any, address: str, sent: dict[str, Any]) -> Any:
    body = encode_multipart(BOUNDARY, sent).replace(SURROGATE.encode(), b"\xed\xa0\x80")
    return browser.generic("POST", address, body, MULTIPART_CONTENT)


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside never did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    sessions.reread()  # keys of rings that never were
