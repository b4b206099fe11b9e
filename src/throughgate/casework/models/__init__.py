"""Nouns of this room, one file each."""

from throughgate.casework.models.case import ACTIVE, IN_WORK, Anchor, Case, CaseChange, CaseRow, State, TeamMember
from throughgate.casework.models.contact import Contact, FollowUp, Outcome, Readiness
from throughgate.casework.models.need import UNMET, Need, NeedState, NeedUpdate, PathwayReview
from throughgate.casework.models.plan import UNDONE, GateMeeting, Plan, Step, StepState, Task

__all__ = [
    "ACTIVE",
    "IN_WORK",
    "UNDONE",
    "UNMET",
    "Anchor",
    "Case",
    "CaseChange",
    "CaseRow",
    "Contact",
    "FollowUp",
    "GateMeeting",
    "Need",
    "NeedState",
    "NeedUpdate",
    "Outcome",
    "PathwayReview",
    "Plan",
    "Readiness",
    "State",
    "Step",
    "StepState",
    "Task",
    "TeamMember",
]
