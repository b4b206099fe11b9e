"""The scripts of the bench, each loaded from its file: other benches have scripts of the same names."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "estimation"


def _loaded(name: str) -> ModuleType:
    spec = spec_from_file_location(f"bench_estimation_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def kinds() -> ModuleType:
    return _loaded("kinds")


@pytest.fixture(scope="session")
def score() -> ModuleType:
    return _loaded("score")
