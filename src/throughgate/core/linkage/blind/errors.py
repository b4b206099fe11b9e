"""Why a step of a blind round cannot be taken."""

from throughgate.core.linkage.errors import LinkageError


class BlindError(LinkageError):
    """The text is one sentence for the person who asked; nothing was written."""
