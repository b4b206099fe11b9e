"""Going through ordered events once: episodes, stays, contradictions, the state at the end."""

from dataclasses import dataclass, field

from throughgate.core.custody.given import Contradiction, Event, Kinds, Level, Liberty
from throughgate.core.custody.kinds import (
    JUDGMENTS,
    LEAVES_FACILITY,
    Role,
    level_of,
    liberty_of,
    quality,
    role_of,
    state_after,
)
from throughgate.core.dates import PartialDate

# Two reports of the same kind at most so far apart are taken for one thing told twice.
SAME_THING_DAYS = 30


@dataclass(slots=True)
class Draft:
    """An episode while it is being put together."""

    level: Level
    start: Event
    end: Event | None = None
    inside: list[Event] = field(default_factory=list)
    moves: list[tuple[str | None, PartialDate | None]] = field(default_factory=list)


@dataclass(slots=True)
class Walk:
    """The standing after each event, and what was found on the way."""

    kinds: Kinds
    state: str = "state_unknown"
    liberty: Liberty = "unknown"
    since: PartialDate | None = None
    drafts: list[Draft] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    death: Event | None = None
    sentenced: bool = False
    begun: bool = False

    @property
    def current(self) -> Draft | None:
        """The episode that has not ended."""
        return self.drafts[-1] if self.drafts and self.drafts[-1].end is None else None

    @property
    def held(self) -> bool:
        return self.current is not None and self.current.level == "deprived"

    def take(self, event: Event) -> None:
        role = role_of(event.kind, self.kinds)
        if self.death is not None:
            self._after_death(event, role)
            return
        if role == "neutral":
            self._neutral(event)
            return
        if role == "doubt" and not self.held:
            return
        self._complain(event, role)
        if not self._is_retold(event, role):
            self._change(event, role)
        self.sentenced = self.sentenced or event.kind in JUDGMENTS

    def _change(self, event: Event, role: Role) -> None:
        liberty = liberty_of(event.kind, self.kinds) or self.liberty
        state = state_after(event.kind, liberty, self.state, held=self.held)
        if self.sentenced and state == "state_detained" and self.held:
            state = self.state
        self._set_level(event, level_of(role, liberty, state))
        if not self.begun or state != self.state or liberty != self.liberty:
            self.since = event.on
        self.begun = True
        self.state, self.liberty = state, liberty
        if role == "end":
            self.death = event

    def _set_level(self, event: Event, level: Level | None) -> None:
        current = self.current
        if current is not None and current.level != level:
            current.end = event
            current = None
        if current is None and level is not None:
            current = Draft(level, event)
            self.drafts.append(current)
        elif current is not None:
            current.inside.append(event)
        if current is not None:
            self._place(current, event)

    def _place(self, draft: Draft, event: Event) -> None:
        """Note where the person is; a transfer without a destination loses the place."""
        if event.kind in LEAVES_FACILITY or (event.kind == "transferred" and event.facility is None):
            facility = None
        elif event.facility is not None:
            facility = event.facility
        elif not draft.moves:
            facility = None
        else:
            return
        if not draft.moves or draft.moves[-1][0] != facility:
            draft.moves.append((facility, event.on))

    def _neutral(self, event: Event) -> None:
        if self.current is not None:
            self.current.inside.append(event)
            if event.facility is not None:
                self._place(self.current, event)
        if event.kind == "sentence_in_force" and self.held and self.sentenced and self.state == "state_remand":
            self.state, self.since = "state_serving", event.on
        group, liberty = self.kinds.get(event.kind, ("", "unchanged"))
        if group == "after" and self.current is None and self.state != "state_abroad_free":
            self._after_release(event, liberty)

    def _after_release(self, event: Event, liberty: str) -> None:
        """Supervision and exit bans restrict somebody at liberty; a register does not free them."""
        if liberty == "restricted" and self.state != "state_released_restricted":
            self.state, self.liberty, self.since = "state_released_restricted", "restricted", event.on
        elif event.kind == "preventive_supervision_ended" and self.state == "state_released_restricted":
            self.state, self.liberty, self.since = "state_free", "free", event.on

    def _after_death(self, event: Event, role: Role) -> None:
        assert self.death is not None
        group, liberty = self.kinds.get(event.kind, ("", "unchanged"))
        if role == "end":
            if event.kind == self.death.kind:
                self._compare(self.death, event)
            return
        later = event.on is not None and self.death.on is not None and event.on.earliest > self.death.on.latest
        alive = group == "sign_of_life" or (liberty != "unchanged" and role != "neutral")
        if later and alive and event.on is not None:
            self._report("after_death", [self.death, event], kind=event.kind, on=event.on)

    def _complain(self, event: Event, role: Role) -> None:
        if role == "inside" and self.current is None:
            self._report("held_without_detention", [event], kind=event.kind)
        elif role == "exit" and self.current is None and not self._last_exit_near(event):
            # A second restriction lifted or a release from bail is no contradiction.
            if self.state not in ("state_released_restricted", "state_house_arrest"):
                self._report("released_while_free", [event], kind=event.kind)
        elif role == "entry" and self.held and self.current is not None:
            same = self._told_before(event)
            if same is None and self.state not in ("state_administrative_arrest", "state_unknown"):
                self._report("detained_while_held", [self.current.start, event], kind=event.kind)

    def _is_retold(self, event: Event, role: Role) -> bool:
        """Whether the event is one already taken, told again; the better report is kept."""
        if role == "entry" and self.held and self.current is not None:
            same = self._told_before(event)
            if same is None:
                return False
            self._compare(same, event)
            if same is self.current.start and quality(event) < quality(same):
                self.current.start = event
                self.current.inside.append(same)
            else:
                self.current.inside.append(event)
            return True
        last = self.drafts[-1] if self.drafts else None
        if role in ("exit", "soft") and self.current is None and last is not None and last.end is not None:
            same = last.end
            if same.kind == event.kind and _near(same, event):
                self._compare(same, event)
                if quality(event) < quality(same):
                    last.end = event
                    self.since = event.on if self.since == same.on else self.since
                return True
        return False

    def _told_before(self, event: Event) -> Event | None:
        assert self.current is not None
        for other in [self.current.start, *self.current.inside]:
            if other.kind == event.kind and _near(other, event):
                return other
        return None

    def _last_exit_near(self, event: Event) -> bool:
        last = self.drafts[-1].end if self.drafts else None
        return last is not None and _near(last, event)

    def _compare(self, one: Event, other: Event) -> None:
        if one.on is None or other.on is None or one.on.overlaps(other.on):
            return
        first, second = sorted((one.on, other.on))
        self._report("dates_differ", [one, other], kind=one.kind, first=first, second=second)

    def _report(self, code: str, events: list[Event], **params: str | PartialDate) -> None:
        ids = tuple(sorted({event.id for event in events}))
        self.contradictions.append(Contradiction(code, ids, tuple(params.items())))


def _near(one: Event, other: Event) -> bool:
    if one.on is None or other.on is None:
        return True
    if one.on.overlaps(other.on):
        return True
    first, second = sorted((one.on, other.on))
    return (second.earliest - first.latest).days <= SAME_THING_DAYS
