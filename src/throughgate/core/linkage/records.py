# ruff: noqa: S608 (names of columns and tables are our own)
"""Text cells -> the table `records`: the keys that two records are compared by, null where a list says nothing.

Each distinct spelling, date and place is worked out once and joined back.

==================================  ==========================================================================
`id`, `list`                        a record, and the list it comes from
`strict`, `phonetic`, `consonant`   the surname in three strengths
`other`                             a second, former or maiden name, phonetic
`given`, `given_too`                the given names a word may stand for (`given_too` = `given` when it is sure)
`given_sound`, `given_initial`      the given name as it sounds; its first sound
`father`, `father_initial`          from the patronymic
`year`, `month`, `day`, `about`     birth; without month and day where only the year is known; `about`: from an age
`place`, `oblast`                   of residence, or else of birth
`held`, `facility`                  day of detention (days since 1970); place of detention
==================================  ==========================================================================
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from throughgate.core.linkage import arrow, dates, places, spellings
from throughgate.core.linkage.roles import roles, surname_first
from throughgate.core.names.conventions import Convention, guess

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

DATE = ("year:int", "month:int", "day:int", "about:bool")
SAMPLE = 2_000
SCAFFOLDING = (
    "raw_names", "names", "makes", "surnames", "givens", "fathers", "births", "ages", "holds", "homes", "prisons",
)  # fmt: skip
TOKENS = r"[\p{L}\p{N}]+|[,()|-]"
NAME = """
    CASE WHEN surname IS NULL AND given IS NULL THEN coalesce(name, '')
         ELSE coalesce(surname, name, '') || ' | ' || coalesce(given, '') END
    || CASE WHEN patronymic IS NULL THEN '' ELSE
        CASE WHEN surname IS NULL AND given IS NULL THEN ' | ' ELSE '' END || ' | ' || patronymic END
    || CASE WHEN other_names IS NULL THEN '' ELSE ' (' || other_names || ')' END
"""


def make_records(connection: "Connection", *, today: datetime.date) -> None:
    """Fills `records` from `raw`."""
    _split_names(connection)
    _choose_roles(connection)
    _spell(connection)
    _read_dates(connection, today)
    _find_places(connection)
    connection.execute(RECORDS)
    for table in SCAFFOLDING:
        connection.execute(f"DROP TABLE {table}")


def dictionary(
    connection: "Connection", table: str, columns: Sequence[str], query: str, keys: Callable[..., Iterable[Any]]
) -> None:
    """A table of every row of `query` with the keys a function gives for it; columns are text unless "name:int"."""
    found = [(*row, *keys(*row)) for row in connection.execute(query).fetchall()]
    parts = [column.partition(":") for column in columns]
    values = arrow.turned(found, len(columns))
    kept = arrow.table({name: (kind, each) for (name, _, kind), each in zip(parts, values, strict=True)})
    connection.register("kept", kept)
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM kept")
    connection.unregister("kept")


def _split_names(connection: "Connection") -> None:
    connection.execute(f"""
        CREATE OR REPLACE TABLE raw_names AS
        SELECT list, row, regexp_extract_all(
            replace(regexp_replace(lower(nfc_normalize({NAME})), '[''’ʼ`´‘ʹ′]', '', 'g'), 'ё', 'е'), '{TOKENS}'
        ) AS tokens
        FROM raw
    """)
    dictionary(
        connection, "kinds", ("word", "kind"),
        r"SELECT DISTINCT unnest(tokens) AS word FROM raw_names", lambda word: (_sign(word),),
    )  # fmt: skip
    connection.execute("""
        CREATE OR REPLACE TABLE names AS
        SELECT list, row, any_value(tokens) AS tokens, string_agg(kind, '' ORDER BY place) AS make
        FROM (
            SELECT list, row, tokens, unnest(tokens) AS word, unnest(range(1, len(tokens) + 1)) AS place FROM raw_names
        ) JOIN kinds USING (word) GROUP BY list, row
    """)
    connection.execute("DROP TABLE kinds")


def _sign(word: str) -> str:
    return word if word in ",()|-" else spellings.kind(word)


def _choose_roles(connection: "Connection") -> None:
    counted = connection.execute("SELECT list, make, count(*) FROM names GROUP BY ALL").fetchall()
    first = {
        number: surname_first((make, count) for each, make, count in counted if each == number)
        for number in {each for each, _, _ in counted}
    }
    dictionary(
        connection, "makes", ("list:int", "make", "surname:int", "given:int", "patronymic:int", "other:int"),
        "SELECT DISTINCT list, make FROM names",
        lambda number, make: _positions(make, surname_comes_first=first[number]),
    )  # fmt: skip
    connection.execute("""
        CREATE OR REPLACE TABLE names AS
        SELECT names.list, row, tokens[surname] AS surname, tokens[given] AS given,
            tokens[patronymic] AS patronymic, tokens[other] AS other
        FROM names JOIN makes USING (list, make)
    """)


def _positions(make: str, *, surname_comes_first: bool) -> tuple[int, int, int, int]:
    found = roles(make, surname_comes_first=surname_comes_first)
    return found.surname, found.given, found.patronymic, found.other


def _spell(connection: "Connection") -> None:
    """The keys of every word, read in the convention of its list."""
    habits = _conventions(connection)
    for table, query, names, keys in (
        ("surnames", "SELECT list, surname FROM names UNION SELECT list, other FROM names",
         spellings.SURNAME_KEYS, spellings.surname),
        ("givens", "SELECT DISTINCT list, given FROM names",
         spellings.GIVEN_KEYS, spellings.given_name),
        ("fathers", "SELECT DISTINCT list, patronymic FROM names",
         spellings.FATHER_KEYS, spellings.father),
    ):  # fmt: skip
        dictionary(
            connection, table, ("list:int", "word", *names),
            f"FROM ({query}) AS words(list, word) WHERE word IS NOT NULL",
            lambda number, word, keys=keys: keys(word, habits.get(number)),
        )  # fmt: skip


def _conventions(connection: "Connection") -> dict[int, Convention]:
    samples = connection.execute(
        f"SELECT list, list(surname) FROM names WHERE surname IS NOT NULL AND row <= {SAMPLE} GROUP BY list"
    ).fetchall()
    return {number: guess(words) for number, words in samples}


def _read_dates(connection: "Connection", today: datetime.date) -> None:
    for table, column in (("births", "birth_date"), ("holds", "detained_on")):
        cells = connection.execute(f"SELECT DISTINCT list, {column} FROM raw WHERE {column} IS NOT NULL").fetchall()
        numbers = {number for number, _ in cells}
        order = {number: dates.day_first(cell for each, cell in cells if each == number) for number in numbers}
        dictionary(
            connection, table, ("list:int", "cell", *DATE),
            f"SELECT DISTINCT list, {column} FROM raw WHERE {column} IS NOT NULL",
            lambda number, cell, order=order: dates.read(cell, today=today, days_first=order[number]),
        )  # fmt: skip
    dictionary(
        connection, "ages", ("cell", *DATE),
        "SELECT DISTINCT age FROM raw WHERE age IS NOT NULL", lambda cell: dates.age(cell, today=today),
    )  # fmt: skip


def _find_places(connection: "Connection") -> None:
    dictionary(
        connection, "homes", ("cell", "place", "oblast"),
        "SELECT DISTINCT coalesce(residence, birth_place) FROM raw WHERE coalesce(residence, birth_place) IS NOT NULL",
        places.place,
    )  # fmt: skip
    dictionary(
        connection, "prisons", ("cell", "facility"),
        "SELECT DISTINCT facility FROM raw WHERE facility IS NOT NULL", lambda cell: (places.facility(cell),),
    )  # fmt: skip


RECORDS = """
    CREATE OR REPLACE TABLE records AS
    SELECT
        CAST(row_number() OVER (ORDER BY raw.list, raw.row) - 1 AS INTEGER) AS id, raw.list, raw.row, raw.list_id,
        nullif(surnames.strict, '') AS strict, nullif(surnames.phonetic, '') AS phonetic,
        nullif(surnames.consonant, '') AS consonant, others.phonetic AS other,
        nullif(given_group, '') AS given, nullif(given_other, '') AS given_too, nullif(given_sound, '') AS given_sound,
        nullif(given_initial, '') AS given_initial,
        nullif(father_name, '') AS father, nullif(father_initial, '') AS father_initial,
        CAST(nullif(coalesce(nullif(births.year, 0), ages.year), 0) AS SMALLINT) AS year,
        CAST(nullif(births.month, 0) AS TINYINT) AS month,
        CAST(nullif(births.day, 0) AS TINYINT) AS day,
        coalesce(births.about, ages.about, false) AS about,
        nullif(homes.place, '') AS place, nullif(homes.oblast, '') AS oblast,
        CASE WHEN holds.day > 0 THEN CAST(try_cast(holds.year || '-' || holds.month || '-' || holds.day AS DATE)
            - DATE '1970-01-01' AS INTEGER) END AS held,
        nullif(prisons.facility, '') AS facility
    FROM raw
    LEFT JOIN names ON names.list = raw.list AND names.row = raw.row
    LEFT JOIN surnames ON surnames.list = raw.list AND surnames.word = names.surname
    LEFT JOIN surnames AS others ON others.list = raw.list AND others.word = names.other
    LEFT JOIN givens ON givens.list = raw.list AND givens.word = names.given
    LEFT JOIN fathers ON fathers.list = raw.list AND fathers.word = names.patronymic
    LEFT JOIN births ON births.list = raw.list AND births.cell = raw.birth_date
    LEFT JOIN ages ON ages.cell = raw.age
    LEFT JOIN holds ON holds.list = raw.list AND holds.cell = raw.detained_on
    LEFT JOIN homes ON homes.cell = coalesce(raw.residence, raw.birth_place)
    LEFT JOIN prisons ON prisons.cell = raw.facility
    ORDER BY id
"""
