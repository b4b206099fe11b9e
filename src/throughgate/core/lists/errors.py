"""Why a file could not be read as a list. Nothing has been changed when one of these is raised."""

from collections.abc import Mapping

from throughgate.core.lists.messages import Message, Params


class ListError(Exception):
    """A file that is not taken. `code` and `params` are stable; `text(language)` words them.

    The English text never repeats what stands in the file, so that it may go to a log.
    """

    code = "unreadable"

    def __init__(self, **params: str | float) -> None:
        self.params: Params = params
        super().__init__(self.text())

    @property
    def message(self) -> Message:
        return Message(self.code, self.params)

    def text(self, language: str = "en") -> str:
        """The reason and what to do about it, in en, be or ru."""
        return self.message.text(language)


class UnreadableFile(ListError):
    """Broken, cut off, or damaged on the way."""


class EmptyList(ListError):
    """No bytes, or no row below the headings."""

    code = "empty"


class WrongExtension(ListError):
    """The content is one thing and the name says another. Params: extension, found."""

    code = "wrong_extension"


class NotAList(ListError):
    """A document, a picture, an archive, a program: no table. Params: found."""

    code = "not_a_list"


class NotText(ListError):
    """Neither a known format nor text."""

    code = "not_text"


class WebPage(ListError):
    """A web page or an XML page, often called .xls by the site that made it."""

    code = "web_page"


class OldFormat(ListError):
    """A table in a format that is no longer read. Params: found."""

    code = "old_format"


class PasswordProtected(ListError):
    """Encrypted by the program that wrote it."""

    code = "password"


class TooBig(ListError):
    """More bytes than allowed. Params: limit_mib."""

    code = "too_big"


class ZipBomb(ListError):
    """Small outside, huge inside. Params: limit_mib."""

    code = "zip_bomb"


class TooManyRows(ListError):
    """Params: limit."""

    code = "too_many_rows"


class TooManyColumns(ListError):
    """Params: limit, row."""

    code = "too_many_columns"


class CellTooLong(ListError):
    """Params: limit, row."""

    code = "cell_too_long"


class UnclosedQuote(ListError):
    """A quotation mark opens a text that never ends. Params: row."""

    code = "unclosed_quote"


class TooDemanding(ListError):
    """Reading it took more memory or time than a list may need."""

    code = "too_demanding"


class NoSuchSheet(ListError):
    """The workbook has no sheet of the name asked for. Params: sheet."""

    code = "no_such_sheet"


class NotStrippable(ListError):
    """A kind of file whose traces we cannot remove (PDF, DOC, video, old pictures)."""

    code = "not_strippable"


def by_code(code: str, params: Mapping[str, str | int | float]) -> ListError:
    """The error that another process told by its code; UnreadableFile for a code unknown here."""
    for kind in ListError.__subclasses__():
        if kind.code == code:
            return kind(**params)
    return UnreadableFile()
