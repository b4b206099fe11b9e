"""A study as JSON, and its curves as a table."""

from __future__ import annotations

import csv
import datetime
import io
import math
from dataclasses import asdict

from throughgate.core.survival.means import Days
from throughgate.core.survival.shares import Share
from throughgate.core.survival.study import Group, Study

HEADINGS = ("group", "event", "day", "share", "low", "high", "in_view")


def as_json(study: Study) -> dict[str, object]:
    """Everything but the curves, as values that JSON knows; infinite numbers are null."""
    found = {
        "stamp": study.stamp,
        "as_of": datetime.date.fromordinal(study.as_of).isoformat() if study.as_of else None,
        "weighted": study.weighted,
        "days_known_roughly": study.fuzzy,
        "groups": [_group(group) for group in study.groups],
        "tests": {event: [asdict(test) for test in tests] for event, tests in study.tests.items()},
        "regressions": [
            {
                "event": each.event, "persons": each.persons, "events": each.events, "p": each.p,
                "log_likelihood": list(each.likelihood), "changes_over_time": each.moving,
                "coefficients": [asdict(one) for one in each.coefficients],
            }
            for each in study.regressions
        ],
        "notes": [{"code": each.code, "about": each.about, "why": each.why} for each in study.notes],
    }  # fmt: skip
    plain = _plain(found)
    assert isinstance(plain, dict)
    return plain


def _group(group: Group) -> dict[str, object]:
    days = sorted({each.day for each in group.readings})
    return {
        "name": dict(group.name), "persons": group.persons, "ended": group.ended, "followed": group.followed,
        "lost": group.lost, "came_late": group.late, "last_day": group.shares.until, "days_not_reached": group.beyond,
        "readings": [
            {"day": each.day, "event": each.event, "share": _named(each.share),
             "none_of_the_lost": each.best and _named(each.best),
             "all_of_the_lost": each.worst and _named(each.worst)}
            for each in group.readings
        ],
        "without_draws": [asdict(each) for each in group.undrawn],
        "windows": [asdict(each) for each in group.windows],
        "means": group.means and {
            "days": group.means.tau, "free": _named(group.means.free),
            "lost": {event: _named(lost) for event, lost in group.means.lost.items()},
        },
        "returns_per_person": {
            event or "any": [dict(zip(("day", "mean", "low", "high"), (day, *count.at(day)), strict=True))
                             for day in days if day <= count.until]
            for event, count in group.counts.items()
        },
    }  # fmt: skip


def _named(value: Share | Days) -> dict[str, float]:
    names = Share.__annotations__ if isinstance(value, Share) else Days.__annotations__
    return dict(zip(names, value, strict=True))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def as_table(study: Study) -> str:
    """CSV of the curves: a row for each group, event (`free`: none yet) and day on which a curve changes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for group in study.groups:
        name = ", ".join(f"{heading} = {value}" for heading, value in group.name)
        found = group.shares
        lines = [("free", found.free)]
        lines += [(event, tuple(part[k] for part in found.share)) for k, event in enumerate(found.names)]
        for event, (share, low, high) in lines:
            for place, day in enumerate(found.days.tolist()):
                shown = (f"{float(each[place]):.6f}" for each in (share, low, high))
                writer.writerow((_safe(name), _safe(event), f"{day:g}", *shown, int(found.people[place])))
    return out.getvalue()


def _safe(text: str) -> str:
    """A spreadsheet takes such a text for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
