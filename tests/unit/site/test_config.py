"""The table of settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from throughgate.site import config
from throughgate.site.config import ConfigError


def test_without_any_variable_everything_has_a_default() -> None:
    chosen = config.load({"HOME": "/home/nobody"})

    assert chosen.home == Path("/home/nobody/.local/share/throughgate")
    assert chosen.embedded
    assert chosen.port is None


def test_the_data_folder_of_the_desktop_is_respected() -> None:
    assert config.load({"HOME": "/h", "XDG_DATA_HOME": "/data"}).home == Path("/data/throughgate")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("THROUGHGATE_PORT", "0"),
        ("THROUGHGATE_PORT", "70000"),
        ("THROUGHGATE_PORT", "eighty"),
        ("THROUGHGATE_LANGUAGE", "pl"),
        ("THROUGHGATE_ORIGIN", "case.example.org"),
        ("THROUGHGATE_ORIGIN", "https://case.example.org/"),
        ("THROUGHGATE_VOLUME_ENCRYPTED", "maybe"),
        ("THROUGHGATE_THREADS", "-4"),
    ],
)
def test_a_value_of_another_kind_is_named(name: str, text: str) -> None:
    with pytest.raises(ConfigError, match=name):
        config.load({name: text})


def test_an_unknown_name_stops_the_start() -> None:
    with pytest.raises(ConfigError, match="THROUGHGATE_HOMME is not a setting"):
        config.load({"THROUGHGATE_HOMME": "/x"})


def test_an_empty_variable_counts_as_not_set() -> None:
    assert config.load({"THROUGHGATE_PORT": ""}).port is None


def test_values_get_their_types() -> None:
    chosen = config.load({"THROUGHGATE_PORT": "9000", "THROUGHGATE_VOLUME_ENCRYPTED": "yes", "THROUGHGATE_HOME": "/x"})

    assert (chosen.port, chosen.volume_encrypted, chosen.database_file) == (9000, True, Path("/x/throughgate.db"))
