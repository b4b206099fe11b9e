"""The web server: waitress, behind functions small enough to replace it."""

from __future__ import annotations

import errno
import signal
import socket
import sys
from types import FrameType

from django.conf import settings
from waitress.server import create_server

from throughgate.site.trouble import Trouble

DEFAULT_PORT = 8420
TRIES = 50


def listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens on exactly ``port``, or on the first free one from 8420 where it is ``None``.

    Raises:
        Trouble: the port is taken, or the machine has no such address.
    """
    for candidate in (port,) if port else range(DEFAULT_PORT, DEFAULT_PORT + TRIES):
        try:
            return socket.create_server((host, candidate), family=_family(host), backlog=256)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise Trouble(f"Cannot listen on {host}: {error.strerror}.") from None
    raise Trouble(f"Port {port or DEFAULT_PORT} of {host} is taken. Name another in THROUGHGATE_PORT.")


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def address(listener: socket.socket) -> str:
    """The address a browser on this machine opens."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (listened on, by the operator's choice)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(listener: socket.socket) -> int:
    """Answer requests until told to stop."""
    from throughgate.site.wsgi import application  # noqa: PLC0415 (loads the routes in the process that needs them)

    chosen = settings.THROUGHGATE
    largest = (chosen.upload_max_mb + 1) * 1024 * 1024
    web = create_server(
        application,
        sockets=[listener],
        threads=chosen.threads,
        ident="",
        url_scheme="https" if chosen.origin.startswith("https") else "http",
        max_request_body_size=largest,
        # Past these sizes waitress would put what it reads and writes into temporary files, unsealed.
        inbuf_overflow=largest + 1,
        outbuf_overflow=1024 * 1024 * 1024,
        **_proxy(chosen.origin),
    )
    signal.signal(signal.SIGTERM, _leave)
    web.run()
    return 0


def _proxy(origin: str) -> dict[str, object]:
    """With an origin of its own there is a proxy on this machine in front; its word on the scheme is taken."""
    if not origin:
        return {}
    return {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-for"}}


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
