"""Sentences in the words of lists: kind, length, regime, fine.

"4 года колонии усиленного режима", "3 гады абмежавання волі з накіраваннем", "2 years in a general regime
colony", "хімія", "15 сутак", "1,5 года хатняй хіміі, штраф 100 базавых". Kinds are codes of the list
`punishments_and_measures` of `core.vocab`, and three more that lists have and it has not:
`restriction` (where it is served is not said), `compulsory_treatment`, `compensation`.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from throughgate.core.dates import Term, TermNotUnderstood, read_term
from throughgate.core.dates.words import fold
from throughgate.core.lists.cells.patterns import found_in

_SUSPENDED = re.compile(r"\bумоун|\bусловн|адтэрмин|отсрочк|suspended|deferred|probation")
_SPLIT = re.compile(
    r"[;\n+]|,\s*(?=(?:а также |and |і |и |таксама )?(?:штраф|fine|кампенс|компенс|compens|без права|с лишением права))"
    r"|\s(?:и|і|ды|and|плюс|plus|а также|а таксама)\s+(?=(?:an? )?(?:штраф|fine|кампенс|компенс|compens))",
    re.IGNORECASE,
)
_NUMBER = (
    r"\d+(?:[.,]\d+)?|адзін|адна|один|одна|дв[ае]|дзве|тр[ыи]|чатыры|четыре|пяць|пять|шэсць|шесть|семь?|восе[мь]+"
    r"|дзевяць|девять|дзесяць|десять|паўтара|полтора|one|two|three|four|five|six|seven|eight|nine|ten"
)
_UNIT = (
    r"год(?:а|у|оў|ов|ы)?|гады|гадоў|лет|г\.?|л\.?|месяц\w*|мес\.?|м\.|дз[её]нь?|дня|дні|дней|дн\.?|сут\w*|тыд\w+"
    r"|недел\w+|years?|yrs?|months?|days?|weeks?"
)
_TERM = re.compile(
    rf"паўгода|полгода|(?:(?<!\w)(?:{_NUMBER})\s?(?:\([^)\d]*\)\s?)?(?:{_UNIT})(?!\w)(?:,?\s(?:і|и|ды|and)\s|,?\s?))+",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(r"(?:год|year)\s", re.IGNORECASE)
# Of bounded length: a cell of thirty thousand digits would be read for minutes.
_FINE = re.compile(
    r"(?P<amount>(?<!\d)\d[\d\s]{0,20}(?:[.,]\d{1,9})?)\s?(?P<thousand>тыс\w*\.?|thousand)?\s?"
    r"(?P<unit>базав\w*|базов\w*|б\.\s?в|бв\b|base|basic|руб\w*|рубл\w*|р\.|byn|br\b|rub\w*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One punishment. What is not said is None; `text` is the piece of the cell it came from.

    `fine`: in `fine_unit`, "base_unit" or "BYN". `suspended`: on condition, or put off.
    """

    text: str
    kind: str | None = None
    term: Term | None = None
    regime: str | None = None
    fine: Decimal | None = None
    fine_unit: str | None = None
    suspended: bool = False


def read_sentences(text: str) -> tuple[list[Sentence], list[tuple[str, str]]]:
    """The punishments in a cell, and doubts as (code, piece).

    Doubts: sentence_unread, sentence_partly, sentence_kind_missing, restriction_unspecified,
    sentence_prison_or_colony.
    """
    pieces = [" ".join(piece.split()).strip(" ,.") for piece in _SPLIT.split(text)]
    found: list[Sentence] = []
    doubts: list[tuple[str, str]] = []
    for piece in filter(None, pieces):
        sentence = _read_piece(piece)
        if sentence is None:
            doubts.append(("sentence_partly", piece))
        else:
            found.append(sentence)
            doubts += [(code, piece) for code in _doubts(sentence)]
    if not found and doubts:
        doubts = [("sentence_unread", text)]
    return found, doubts


def read_regime(text: str) -> str | None:
    """general, reinforced, strict, special, educational_colony or settlement, as written."""
    return found_in(text, "regime")


def _read_piece(piece: str) -> Sentence | None:
    folded = fold(piece)
    kind = found_in(piece, "kind")
    term = _read_term(piece) if kind not in {"fine", "compensation", "life", "death"} else None
    fine, unit = _read_fine(piece) if kind in {"fine", "compensation", None} else (None, None)
    if kind is None and fine is not None:
        kind = "fine"
    if kind is None and term is None:
        return None
    custody = kind in {"deprivation_colony", "deprivation_prison", None}
    regime = read_regime(piece) if custody else None
    if kind is None and regime is not None:
        kind = "deprivation_colony"
    return Sentence(piece, kind, term, regime, fine, unit, bool(_SUSPENDED.search(folded)))


def _doubts(sentence: Sentence) -> list[str]:
    doubts = ["sentence_partly"] if _has_other_numbers(sentence) else []
    if sentence.kind is None:
        return [*doubts, "sentence_kind_missing"]
    if sentence.kind == "restriction":
        return [*doubts, "restriction_unspecified"]
    colony = sentence.kind == "deprivation_colony" and sentence.regime is None
    if colony and not re.search(r"калони|колони|colony|\b[ип]к\b", fold(sentence.text)):
        doubts.append("sentence_prison_or_colony")
    return doubts


def _has_other_numbers(sentence: Sentence) -> bool:
    """Whether a number stands in the piece that went neither into the term nor into the fine."""
    rest = _FINE.sub(" ", sentence.text) if sentence.fine is not None else sentence.text
    if sentence.term is not None:
        _, found = _find_term(sentence.text)
        rest = rest.replace(found, " ", 1)
    return bool(re.search(r"\d", rest))


def _read_term(piece: str) -> Term | None:
    return _find_term(piece)[0]


def _find_term(piece: str) -> tuple[Term | None, str]:
    """The first length of time in the piece, and the words it was read from."""
    for found in _TERM.finditer(piece):
        try:
            return read_term(found[0].strip(" ,")), found[0]
        except TermNotUnderstood:
            continue
    return (Term(years=1), "") if _ONE_YEAR.match(piece) else (None, "")


def _read_fine(piece: str) -> tuple[Decimal | None, str | None]:
    found = _FINE.search(piece)
    if found is None:
        return None, None
    amount = Decimal(re.sub(r"\s", "", found["amount"]).replace(",", "."))
    if found["thousand"]:
        amount *= 1000
    unit = "base_unit" if fold(found["unit"])[0] == "б" or found["unit"].lower().startswith("bas") else "BYN"
    return amount, unit
