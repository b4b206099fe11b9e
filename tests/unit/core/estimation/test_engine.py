"""What is compiled is loaded late, and works where nothing can be kept."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import throughgate
from throughgate.core.estimation import engine
from throughgate.core.estimation.errors import MissingEngine

SLOW = ("numba", "scipy.special", "scipy.optimize", "scipy.stats", "scipy.linalg")


def test_what_is_slow_to_import_waits_until_something_is_computed() -> None:
    code = f"import sys, throughgate.core.estimation.assess; print(set(sys.modules) & set({SLOW}))"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said.strip() == "set()"


def test_a_part_that_cannot_be_imported_is_told_with_the_way_to_install_it() -> None:
    with pytest.raises(MissingEngine, match="pip install"):
        engine.kernels("none")


@pytest.mark.soak
def test_where_nothing_may_be_written_it_is_compiled_anew(tmp_path: Path) -> None:
    """A folder cannot be made below a file, whoever asks: so nothing is kept there."""
    package = tmp_path / "throughgate"
    shutil.copytree(Path(throughgate.__path__[0]), package, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in package.glob("core/estimation/*/"):
        (folder / "__pycache__").write_text("no folder")
    nowhere = str(package / "__init__.py" / "below")
    code = "from throughgate.core.estimation.engine import kernels; print(kernels('loglinear').__file__)"
    places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR"), nowhere)
    env = os.environ | {"PYTHONPATH": str(tmp_path)} | places
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env)
    assert done.stdout.strip() == str(package / "core" / "estimation" / "loglinear" / "kernels.py")
