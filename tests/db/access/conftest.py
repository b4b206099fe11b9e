import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """What is looked at outside of a request speaks English too."""
    with translation.override("en"):
        yield
