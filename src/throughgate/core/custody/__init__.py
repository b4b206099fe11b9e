"""Where a person stands, derived from reported events; nothing of it is ever typed in."""

from throughgate.core.custody.deriving import derive
from throughgate.core.custody.given import (
    Contradiction,
    Episode,
    Event,
    Gap,
    Kinds,
    Liberty,
    SignOfLife,
    Standing,
    Stay,
)
from throughgate.core.custody.wording import explain

__all__ = [
    "Contradiction",
    "Episode",
    "Event",
    "Gap",
    "Kinds",
    "Liberty",
    "SignOfLife",
    "Standing",
    "Stay",
    "derive",
    "explain",
]
