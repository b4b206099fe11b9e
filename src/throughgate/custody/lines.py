"""The lines of a calculation as JSON, so that they can be explained in any language later."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from throughgate.core.dates import Term
from throughgate.core.jurisdiction import Line, explain, name_rule, rules


def pack(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines as plain values."""
    return [
        {
            "code": line.code,
            "rule": line.rule,
            "kind": line.kind,
            "days": line.days,
            "result": line.result.isoformat() if line.result else None,
            "params": [[name, _packed(value)] for name, value in line.params],
        }
        for line in lines
    ]


def unpack(packed: Sequence[dict[str, Any]]) -> list[Line]:
    """The lines again."""
    return [
        Line(
            one["code"],
            one["rule"],
            one["kind"],
            one["days"],
            datetime.date.fromisoformat(one["result"]) if one["result"] else None,
            tuple((name, _unpacked(value)) for name, value in one["params"]),
        )
        for one in packed
    ]


def _packed(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, Term):
        return {"term": [value.years, value.months, value.days]}
    return value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return Term(*value["term"]) if "term" in value else datetime.date.fromisoformat(value["date"])
    return value


def in_words(lines: Iterable[Line], language: str) -> list[dict[str, Any]]:
    """Each line as it is shown: sentence, date after it, rule by its name, whether the rule is confirmed.

    A line of a kind this version does not know is shown by its code: nothing of a stored calculation is lost.
    """
    shown = []
    for line in lines:
        known = line.rule in rules()
        shown.append(
            {
                "text": _sentence(line, language),
                "result": line.result,
                "days": line.days,
                "kind": line.kind,
                "rule": name_rule(line.rule, language) if line.rule and known else line.rule or "",
                "verified": rules()[line.rule].verified if line.rule and known else "",
            }
        )
    return shown


def _sentence(line: Line, language: str) -> str:
    try:
        return explain(line, language)
    except KeyError:
        return line.code
