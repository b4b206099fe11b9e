"""What holds for every test."""

import resource

import pytest

# A test that eats up memory fails by itself; otherwise the kernel ends its worker, and the run waits for it.
MOST_MEMORY = 8 << 30


def pytest_configure(config: pytest.Config) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
