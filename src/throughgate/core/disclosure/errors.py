class DisclosureError(ValueError):
    """A table cannot be read or must not be published; the text is one sentence that says what and where."""
