"""Examples of the components with invented content."""

from __future__ import annotations

from typing import Any

EXAMPLES: list[Any] = []
