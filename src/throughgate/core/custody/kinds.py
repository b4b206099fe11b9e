"""What each kind of event does to a person's standing.

The vocabulary says group and liberty; this module adds what code has to know beyond them. A
kind added later by an organisation works by its group and liberty alone.
"""

from typing import Literal

from throughgate.core.custody.given import Event, Kinds, Level, Liberty

# entry: taken from liberty. taken: may begin custody, or happen within it. inside: only in
# custody. exit: leaves custody. soft: leaves it if there was any. doubt: perhaps left it.
Role = Literal["entry", "taken", "inside", "exit", "soft", "doubt", "end", "neutral"]

_ROLES: dict[str, Role] = {
    "administrative_arrest": "taken",
    "administrative_arrest_repeated": "taken",
    "remanded": "taken",
    "remand_extended": "inside",
    "psychiatric_examination": "taken",
    "sentenced": "taken",
    "death_sentence": "taken",
    "forced_treatment_ordered": "taken",
    "labour_treatment_centre": "taken",
    "open_to_colony": "taken",
    "extradited": "taken",
    "sentenced_in_absentia": "neutral",
    "case_dropped": "doubt",
    "left_country": "soft",
}

_STATES = {
    "detained": "state_detained",
    "detained_administrative": "state_detained",
    "redetained": "state_detained",
    "extradited": "state_detained",
    "taken_to_unknown_place": "state_unknown",
    "abducted": "state_unknown",
    "case_dropped": "state_unknown",
    "administrative_arrest": "state_administrative_arrest",
    "administrative_arrest_repeated": "state_administrative_arrest",
    "remanded": "state_remand",
    "remand_extended": "state_remand",
    "house_arrest": "state_house_arrest",
    "sentenced_restriction_open": "state_serving_open",
    "sentenced_restriction_home": "state_serving_home",
    "death_sentence": "state_serving",
    "new_sentence_in_custody": "state_serving",
    "quarantine": "state_serving",
    "prison_regime": "state_serving",
    "open_to_colony": "state_serving",
    "returned_to_serve": "state_serving",
    "punishment_cell": "state_serving",
    "punishment_cell_extended": "state_serving",
    "pkt": "state_serving",
    "hospital": "state_hospital_custody",
    "forced_treatment_ordered": "state_forced_treatment",
    "labour_treatment_centre": "state_forced_treatment",
    "expelled": "state_abroad_free",
    "deported_foreigner": "state_abroad_free",
    "exchanged": "state_abroad_free",
    "left_country": "state_abroad_free",
}

_BY_LIBERTY: dict[Liberty, str] = {
    "free": "state_free",
    "restricted": "state_released_restricted",
    "ended": "state_dead",
    "unknown": "state_unknown",
}

# House arrest and restriction of liberty are served; supervision, bail and the like are not.
RESTRICTED_EPISODES = frozenset({"state_house_arrest", "state_serving_open", "state_serving_home"})

# Kinds after which the place is no longer known, whatever facility they name (the one left).
LEAVES_FACILITY = frozenset({"transfer_started", "taken_to_unknown_place", "abducted"})
MOVES = LEAVES_FACILITY | {
    "transferred",
    "arrived_at_facility",
    "quarantine",
    "hospital",
    "hospital_left",
    "prison_regime",
}
NOT_SIGNS = frozenset(
    {"incommunicado_since", "letters_blocked", "visit_refused", "lawyer_refused", "parcel_refused", "money_refused"}
)
# Such judgments turn remand into serving once in force.
JUDGMENTS = frozenset({"sentenced", "new_sentence_in_custody", "death_sentence"})


def role_of(kind: str, kinds: Kinds) -> Role:
    """What the kind does; a kind that is not in the vocabulary does nothing."""
    if kind in _ROLES:
        return _ROLES[kind]
    group, liberty = kinds.get(kind, ("", "unchanged"))
    if liberty == "ended":
        return "end"
    if liberty == "unchanged" or group in ("after", "status", "sign_of_life", "charge", "state", "place_kind"):
        return "neutral"
    if liberty in ("free", "restricted"):
        return "exit" if group in ("release", "relief") else "soft"
    if group == "detention":
        return "entry"
    return "inside" if liberty == "deprived" else "neutral"


def liberty_of(kind: str, kinds: Kinds) -> Liberty | None:
    """The liberty after an event of the kind; None when it does not change."""
    liberty = kinds.get(kind, ("", "unchanged"))[1]
    match liberty:
        case "free" | "restricted" | "deprived" | "ended" | "unknown":
            return liberty
        case _:
            return None


def state_after(kind: str, liberty: Liberty, state: str, *, held: bool) -> str:
    """The state code after the event, given the state before it."""
    if kind == "sentenced":
        # Until the judgment is in force a sentenced person is still in remand.
        return state if held and state not in ("state_detained", "state_unknown") else "state_remand"
    if kind == "hospital_left":
        return "state_serving" if state == "state_hospital_custody" else state
    if kind in _STATES:
        return _STATES[kind]
    if liberty == "deprived":
        return state if held else "state_detained"
    return _BY_LIBERTY[liberty]


def level_of(role: Role, liberty: Liberty, state: str) -> Level | None:
    """Which kind of episode the state belongs to, if any.

    Taken to an unknown place is a deprivation of liberty although the place is unknown.
    """
    if liberty == "deprived" or (liberty == "unknown" and role in ("entry", "doubt")):
        return "deprived"
    return "restricted" if state in RESTRICTED_EPISODES else None


def quality(event: Event) -> tuple[bool, str, str, int, str]:
    """Sorts the more believable of two reports first: decided, reliable, credible, precise."""
    precision = {"day": 0, "month": 1, "year": 2}[event.on.precision] if event.on else 3
    return (
        not event.preferred,
        event.reliability.upper() or "F",
        event.credibility or "6",
        precision,
        event.id,
    )
