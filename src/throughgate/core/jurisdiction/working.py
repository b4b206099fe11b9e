"""The sheet a calculation writes on: lines, rules cited, questions, the date so far."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from throughgate.core.dates import Term
from throughgate.core.jurisdiction import counting
from throughgate.core.jurisdiction.given import Computed, Line, LineKind, Question, Value
from throughgate.core.jurisdiction.rules import Jurisdiction, Rule, Verified, rules, weakest


@dataclass(slots=True)
class Sheet:
    """Collects the steps of one calculation; `last_day` is the date after the latest step."""

    assumptions: Mapping[str, str]
    jurisdiction: Jurisdiction = "belarus"
    last_day: datetime.date | None = None
    lines: list[Line] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def rule(self, rule_id: str) -> Rule:
        """The rule without citing it; KeyError for an id that does not exist."""
        return rules(self.jurisdiction)[rule_id]

    def cite(self, *rule_ids: str) -> None:
        for rule_id in rule_ids:
            self.rule(rule_id)
            if rule_id not in self.cited:
                self.cited.append(rule_id)

    def move(self, code: str, rule: str | None, to: datetime.date, /, **params: Value) -> None:
        """Write a step that sets the last day."""
        days = (to - self.last_day).days if self.last_day is not None else 0
        kind: LineKind = "change" if self.last_day is not None else "start"
        self.last_day = to
        self._write(code, rule, kind, days, params)

    def take_off(self, code: str, rule: str | None, days: int, /, **params: Value) -> None:
        """Write a credit: the last day comes so many days earlier."""
        if self.last_day is not None:
            self.cite("CNT-04")
            to = self.last_day - datetime.timedelta(days=days)
            self.move(code, rule, to, credit=days, **params)

    def note(self, code: str, rule: str | None, /, *, cite: bool = True, **params: Value) -> None:
        """Write something worth knowing that does not change the date."""
        if rule is not None and not cite:
            self.lines.append(Line(code, rule, "note", 0, self.last_day, tuple(params.items())))
            return
        self._write(code, rule, "note", 0, params)

    def ask(self, code: str, rule: str | None = None, /, *values: str, **params: Value) -> None:
        question = Question(code, rule, values, tuple(params.items()))
        if question not in self.questions:
            self.questions.append(question)

    def assumed(self, rule_id: str) -> str | None:
        """The value the caller assumes for a rule, written down as a line; None if none."""
        value = self.assumptions.get(rule_id)
        if value is not None and not any(line.code == "assumed" and line.rule == rule_id for line in self.lines):
            self._write("assumed", rule_id, "assumption", 0, {"value": value})
        return value

    def run_term(self, start: datetime.date, term: Term, code: str = "term") -> None:
        """The term from its first day; sets the last day."""
        end = counting.end_of_term(start, term)
        self.cite("CNT-02")
        self.move(code, "CNT-02", end.last_day, start=start, term=term)
        if end.day_missing:
            self.note("day_missing", "CNT-03", day=start.day)
        if term.days and term.whole_months:
            self.cite("CNT-04")

    def _write(self, code: str, rule: str | None, kind: LineKind, days: int, params: Mapping[str, Value]) -> None:
        if rule is not None:
            self.cite(rule)
        self.lines.append(Line(code, rule, kind, days, self.last_day, tuple(params.items())))

    def verified(self) -> Verified:
        return weakest([self.rule(rule_id).verified for rule_id in self.cited])

    def computed(self, at: datetime.datetime | None = None) -> Computed:
        last_day = None if self.questions else self.last_day
        return Computed(last_day, tuple(self.lines), tuple(self.cited), self.verified(), tuple(self.questions), at)
