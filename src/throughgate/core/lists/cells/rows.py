"""A row of a list, read by its mapping. Nothing is lost: what is not understood is kept with its heading."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from throughgate.core.dates import PartialDate
from throughgate.core.geo import Match, match_institution
from throughgate.core.lists.cells.articles import Article, read_articles
from throughgate.core.lists.cells.doubts import Doubt
from throughgate.core.lists.cells.names import NameParts, mixed_word, read_name, tidy
from throughgate.core.lists.cells.places import Matcher, Place, read_place
from throughgate.core.lists.cells.sentences import Sentence, read_regime, read_sentences
from throughgate.core.lists.cells.small import Sex, Status, is_phone, read_date_cell, read_sex, read_status
from throughgate.core.lists.mapping import ColumnMapping, Target
from throughgate.core.lists.messages import Params
from throughgate.core.lists.reading.sheet import Cell, Row, cell_text

# How far ahead a two-digit year may lie, by field; what is past by nature lies behind.
_YEARS_AHEAD = {Target.RELEASE_EXPECTED: 25, Target.RELEASE_DATE: 25, Target.HEARING_DATE: 2}
_PAST = (Target.BIRTH_DATE, Target.DETAINED_ON, Target.VERDICT_DATE, Target.DIED)
# The order in which things happen to a person.
_ORDER = (
    Target.BIRTH_DATE,
    Target.DETAINED_ON,
    Target.VERDICT_DATE,
    Target.RELEASE_DATE,
)
_YOUNGEST, _OLDEST = 14, 95
# No cell that says one thing is longer; a longer one is somebody's account of what happened, or made to take long.
_LONGEST_READ = 2000


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """What one row says.

    number     of the row in its file
    dates      by target: birth_date, detained_on, verdict_date, hearing_date, release_date,
               release_expected, died
    texts      fields that are taken as they stand (citizenship, judge, phone, ...), by target
    leftovers  heading -> what stands there: columns without a target, cells that were not understood
    original   heading -> text of every filled cell, as it came
    """

    number: int
    list_id: str = ""
    name: NameParts | None = None
    sex: Sex | None = None
    dates: Mapping[Target, PartialDate] = field(default_factory=dict)
    articles: tuple[Article, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    place: Place | None = None
    status: Status | None = None
    texts: Mapping[Target, tuple[str, ...]] = field(default_factory=dict)
    leftovers: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    original: Mapping[str, str] = field(default_factory=dict)

    @property
    def birth(self) -> PartialDate | None:
        return self.dates.get(Target.BIRTH_DATE)

    @property
    def detained_on(self) -> PartialDate | None:
        return self.dates.get(Target.DETAINED_ON)

    @property
    def verdict_date(self) -> PartialDate | None:
        return self.dates.get(Target.VERDICT_DATE)

    @property
    def release_date(self) -> PartialDate | None:
        return self.dates.get(Target.RELEASE_DATE)

    @property
    def died(self) -> PartialDate | None:
        return self.dates.get(Target.DIED)

    def text(self, target: Target) -> str:
        """A field taken as it stands; several columns are joined with "; "."""
        return "; ".join(self.texts.get(target, ()))


@dataclass(slots=True)
class _Draft:
    """A row while it is read."""

    row: Row
    today: datetime.date
    matcher: Matcher
    list_id: str = ""
    name: NameParts | None = None
    parts: dict[Target, str] = field(default_factory=dict)
    sex: Sex | None = None
    dates: dict[Target, PartialDate] = field(default_factory=dict)
    columns: dict[Target, str] = field(default_factory=dict)
    articles: list[Article] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    regime: str | None = None
    place: Place | None = None
    status: Status | None = None
    texts: dict[Target, list[str]] = field(default_factory=dict)
    leftovers: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, column: str, value: str, code: str, params: Params | None = None) -> None:
        self.doubts.append(Doubt(column, value, code, params or {}))


_Reader = Callable[[_Draft, Target, str, Cell], None]


def parse_row(
    row: Row,
    headings: Sequence[str],
    mapping: ColumnMapping,
    *,
    today: datetime.date,
    matcher: Matcher = match_institution,
) -> ParsedRow:
    """Read one row. `matcher` finds institutions by the words of a cell, best first."""
    draft = _Draft(row, today, matcher)
    original: dict[str, str] = {}
    for heading, cell in zip(headings, row.cells, strict=True):
        if cell == "":
            continue
        original[heading] = cell_text(cell)
        target = mapping.target(heading)
        if target is None:
            draft.leftovers[heading] = cell_text(cell)
        elif len(original[heading]) > _LONGEST_READ and target.kind in _READERS:
            draft.leftovers[heading] = original[heading]
            draft.doubt(heading, original[heading][:100] + "…", "cell_is_a_story")
        else:
            draft.columns.setdefault(target, heading)
            _READERS.get(target.kind, _read_text)(draft, target, heading, cell)
    _join_name(draft)
    _apply_regime(draft)
    _check_together(draft, bool(mapping.headings(Target.LIST_ID)))
    return _finished(draft, original)


def parse_rows(
    rows: Iterable[Row],
    headings: Sequence[str],
    mapping: ColumnMapping,
    *,
    today: datetime.date,
    matcher: Matcher = match_institution,
) -> Iterator[ParsedRow]:
    """Read row by row; a number of the list that comes again is a doubt."""
    seen: dict[str, int] = {}
    known: dict[str, Sequence[Match]] = {}

    def remembering(text: str) -> Sequence[Match]:
        # The same few places stand in thousands of rows.
        if text not in known:
            known[text] = matcher(text)
        return known[text]

    for row in rows:
        parsed = parse_row(row, headings, mapping, today=today, matcher=remembering)
        first = seen.setdefault(parsed.list_id, parsed.number) if parsed.list_id else parsed.number
        if first != parsed.number:
            column = next(iter(mapping.headings(Target.LIST_ID)), "")
            again = Doubt(column, parsed.list_id, "id_repeated", {"id": parsed.list_id, "row": first})
            parsed = replace(parsed, doubts=(*parsed.doubts, again))
        yield parsed


def _read_text(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    draft.texts.setdefault(target, []).append(cell_text(cell))


def _read_number(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    """The running number of a row says nothing about the person; it stays in `original`."""


def _read_id(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    draft.list_id = cell_text(cell)


def _read_name(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    text = cell_text(cell)
    draft.name, codes = read_name(text)
    for code in codes:
        draft.doubt(heading, text, code, {"word": mixed_word(text) or ""})


def _read_name_part(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    text = cell_text(cell)
    draft.parts[target] = text
    if word := mixed_word(text):
        draft.doubt(heading, text, "name_mixed_alphabets", {"word": word})


def _read_date(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    ahead = _YEARS_AHEAD.get(target, 0)
    date, codes, whole = read_date_cell(cell, today=draft.today, years_ahead=ahead)
    text = cell_text(cell)
    if date is not None:
        draft.dates[target] = date
    if not whole:
        draft.leftovers[heading] = text
        if date is None and (status := read_status(text)) and target in {Target.DIED, Target.RELEASE_DATE}:
            draft.status = draft.status or status
            return
    for code in codes:
        draft.doubt(heading, text, code, {"read": str(date)} if date else {})


def _read_articles(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    text = cell_text(cell)
    found, doubts = read_articles(text)
    draft.articles += [article for article in found if article not in draft.articles]
    for code, piece in doubts:
        if code == "article_unread":
            _keep(draft, heading, piece)
        draft.doubt(heading, piece if code == "article_unread" else text, code, {"article": piece})


def _read_sentence(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    text = cell_text(cell)
    found, doubts = read_sentences(text)
    draft.sentences += found
    for code, piece in doubts:
        if code in {"sentence_unread", "sentence_partly"}:
            _keep(draft, heading, piece)
        draft.doubt(heading, piece, code, {"text": piece})


def _read_regime(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    draft.regime = read_regime(cell_text(cell))
    if draft.regime is None:
        _keep(draft, heading, cell_text(cell))


def _read_facility(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    text = cell_text(cell)
    draft.place, doubts = read_place(text, draft.matcher)
    for code, params in doubts:
        draft.doubt(heading, text, code, params)
    if doubts:
        draft.leftovers[heading] = text


def _read_status(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    text = cell_text(cell)
    status = read_status(text)
    if status is None:
        draft.leftovers[heading] = text
        draft.doubt(heading, text, "status_unread")
    else:
        draft.status = status


def _read_sex(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    text = cell_text(cell)
    draft.sex = read_sex(text)
    if draft.sex is None:
        draft.leftovers[heading] = text
        draft.doubt(heading, text, "sex_unread")


def _read_phone(draft: _Draft, target: Target, heading: str, cell: Cell) -> None:
    text = cell_text(cell)
    if not is_phone(text):
        draft.doubt(heading, text, "phone_unread")
    _read_text(draft, target, heading, cell)


_READERS: Mapping[str, _Reader] = {
    "number": _read_number,
    "id": _read_id,
    "name": _read_name,
    "name_part": _read_name_part,
    "date": _read_date,
    "articles": _read_articles,
    "sentence": _read_sentence,
    "regime": _read_regime,
    "facility": _read_facility,
    "status": _read_status,
    "sex": _read_sex,
    "phone": _read_phone,
}


def _keep(draft: _Draft, heading: str, text: str) -> None:
    before = draft.leftovers.get(heading)
    draft.leftovers[heading] = f"{before}; {text}" if before else text


def _join_name(draft: _Draft) -> None:
    """Parts from their own columns; they say more than a name in one cell."""
    parts = draft.parts
    if parts:
        written = " ".join(parts[one] for one in (Target.SURNAME, Target.GIVEN, Target.PATRONYMIC) if one in parts)
        joined = NameParts(
            draft.name.text if draft.name else written,
            tidy(parts.get(Target.SURNAME, "")),
            tidy(parts.get(Target.GIVEN, "")),
            tidy(parts.get(Target.PATRONYMIC, "")),
        )
        draft.name = replace(joined, other=draft.name.other) if draft.name else joined
    if draft.name is None:
        draft.doubt("", "", "name_missing")
        return
    more = tuple(draft.texts.get(Target.OTHER_NAMES, ()))
    draft.name = replace(draft.name, other=(*draft.name.other, *more))


def _apply_regime(draft: _Draft) -> None:
    if draft.regime and len(draft.sentences) == 1 and draft.sentences[0].regime is None:
        draft.sentences = [replace(draft.sentences[0], regime=draft.regime)]
    elif draft.regime and not any(one.regime == draft.regime for one in draft.sentences):
        _keep(draft, draft.columns[Target.REGIME], draft.regime)


def _check_together(draft: _Draft, has_ids: bool) -> None:
    """Doubts that only show when several cells are read side by side."""
    if has_ids and not draft.list_id:
        draft.doubt("", "", "id_missing")
    for target in _PAST:
        date = draft.dates.get(target)
        if date is not None and date.earliest > draft.today:
            draft.doubt(draft.columns[target], str(date), "date_in_future", {"read": str(date)})
    there = [target for target in _ORDER if target in draft.dates]
    for earlier, later in pairwise(there):
        if draft.dates[earlier].earliest > draft.dates[later].latest:
            params = {"earlier": str(draft.dates[earlier]), "later": str(draft.dates[later])}
            draft.doubt(draft.columns[later], str(draft.dates[later]), "date_order", params)
    _check_age(draft)
    held = draft.place is not None and draft.place.match is not None
    if (held and draft.status in {"released", "at_liberty"}) or (
        draft.status == "active" and draft.place is not None and draft.place.liberty == "released"
    ):
        draft.doubt(draft.columns[Target.FACILITY], draft.place.text if draft.place else "", "status_contradicts")


def _check_age(draft: _Draft) -> None:
    birth, detained = draft.dates.get(Target.BIRTH_DATE), draft.dates.get(Target.DETAINED_ON)
    if birth is None or detained is None or birth.earliest > detained.latest:
        return
    oldest = detained.latest.year - birth.earliest.year
    youngest = detained.earliest.year - birth.latest.year - 1
    if oldest < _YOUNGEST or youngest > _OLDEST:
        draft.doubt(draft.columns[Target.BIRTH_DATE], str(birth), "age_unlikely", {"age": max(oldest, 0)})


def _finished(draft: _Draft, original: Mapping[str, str]) -> ParsedRow:
    return ParsedRow(
        number=draft.row.number,
        list_id=draft.list_id,
        name=draft.name,
        sex=draft.sex,
        dates=draft.dates,
        articles=tuple(draft.articles),
        sentences=tuple(draft.sentences),
        place=draft.place,
        status=draft.status,
        texts={target: tuple(texts) for target, texts in draft.texts.items()},
        leftovers=draft.leftovers,
        doubts=tuple(draft.doubts),
        original=original,
    )
