# ruff: noqa: S608 (names of columns and tables are our own)
"""Text cells -> the table `records`: the keys that two records are compared by, null where a list says nothing.

Each distinct spelling, date and place is worked out once and joined back.

==================================  ==========================================================================
`id`, `list`                        a record, and the list it comes from
`strict`, `phonetic`, `consonant`   the surname in three strengths
`other`                             a second, former or maiden name, phonetic
`given`, `given_too`                the given names a word may stand for (`given_too` = `given` when it is sure)
`given_sound`                       the given name as it sounds
`given_initial`, `given_initial_too` the sounds its forms begin with
`sex`                               f or m: as said, or by the patronymic, the given name or the surname
`father`, `father_initial`          from the patronymic
`year`, `month`, `day`, `about`     birth; without month and day where only the year is known, which is what
                                    1 January mostly means; `about`: from an age
`place`, `oblast`                   of residence, or else of birth
`held`, `held_month`, `facility`    day (since 1970) and month (since year 0) of detention; place of detention
`..._letters`                       which letters a key has, as bits, for a first look at whether two differ by a slip
==================================  ==========================================================================
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from throughgate.core.linkage import arrow, dates, places, spellings
from throughgate.core.linkage.roles import Order, roles, surname_first
from throughgate.core.names.conventions import Convention, guess

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

DATE = ("year:int", "month:int", "day:int", "about:bool")
SAMPLE = 2_000
SCAFFOLDING = (
    "words", "names", "makes", "surnames", "givens", "fathers", "sexes", "births", "ages", "holds", "homes",
    "prisons", "letters",
)  # fmt: skip
KEYS = {
    "surnames": (*spellings.SURNAME_KEYS, "surname_sex"), "givens": (*spellings.GIVEN_KEYS, "given_sex"),
    "fathers": (*spellings.FATHER_KEYS, "father_sex"), "sexes": ("said_sex",),
    "homes": ("place", "oblast"), "prisons": ("facility",),
}  # fmt: skip
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
    _number_keys(connection)
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
    keep(connection, table, kept)


def keep(connection: "Connection", table: str, rows: Any) -> None:
    connection.register("kept", rows)
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM kept")
    connection.unregister("kept")


def _split_names(connection: "Connection") -> None:
    """`names`: the tokens of each name by their numbers in `words`, and their kinds as its make."""
    found = connection.sql(f"""
        SELECT list, row, regexp_extract_all(
            replace(regexp_replace(lower(nfc_normalize({NAME})), '[''’ʼ`´‘ʹ′]', '', 'g'), 'ё', 'е'), '{TOKENS}'
        ) AS tokens
        FROM raw ORDER BY list, row
    """).to_arrow_table()
    numbers, words = arrow.encoded(found["tokens"])
    makes = arrow.spelt(numbers, [_sign(word) for word in words])
    keep(connection, "words", arrow.table({"number": ("int", range(len(words))), "word": ("", words)}))
    keep(connection, "names", found.drop(["tokens"]).append_column("tokens", numbers).append_column("make", makes))


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


def _positions(make: str, *, surname_comes_first: Order) -> tuple[int, int, int, int]:
    found = roles(make, surname_comes_first=surname_comes_first)
    return found.surname, found.given, found.patronymic, found.other


def _spell(connection: "Connection") -> None:
    """The keys of every word, read in the convention of its list."""
    habits = _conventions(connection)
    for table, query, keys, sex in (
        ("surnames", "SELECT list, surname AS number FROM names UNION SELECT list, other FROM names",
         spellings.surname, lambda word, _: spellings.sex_by_surname(word)),
        ("givens", "SELECT DISTINCT list, given AS number FROM names",
         spellings.given_name, spellings.sex_by_given),
        ("fathers", "SELECT DISTINCT list, patronymic AS number FROM names",
         spellings.father, lambda word, _: spellings.sex_by_patronymic(word)),
    ):  # fmt: skip
        dictionary(
            connection, table, ("list:int", "number:int", "word", *KEYS[table]),
            f"SELECT list, number, word FROM ({query}) JOIN words USING (number)",
            lambda each, _, word, keys=keys, sex=sex: (*keys(word, habits.get(each)), sex(word, habits.get(each))),
        )  # fmt: skip
    dictionary(
        connection, "sexes", ("cell", *KEYS["sexes"]),
        "SELECT DISTINCT sex FROM raw WHERE sex IS NOT NULL", lambda cell: (spellings.sex_by_word(cell),),
    )  # fmt: skip


def _conventions(connection: "Connection") -> dict[int, Convention]:
    samples = connection.execute(
        f"SELECT list, list(word) FROM names JOIN words ON number = surname WHERE row <= {SAMPLE} GROUP BY list"
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


def _number_keys(connection: "Connection") -> None:
    """The keys as members of one type, so that the engine compares numbers where it would compare texts."""
    keys = [(table, column) for table, columns in KEYS.items() for column in columns]
    every = " UNION ".join(f"SELECT {column} AS key FROM {table}" for table, column in keys)
    connection.execute("DROP TABLE IF EXISTS records")
    connection.execute("DROP TYPE IF EXISTS key")
    connection.execute(f"CREATE TYPE key AS ENUM (SELECT key FROM ({every}) WHERE key <> '' ORDER BY key)")
    for table, column in keys:
        connection.execute(f"ALTER TABLE {table} ALTER {column} TYPE key USING CAST(nullif({column}, '') AS key)")
    connection.execute("""
        CREATE OR REPLACE TABLE letters AS SELECT key, CAST(bit_or(1 << (unicode(letter) % 31)) AS INTEGER) AS letters
        FROM (SELECT key, unnest(string_split(CAST(key AS VARCHAR), '')) AS letter
            FROM (SELECT CAST(unnest(enum_range(NULL::key)) AS key) AS key)) GROUP BY key
    """)


RECORDS = """
    CREATE OR REPLACE TABLE records AS
    SELECT
        CAST(row_number() OVER (ORDER BY raw.list, raw.row) - 1 AS INTEGER) AS id, raw.list, raw.row, raw.list_id,
        surnames.strict, surnames.phonetic, surnames.consonant, others.phonetic AS other,
        given_group AS given, given_other AS given_too, given_sound, given_initial, given_initial_too,
        coalesce(said_sex, father_sex, given_sex, surnames.surname_sex) AS sex,
        father_name AS father, father_initial,
        CAST(nullif(coalesce(nullif(births.year, 0), ages.year), 0) AS SMALLINT) AS year,
        CASE WHEN (births.month, births.day) <> (1, 1) THEN CAST(nullif(births.month, 0) AS TINYINT) END AS month,
        CASE WHEN (births.month, births.day) <> (1, 1) THEN CAST(nullif(births.day, 0) AS TINYINT) END AS day,
        coalesce(births.about, ages.about, false) AS about,
        homes.place, homes.oblast,
        CASE WHEN holds.day > 0 THEN CAST(try_cast(holds.year || '-' || holds.month || '-' || holds.day AS DATE)
            - DATE '1970-01-01' AS INTEGER) END AS held,
        CASE WHEN holds.month > 0 THEN holds.year * 12 + holds.month END AS held_month,
        prisons.facility,
        of_surname.letters AS phonetic_letters, of_given.letters AS given_sound_letters,
        of_father.letters AS father_letters, of_place.letters AS place_letters
    FROM raw
    LEFT JOIN names ON names.list = raw.list AND names.row = raw.row
    LEFT JOIN surnames ON surnames.list = raw.list AND surnames.number = names.surname
    LEFT JOIN surnames AS others ON others.list = raw.list AND others.number = names.other
    LEFT JOIN givens ON givens.list = raw.list AND givens.number = names.given
    LEFT JOIN fathers ON fathers.list = raw.list AND fathers.number = names.patronymic
    LEFT JOIN sexes ON sexes.cell = raw.sex
    LEFT JOIN births ON births.list = raw.list AND births.cell = raw.birth_date
    LEFT JOIN ages ON ages.cell = raw.age
    LEFT JOIN holds ON holds.list = raw.list AND holds.cell = raw.detained_on
    LEFT JOIN homes ON homes.cell = coalesce(raw.residence, raw.birth_place)
    LEFT JOIN prisons ON prisons.cell = raw.facility
    LEFT JOIN letters AS of_surname ON of_surname.key = surnames.phonetic
    LEFT JOIN letters AS of_given ON of_given.key = given_sound
    LEFT JOIN letters AS of_father ON of_father.key = father_name
    LEFT JOIN letters AS of_place ON of_place.key = homes.place
    ORDER BY id
"""
