"""Why lists cannot be linked. The text of each is one sentence for the person who asked; nothing was written."""


class LinkageError(Exception):
    """Lists cannot be linked as asked."""


class MissingEngine(LinkageError):
    """A library of the `linkage` extra is not installed."""

    def __init__(self) -> None:
        super().__init__('Linking needs libraries that are not installed. Run: pip install "throughgate[linkage]"')


class MissingSpark(LinkageError):
    """PySpark is not installed, or no Java that it can start."""

    def __init__(self) -> None:
        super().__init__(
            'Linking with Spark needs Java 17 or newer, and PySpark. Run: pip install "throughgate[linkage,spark]"'
        )
