# ruff: noqa: S608 (names of columns and tables are our own)
"""The same linking for engines that Splink drives: its settings, and its learning.

Splink joins records by conditions, so that every key becomes a column: a number that records share, null where a part
of it is unknown and where too many or no others share it. What a level is worth is learnt from the pairs of three
*lessons*, each of which agrees in other things, so that what brought a pair there does not speak for itself (the same
in `training`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from throughgate.core.linkage import comparing
from throughgate.core.linkage.blocking import KEYS, LARGEST_BLOCK, known
from throughgate.core.linkage.model import COMPARISONS, Comparison
from throughgate.core.linkage.training import IMAGINED, first_guess

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Shares = Mapping[str, Sequence[float]]
"""For each comparison by its name: a share for each level, from the same to another."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pairs that share `key`. Comparisons that look at a column of `agreed` learn nothing from them."""

    key: tuple[str, ...]
    agreed: tuple[str, ...] = ()
    teaches: frozenset[str] = frozenset(COMPARISONS)


# Every comparison learns from the first of them that teaches it. The last is for lists that tell no birthdays.
LESSONS = (
    Lesson(("year", "month", "day", "given"), ("year", "given"), frozenset({"surname"})),
    Lesson(("year", "month", "day", "consonant"), ("year", "consonant"), frozenset({"given"})),
    Lesson(("phonetic", "given"), ("phonetic", "given")),
    Lesson(("phonetic", "given")),
)


def make_keyed(connection: "Connection") -> None:
    """Makes `keyed`: `records` with a column for every key (`key0`...) and lesson (`lesson0`...)."""
    keys = {f"key{number}": key for number, key in enumerate(KEYS)}
    keys |= {f"lesson{number}": lesson.key for number, lesson in enumerate(LESSONS)}
    joins = " ".join(
        f"""LEFT JOIN (
            SELECT {_hash(key)} AS {name} FROM records GROUP BY 1 HAVING count(*) BETWEEN 2 AND {LARGEST_BLOCK}
        ) AS {name} ON {name}.{name} = {_hash(key)}"""
        for name, key in keys.items()
    )
    connection.execute(f"CREATE OR REPLACE TABLE keyed AS SELECT records.*, {', '.join(keys)} FROM records {joins}")


def _hash(key: Iterable[str]) -> str:
    """Half of a hash, because not every engine has numbers that large."""
    return f"(CASE WHEN {known(key)} THEN CAST(hash({', '.join(key)}) // 2 AS BIGINT) END)"


def of_splink(comparisons: Sequence[Comparison], u: Shares) -> dict[str, Any]:
    """Settings of a linker of `keyed`. How rare a name is stays out of them: it is looked at afterwards (`scoring`)."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "comparisons": [_with_u(each, u[each["output_column_name"]]) for each in comparisons],
        "blocking_rules_to_generate_predictions": [f"l.key{number} = r.key{number}" for number in range(len(KEYS))],
    }


def _with_u(comparison: Comparison, u: Sequence[float]) -> Comparison:
    unknown, *levels = comparison["comparison_levels"]
    plain = [
        {name: value for name, value in level.items() if name != "tf_adjustment_column"} | {"u_probability": share}
        for level, share in zip(levels, u, strict=True)
    ]
    return comparison | {"comparison_levels": [unknown, *plain]}


def learn(connection: "Connection", linker: Any, comparisons: Sequence[Comparison]) -> Shares:
    """m of whatever there is a lesson for, by the linker's expectation maximisation."""
    names = {each["output_column_name"] for each in comparisons}
    m: dict[str, list[float]] = {}
    for number, lesson in enumerate(LESSONS):
        if not lesson.teaches & (names - m.keys()):
            continue
        matches, shares = _taught(connection, linker, number)
        for name in lesson.teaches & (shares.keys() - m.keys()):
            m[name] = _blend(shares[name], matches)
    return m


def _taught(connection: "Connection", linker: Any, number: int) -> tuple[float, Shares]:
    """How many pairs of one person a lesson has, and their shares of levels."""
    name = f"lesson{number}"
    sharing = f"SELECT count({name}) AS number FROM keyed GROUP BY {name}"
    pairs = connection.execute(f"SELECT sum(number * (number - 1)) // 2 FROM ({sharing})").fetchall()[0][0]
    if not pairs:
        return 0.0, {}
    rule = " AND ".join(f"l.{column} = r.{column}" for column in (name, *LESSONS[number].agreed))
    session = linker.training.estimate_parameters_using_expectation_maximisation(
        rule, estimate_without_term_frequencies=True
    )
    model = session.core_model_settings
    shares = {
        each.output_column_name: [level.m_probability for level in each.comparison_levels if not level.is_null_level]
        for each in model.comparisons
    }
    return pairs * model.probability_two_random_records_match, shares


def _blend(shares: Sequence[float], matches: float) -> list[float]:
    imagined = first_guess(len(shares))
    return [
        round((share * matches + IMAGINED * guess) / (matches + IMAGINED), 9)
        for share, guess in zip(shares, imagined, strict=True)
    ]


def levels(comparisons: Sequence[Comparison]) -> str:
    """Splink's predictions as columns of `compared`: it counts levels from the last, which is its 0."""
    return ", ".join(
        f"CAST(CASE WHEN gamma_{name} < 0 THEN {comparing.UNKNOWN} ELSE {last} - gamma_{name} END AS TINYINT) AS {name}"
        for name, last in ((each["output_column_name"], comparing.levels(each) - 1) for each in comparisons)
    )
