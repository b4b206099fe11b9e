"""Where the server listens."""

from __future__ import annotations

import socket

import pytest

from throughgate.site import server
from throughgate.site.trouble import Trouble


def test_a_port_that_was_asked_for_is_taken_or_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(Trouble, match="is taken"):
        server.listen("127.0.0.1", other.getsockname()[1])


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        monkeypatch.setattr(server, "DEFAULT_PORT", taken)

        with server.listen("127.0.0.1", None) as listener:
            assert taken < listener.getsockname()[1] < taken + server.TRIES
            assert server.address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Trouble, match="Cannot listen"):
        server.listen("192.0.2.1", 8420)
