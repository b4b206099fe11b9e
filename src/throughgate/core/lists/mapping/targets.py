"""What a column of a list may say, with names in three languages (`data/targets.csv`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from throughgate.core.lists.messages import LANGUAGES, data_rows


class Target(StrEnum):
    """The fields a column can be read into."""

    ROW_NUMBER = "row_number"
    LIST_ID = "list_id"
    URL = "url"
    NAME = "name"
    SURNAME = "surname"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    OTHER_NAMES = "other_names"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    CITIZENSHIP = "citizenship"
    RESIDENCE = "residence"
    PROFESSION = "profession"
    CATEGORY = "category"
    DOCUMENT_NUMBER = "document_number"
    PHONE = "phone"
    EMAIL = "email"
    RELATIVE_CONTACT = "relative_contact"
    DETAINED_ON = "detained_on"
    ARTICLES = "articles"
    CASE_NUMBER = "case_number"
    HEARING_DATE = "hearing_date"
    VERDICT_DATE = "verdict_date"
    COURT = "court"
    DECISION = "decision"
    SENTENCE = "sentence"
    REGIME = "regime"
    JUDGE = "judge"
    PROSECUTOR = "prosecutor"
    LAWYER = "lawyer"
    FACILITY = "facility"
    FACILITY_ADDRESS = "facility_address"
    STATUS = "status"
    DECLARATION = "declaration"
    RELEASE_DATE = "release_date"
    RELEASE_EXPECTED = "release_expected"
    DIED = "died"
    CLUSTERS = "clusters"
    STATE_LIST = "state_list"
    HEALTH = "health"
    FAMILY = "family"
    NOTE = "note"

    def label(self, language: str = "en") -> str:
        """The name of the field in en, be or ru."""
        return _about()[self].labels[language if language in LANGUAGES else "en"]

    @property
    def kind(self) -> str:
        """How its cells are read: date, name, name_part, articles, sentence, facility, text and so on."""
        return _about()[self].kind

    @property
    def several(self) -> bool:
        """Whether more than one column may be read into it."""
        return _about()[self].several


@dataclass(frozen=True, slots=True)
class _About:
    kind: str
    several: bool
    labels: Mapping[str, str]


@cache
def _about() -> Mapping[Target, _About]:
    return MappingProxyType(
        {
            Target(row["code"]): _About(
                row["kind"],
                row["several"] == "yes",
                MappingProxyType({language: row[language] for language in LANGUAGES}),
            )
            for row in data_rows("targets.csv")
        }
    )
