"""Who may know whom."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import models

from tests.house.sources import PACKAGE, ROOT, floor_of, templates

OURS = [model for model in apps.get_models() if model.__module__.startswith("throughgate.")]
USES = re.compile(r"{%-?\s*(?:include|extends)\s+\"([a-z_]+)/")


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_imports_go_down_the_floors() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_foreign_key_points_to_the_same_room_or_down(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        target = field.related_model
        if field.auto_created or not isinstance(target, type) or not target.__module__.startswith("throughgate."):
            continue
        here, there = room_of(model), room_of(target)
        assert here == there or floor_of(there) > floor_of(here), f"{field.name} points to {there}"


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_uses_those_of_its_own_room_or_of_one_below(path: object) -> None:
    here = path.relative_to(PACKAGE).parts[0]  # type: ignore[attr-defined]
    for there in USES.findall(path.read_text(encoding="utf-8")):  # type: ignore[attr-defined]
        # The pages of access are made with the kit (see the contract "floors" in pyproject.toml).
        assert here == there or (here, there) == ("access", "kit") or floor_of(there) > floor_of(here)
