"""Why a number cannot be estimated. The text of each is one sentence that says what is wrong, and where."""


class EstimationError(ValueError):
    """The input or the settings allow no answer, or an estimate does not exist for this table."""


class MissingEngine(EstimationError):
    """A library of the `estimation` extra is not installed."""

    def __init__(self) -> None:
        super().__init__(
            'Estimating needs libraries that are not installed. Run: pip install "throughgate[estimation]"'
        )
