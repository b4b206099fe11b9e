"""What holds for every test."""

import resource

import pytest
from hypothesis import settings

# The same examples every time, so that a change is judged by what it does; `make soak` looks for others.
settings.register_profile("same", derandomize=True, max_examples=50)
settings.register_profile("searching", settings.get_profile("default"), max_examples=1000)
settings.load_profile("same")

# A test that eats up memory fails by itself; otherwise the kernel ends its worker, and the run waits for it.
MOST_MEMORY = 8 << 30


def pytest_configure(config: pytest.Config) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
