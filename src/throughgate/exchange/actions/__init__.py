"""Verbs of this room, in the order in which a list goes through them."""

from throughgate.exchange.actions.checking import keep_check, start_check
from throughgate.exchange.actions.importing import finish_import, import_rows, start_import
from throughgate.exchange.actions.matching import accept_sure_rows, decide_row, decided_people
from throughgate.exchange.actions.parting import made_by
from throughgate.exchange.actions.undoing import finish_undo, start_undo, undo_rows
from throughgate.exchange.actions.uploading import (
    NotTaken,
    choose_columns,
    choose_sheet,
    discard,
    forget_profile,
    upload,
)

__all__ = [
    "NotTaken",
    "accept_sure_rows",
    "choose_columns",
    "choose_sheet",
    "decide_row",
    "decided_people",
    "discard",
    "finish_import",
    "finish_undo",
    "forget_profile",
    "import_rows",
    "keep_check",
    "made_by",
    "start_check",
    "start_import",
    "start_undo",
    "undo_rows",
    "upload",
]
