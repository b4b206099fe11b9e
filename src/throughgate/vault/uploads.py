"""Uploads stay in memory: nothing that was sent is ever written down before it is sealed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

# Besides the file: the other fields of the form and the lines between the parts.
REST_OF_THE_FORM = 512 * 1024


def too_large(request: HttpRequest) -> bool:
    """Whether what was sent was refused for its size, unread."""
    return bool(getattr(request, "upload_too_large", False))


class MemoryOnlyUploadHandler(MemoryFileUploadHandler):
    """Django's own leaves what is above its limit to a handler that writes; there is no such handler here.

    A request above the limit is not read at all: it counts as empty, its CSRF check fails for that reason, and
    the page of that failure says what was wrong (`kit.views.csrf_failure`).
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (Django's name)
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> Any:
        self.activated = content_length <= settings.FILE_UPLOAD_MAX_MEMORY_SIZE + REST_OF_THE_FORM
        if self.activated:
            return None
        if self.request is not None:
            self.request.upload_too_large = True  # type: ignore[attr-defined]  # read by `too_large`
        return QueryDict("", encoding=encoding), MultiValueDict()
