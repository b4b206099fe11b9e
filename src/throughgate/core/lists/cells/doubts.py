"""What a person should look at before a row is taken over."""

from dataclasses import dataclass, field

from throughgate.core.dates import SERIOUS_DOUBTS
from throughgate.core.lists.messages import Message, Params

# A reading that may well be wrong; the others are only worth knowing.
SERIOUS = frozenset(
    {
        "name_missing",
        "name_unusual",
        "name_mixed_alphabets",
        "date_unread",
        "date_order",
        "age_unlikely",
        "article_unread",
        "article_out_of_range",
        "sentence_unread",
        "sentence_kind_missing",
        "facility_unknown",
        "facility_unsure",
        "facility_two",
        "status_contradicts",
        "id_missing",
        "id_repeated",
    }
    | {f"date_{code}" for code in SERIOUS_DOUBTS}
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """`column`: the heading ("" when the row as a whole is meant). `value`: what stands there."""

    column: str
    value: str
    code: str
    params: Params = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The doubt in words, in en, be or ru."""
        return Message(self.code, self.params).text(language)

    @property
    def serious(self) -> bool:
        return self.code in SERIOUS
