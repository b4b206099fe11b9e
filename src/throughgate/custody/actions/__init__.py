"""Verbs of this room, by what they are about."""

from throughgate.custody.actions.dates import (
    compute_release_date,
    give_back_release_date,
    tell_release_date,
    withdraw_release_date,
)
from throughgate.custody.actions.events import (
    amend_event,
    give_back_event,
    prefer_event,
    record_event,
    record_sign_of_life,
    supersede_event,
    withdraw_event,
)
from throughgate.custody.actions.facilities import add_facility, load_facilities
from throughgate.custody.actions.sentences import (
    add_charge,
    add_credit,
    add_extension,
    add_hearing,
    add_reduction,
    add_sentence,
    amend_sentence,
    set_aside_sentence,
)
from throughgate.custody.actions.standing import (
    differing,
    forget_standing,
    merged,
    restate,
    restate_all,
    restate_due,
    state_new,
)
from throughgate.custody.actions.status import assess_status

__all__ = [
    "add_charge",
    "add_credit",
    "add_extension",
    "add_facility",
    "add_hearing",
    "add_reduction",
    "add_sentence",
    "amend_event",
    "amend_sentence",
    "assess_status",
    "compute_release_date",
    "differing",
    "forget_standing",
    "give_back_event",
    "give_back_release_date",
    "load_facilities",
    "merged",
    "prefer_event",
    "record_event",
    "record_sign_of_life",
    "restate",
    "restate_all",
    "restate_due",
    "set_aside_sentence",
    "state_new",
    "supersede_event",
    "tell_release_date",
    "withdraw_event",
    "withdraw_release_date",
]
