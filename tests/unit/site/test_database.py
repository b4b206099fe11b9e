"""From an address to Django's settings."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from throughgate.site import database


def test_an_address_is_taken_apart() -> None:
    made = database.postgres("postgres://us%40er:pa%3Ass@db.example.org:5433/gate?sslmode=verify-full")

    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"], made["NAME"]) == (
        "us@er",
        "pa:ss",
        "db.example.org",
        "5433",
        "gate",
    )
    assert made["OPTIONS"]["sslmode"] == "verify-full"


def test_a_folder_as_host_means_a_local_socket() -> None:
    assert database.postgres("postgresql:///gate?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("url", ["mysql://host/name", "postgres://host/", "gate"])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        database.postgres(url)
