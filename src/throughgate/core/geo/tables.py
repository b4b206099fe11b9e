"""Places and institutions of Belarus, read from the files that lie beside this module."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VERSION = "2026-11-21"
ATTRIBUTION = "GeoNames, CC BY 4.0; Natural Earth"

# Kinds of the institution table as codes of the vocabulary list "place_kind".
PLACE_KINDS: Mapping[str, str] = {
    "IK": "place_colony",
    "IKP": "place_settlement_colony",
    "VK": "place_juvenile_colony",
    "T": "place_prison",
    "SIZO": "place_remand_prison",
    "KGB": "place_kgb_remand",
    "CIP": "place_offenders_isolation",
    "IVS": "place_temporary_detention",
    "IUOT": "place_open_type",
    "LTP": "place_ltp",
}


@dataclass(frozen=True, slots=True)
class Oblast:
    """An oblast or the city of Minsk; `code` is ISO 3166-2, `name_lat` the national Latin form."""

    code: str
    kind: str
    name_be: str
    name_ru: str
    name_en: str
    name_lat: str


@dataclass(frozen=True, slots=True)
class Raion:
    """A raion and its seat. `code` is local to this table, not an official one. Degrees WGS 84."""

    code: str
    adm1: str
    name_be: str
    name_ru: str
    name_lat: str
    seat_be: str
    seat_ru: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement; `names_cyrillic` in several languages, in no order. Degrees WGS 84."""

    geonames_id: int
    adm1: str
    name_en: str
    names_cyrillic: tuple[str, ...]
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True)
class Institution:
    """A place of detention.

    `kind` is the short kind of the table (IK, SIZO...), `place_kind` a vocabulary code. Degrees
    WGS 84; `coord_precision` is "site", "town" (middle of the town, not the place itself) or
    "none". `verified` is "yes", "partly" or "no". `former_names` are nicknames and former names.

    `source` must not be shown to readers inside the country by default: many of the media named
    there are listed as extremist. It is empty where the file of sources was left out.
    """

    code: str
    kind: str
    number: str
    name_be: str
    name_ru: str
    name_en: str
    place_be: str
    place_ru: str
    place_lat: str
    adm1: str
    holds: str
    note: str
    lat: float | None
    lon: float | None
    coord_precision: str
    status: str
    source: str
    verified: str
    former_names: tuple[str, ...]

    @property
    def place_kind(self) -> str:
        return PLACE_KINDS[self.kind]

    @property
    def is_verified(self) -> bool:
        return self.verified == "yes"

    def name(self, language: str) -> str:
        return {"be": self.name_be, "ru": self.name_ru}.get(language[:2], self.name_en)

    def place(self, language: str) -> str:
        return {"be": self.place_be, "ru": self.place_ru}.get(language[:2], self.place_lat)


@cache
def oblasts() -> tuple[Oblast, ...]:
    return tuple(
        Oblast(r["iso_3166_2"], r["kind"], r["name_be"], r["name_ru"], r["name_en"], r["name_lat_iso"])
        for r in _rows("by_adm1.csv")
    )


@cache
def raions() -> tuple[Raion, ...]:
    return tuple(
        Raion(
            code=row["raion_id"],
            adm1=row["adm1_iso"],
            name_be=row["name_be"],
            name_ru=row["name_ru"],
            name_lat=row["name_lat"],
            seat_be=row["seat_be"],
            seat_ru=row["seat_ru"],
            lat=float(row["seat_lat"]),
            lon=float(row["seat_lon"]),
        )
        for row in _rows("by_adm2_raions.csv")
    )


@cache
def settlements() -> tuple[Settlement, ...]:
    return tuple(
        Settlement(
            geonames_id=int(row["geonames_id"]),
            adm1=row["adm1_iso"],
            name_en=row["name_en"],
            names_cyrillic=tuple(row["names_cyrillic"].split("|")) if row["names_cyrillic"] else (),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            population=int(row["population"]),
        )
        for row in _rows("by_settlements.csv")
    )


@cache
def institutions() -> tuple[Institution, ...]:
    sources = {row["code"]: row["source"] for row in _rows("by_institution_sources.csv", optional=True)}
    return tuple(_institution(row, sources.get(row["code"], "")) for row in _rows("by_institutions.csv"))


def institution(code: str) -> Institution:
    """The institution of a code. Raises KeyError for an unknown code."""
    return _institutions_by_code()[code]


@cache
def _institutions_by_code() -> Mapping[str, Institution]:
    return {each.code: each for each in institutions()}


def _institution(row: Mapping[str, str], source: str) -> Institution:
    texts = ("code", "kind", "number", "name_be", "name_ru", "name_en", "place_be", "place_ru", "place_lat")
    return Institution(
        **{column: row[column] for column in texts},
        adm1=row["adm1_iso"],
        holds=row["holds"],
        note=row["note"],
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        coord_precision=row["coord_precision"],
        status=row["status"],
        source=source,
        verified=row["verified"],
        former_names=tuple(_other_names().get(row["code"], ())),
    )


@cache
def _other_names() -> Mapping[str, list[str]]:
    names: dict[str, list[str]] = {}
    for row in _rows("by_institution_names.csv"):
        names.setdefault(row["code"], []).append(row["name"])
    return names


def _rows(filename: str, *, optional: bool = False) -> Iterable[Mapping[str, str]]:
    path = files("throughgate.core.geo") / "data" / filename
    if optional and not path.is_file():
        return ()
    return csv.DictReader(path.read_text(encoding="utf-8").splitlines())
