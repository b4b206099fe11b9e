"""What the cells of a column look like, for columns whose heading says nothing."""

import datetime
import re
from collections.abc import Callable, Sequence

from throughgate.core.lists.mapping.targets import Target
from throughgate.core.lists.reading.sheet import Cell, cell_text

_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}(?: г\.?)?|(?:19|20)\d{2}-\d{2}-\d{2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_PHONE = re.compile(r"\+?\d[\d\s()-]{7,17}\d")
_ARTICLES = re.compile(r"\b(?:ст|арт|art)[.\s]|\b(?:ук|кк|коап|каап)\b|criminal code", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*\.?")
_PATRONYMIC = re.compile(r"(?:віч|вич|ич|ўна|овна|евна|ична|vich|vič|wicz|vna|ŭna)$", re.IGNORECASE)
_SEX = re.compile(r"(?:м|ж|муж\w*|жен\w*|жан\w*|m|f|male|female|мужчина|женщина|жанчына)\.?", re.IGNORECASE)
_FACILITY = re.compile(
    r"\b(?:ик|пк|ип|сизо|сіза|ивс|часовага|ік|ik|sizo|пкт|иуот|пуат|колони|калон|турм|тюрьм|prison|colony|"
    r"ізалятар|изолятор|detention|установ|учрежден|вызвален|освобожд|released|на вол[іе]|на свободе|at liberty)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b\d+(?:[.,]5)?\s*(?:год|лет|гад|year|месяц|month|сут)|\b(?:штраф|fine|хімія|химия)", re.IGNORECASE
)


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(_WORD.fullmatch(word) and word[0].isupper() for word in words)
        and (len(words) == 3 or not _FACILITY.search(text))
    )


def _is_date(cell: Cell) -> bool:
    return isinstance(cell, datetime.date) or bool(_DATE.fullmatch(cell_text(cell)))


_LOOKS: tuple[tuple[Target, Callable[[str], object]], ...] = (
    (Target.URL, _URL.fullmatch),
    (Target.EMAIL, _EMAIL.fullmatch),
    (Target.SEX, _SEX.fullmatch),
    (Target.ARTICLES, _ARTICLES.search),
    (Target.FACILITY, _FACILITY.search),
    (Target.SENTENCE, _SENTENCE.search),
    (Target.PHONE, lambda text: _PHONE.fullmatch(text) and not _DATE.fullmatch(text)),
    (Target.NAME, _is_name),
)


def look(cells: Sequence[Cell], *, this_year: int) -> tuple[Target | None, float]:
    """The target the cells look like and the share that do; (None, 0.0) for fewer than three of ten."""
    filled = [cell for cell in cells if cell != ""]
    if not filled:
        return None, 0.0
    dates = sum(_is_date(cell) for cell in filled) / len(filled)
    if dates >= 0.5:
        return _which_date(filled, this_year), dates
    texts = [cell_text(cell) for cell in filled]
    best: Target | None = None
    share = 0.3
    for target, looks_so in _LOOKS:
        here = sum(bool(looks_so(text)) for text in texts) / len(texts)
        if here > share:
            best, share = target, here
    return (best, share) if best is not None else (None, 0.0)


def _which_date(cells: Sequence[Cell], this_year: int) -> Target | None:
    """Dates of birth lie long ago; more cannot be told from the dates alone."""
    years = sorted(int(found[0]) for cell in cells if (found := _YEAR.search(cell_text(cell))))
    if years and years[len(years) // 2] <= this_year - 18:
        return Target.BIRTH_DATE
    return None


def share_like(cells: Sequence[Cell], target: Target, *, this_year: int) -> float:
    """How many of the filled cells look like the target: 0 to 1; 0.5 where looks say nothing."""
    found, share = look(cells, this_year=this_year)
    if found is None:
        return 0.5
    if found == target or (target.kind == "date" and found.kind == "date"):
        return share
    return 1 - share if any(target == one for one, _ in _LOOKS) or target.kind == "date" else 0.5


def has_patronymics(cells: Sequence[Cell]) -> bool:
    """Whether most one-word cells end as patronymics do."""
    words = [text for cell in cells if (text := cell_text(cell)) and " " not in text]
    return bool(words) and sum(bool(_PATRONYMIC.search(word)) for word in words) * 2 > len(words)
