"""What hatchling asks while it builds: the dependencies, and the compiled catalogues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


def requirements(folder: Path, name: str) -> list[str]:
    """The names and ranges in ``requirements/<name>.in``, without comments."""
    lines = (folder / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    named = (line.partition("#")[0].strip() for line in lines)
    return [line for line in named if line and not line.startswith("-")]


class Dependencies(MetadataHookInterface):
    """Ranges are written down once, in ``requirements/*.in``."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        root = Path(self.root)
        metadata["dependencies"] = requirements(root, "app")
        extras = ("postgres", "linkage", "spark", "estimation", "dev")
        metadata["optional-dependencies"] = {name: requirements(root, name) for name in extras}


class Catalogues(BuildHookInterface[Any]):
    """Compiles the translations, so that nobody who installs the wheel needs gettext."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in Path(self.root, "src").rglob("locale/*/LC_MESSAGES/*.po"):
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
