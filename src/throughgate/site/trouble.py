"""What an operator can mend."""


class Trouble(Exception):
    """A command cannot go on; the text says why and what to do, without a traceback."""
