"""What may not stand in any file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.sources import PACKAGE, ROOT, project, texts
from throughgate.site.catalogues import catalogues

# Put together here, so that this file does not hold them.
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "index" + "-url")


def test_no_file_names_a_package_registry() -> None:
    assert [(name, host) for name, text in texts() for host in REGISTRIES if host in text] == []


@pytest.mark.parametrize("folder", [ROOT, ROOT.parent, Path.home()], ids=["clone", "parent", "home"])
def test_no_file_holds_a_path_of_this_machine(folder: Path) -> None:
    path = re.compile(rf"(?<![\w.-]){re.escape(str(folder))}/")
    if len(folder.parts) < 2 or folder == Path("/tmp"):
        pytest.fail("run the tests from a folder of its own")

    assert [name for name, text in texts() if path.search(text)] == []


def test_compiled_catalogues_are_not_kept() -> None:
    assert [name for name, _ in texts() if name.endswith(".mo")] == []


def test_every_catalogue_belongs_to_an_app() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0] for path in catalogues()}

    assert rooms <= {name.removeprefix("throughgate.") for name in settings.INSTALLED_APPS}


def test_the_version_is_the_first_heading_of_the_changelog() -> None:
    pattern = project()["tool"]["hatch"]["version"]["pattern"]  # type: ignore[index]
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## "]

    assert re.match(pattern, headings[0])


@pytest.mark.parametrize("name", ["app", "postgres", "dev"])
def test_every_requirement_is_locked_with_its_hash(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", lock).strip())

    assert [
        line for line in pinned if not re.match(r"[\w.-]+(\[[\w,]+\])?==\S+( ;.*)? \\\n\s+--hash=sha256:", line)
    ] == []


def test_the_locks_agree_with_each_other() -> None:
    pins = {
        name: dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", (ROOT / "requirements" / f"{name}.txt").read_text()))
        for name in ("app", "postgres", "dev")
    }

    for name in ("app", "postgres"):
        assert pins[name].items() <= pins["dev"].items()
