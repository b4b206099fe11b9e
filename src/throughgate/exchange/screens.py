"""Lists and panels of this room, and what it adds to the page of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from throughgate.codelists.codes import language
from throughgate.core.dates import PartialDate
from throughgate.core.lists.messages import Message
from throughgate.exchange.claims import Claims
from throughgate.exchange.content import unpacked
from throughgate.exchange.models import DoubtPage, ImportedRow, Reading, RowMatch, State
from throughgate.exchange.rights import Right
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.kit.tables import Day, Empty, Link, Number, Table, Tag, Text
from throughgate.people import screens as people
from throughgate.people.models import Name, Person, Sex, listed
from throughgate.people.naming import shown_names
from throughgate.people.reasons import Reasons

DOUBTS_ON_A_PAGE = 50
MEANINGS = {
    State.READ: "neutral",
    State.MAPPED: "neutral",
    State.CHECKING: "progress",
    State.CHECKED: "warn",
    State.RUNNING: "progress",
    State.DONE: "good",
    State.UNDOING: "progress",
    State.UNDONE: "neutral",
}


class Readings(Table):
    """Every list that was brought here."""

    name = "lists"
    title = _("Imported lists")
    columns = (
        Link("file_name", _("File")),
        Tag("state", _("State"), words=dict(State.choices), meanings=MEANINGS),
        Number("row_count", pgettext_lazy("column", "Rows"), sort="row_count"),
        Text("by", _("By"), select=["by"]),
        Day("created_at", pgettext_lazy("column", "Since"), sort="created_at"),
    )
    default_sort = "-created_at"
    empty = Empty(
        _("No list yet"), _("Bring a list of prisoners from a file; nothing is taken over before you confirm it.")
    )

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s list", "%(count)s lists", self.count) % {"count": self.count}


@dataclass(frozen=True)
class DoubtLine:
    pk: int
    row: int
    column: str
    value: str
    words: str
    serious: bool


class Doubts(Table):
    """Every cell of a list that is in doubt, the serious ones first."""

    name = "doubts"
    title = _("Doubtful cells")
    columns = (
        Number("row", pgettext_lazy("of a list", "Row")),
        Text("column", _("Column")),
        Text("value", _("What stands there")),
        Text("words", _("What is doubtful")),
        Tag(
            "serious",
            pgettext_lazy("of a doubt", "How much"),
            words=lambda serious: _("to look at") if serious else _("for information"),
            meanings=lambda serious: "warn" if serious else "neutral",
        ),
    )
    per_page = DOUBTS_ON_A_PAGE
    empty = Empty(_("Nothing is in doubt"))

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s cell", "%(count)s cells", self.count) % {"count": self.count}


def feed_doubts(table: Doubts, reading: Reading) -> None:
    """A page of the table is a page as it was sealed."""

    def load(wanted: Sequence[int]) -> list[DoubtLine]:
        pages = {number // DOUBTS_ON_A_PAGE for number in wanted}
        found = []
        for page in DoubtPage.objects.filter(reading=reading, number__in=pages):
            first = page.number * DOUBTS_ON_A_PAGE
            found += [doubt_line(first + place, one) for place, one in enumerate(page.doubts)]
        return found

    table.feed_ids(range(reading.count("doubts")), load)


def doubt_line(number: int, kept: Mapping[str, Any]) -> DoubtLine:
    words = Message(kept["code"], kept["params"]).text(language())
    return DoubtLine(number, kept["row"], kept["column"], kept["value"], words, kept["serious"])


class Rows(Table):
    """Rows of a list that was imported, with the people they are about."""

    name = "rows"
    title = _("Rows of the list")
    columns = (
        Link("person", _("Person"), lambda row: row.shown_name, url=lambda row: row.url),
        Number("number", pgettext_lazy("of a list", "Row"), sort="number"),
        Text("said", _("What about it")),
    )
    default_sort = "number"
    per_page = 50
    empty = Empty(_("No such row"))

    def prepare(self, rows: list[Any]) -> list[Any]:
        names = shown_names([row.person_id for row in rows if row.person_id])
        for row in rows:
            row.shown_name = names.get(row.person_id) or (gettext("no name") if row.person_id is None else show.lock())
            row.url = reverse("exchange:from_lists", args=[row.person.reference]) if row.person else ""
            row.said = [one.words for one in doubts_of(row)]
        return rows

    @property
    def count_words(self) -> str:
        return ngettext("%(count)s row", "%(count)s rows", self.count) % {"count": self.count}


def doubts_of(row: ImportedRow) -> list[DoubtLine]:
    return (
        [doubt_line(place, one) for place, one in enumerate(row.doubts or [])] if isinstance(row.doubts, list) else []
    )


# What was found, in figures ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stat:
    number: int
    words: str
    meaning: str = ""
    url: str = ""


def stats_of_check(reading: Reading) -> list[Stat]:
    """What an import would do."""
    compared = reading.previous_id is not None
    found = [
        Stat(reading.count("rows"), gettext("rows in the list")),
        Stat(reading.count("new"), gettext("new"), "good" if reading.count("new") else ""),
    ]
    if compared:
        shrank = "danger" if reading.shrank else "warn" if reading.count("gone") else ""
        found += [
            Stat(reading.count("unchanged"), gettext("known, unchanged")),
            Stat(reading.count("changed"), gettext("changed")),
            Stat(reading.count("gone"), gettext("gone since last time"), shrank),
        ]
    if reading.count("alike"):
        matches = reverse("exchange:matches", args=[reading.id])
        sure = reading.count("sure")
        found += [
            Stat(sure, gettext("surely known here"), "good" if sure else "", f"{matches}?show=sure"),
            Stat(reading.count("alike") - sure, gettext("perhaps known here"), "warn", f"{matches}?show=unsure"),
        ]
    doubts = reverse("exchange:doubts", args=[reading.id]) if reading.count("doubts") else ""
    found.append(Stat(reading.count("serious"), gettext("cells to look at"), "warn" if doubts else "", doubts))
    return found


@dataclass(frozen=True)
class MatchSeen:
    """A row beside whom it seems to be about."""

    match: RowMatch
    lines: Sequence[people.Line]
    reasons: Reasons

    @property
    def tags(self) -> list[SafeString]:
        found = [show.tag(gettext("sure"), "good") if self.match.sure else show.tag(gettext("to look at"), "warn")]
        if self.match.decision:
            found.append(show.tag(self.match.get_decision_display(), "progress"))
        return found

    @property
    def url(self) -> str:
        return reverse("exchange:decide_row", args=[self.match.reading_id, self.match.number])


def matches_seen(found: Iterable[RowMatch]) -> list[MatchSeen]:
    """Rows of one page, each with the person, in constant queries."""
    rows = list(found)
    names = people.names_of({row.person_id for row in rows})
    return [_match_seen(row, names.get(row.person_id, [])) for row in rows]


def _match_seen(row: RowMatch, names: Sequence[Name]) -> MatchSeen:
    nothing = {"names": [], "birth": "", "sex": "", "others": 0}
    told: dict[str, Any] = row.told if isinstance(row.told, dict) else nothing
    claims = Claims(tuple(told["names"]), PartialDate.parse(told["birth"]) if told["birth"] else None, told["sex"])
    person = people.known(row.person, names)
    sexes = dict(Sex.choices)
    lines = [
        people.Line(
            _("Names"),
            people.several([listed(parts) for parts in claims.names]),
            people.several([name.whole for name in names]),
        ),
        people.Line(_("Date of birth"), claims.birth, row.person.birth_date),
        people.Line(_("Sex"), sexes.get(claims.sex), row.person.get_sex_display()),
    ]
    reasons = Reasons(claims.known, person)
    if told["others"]:
        reasons.against.append(_others_words(told["others"]))
    return MatchSeen(row, people.told_lines(lines), reasons)


def _others_words(count: int) -> str:
    return ngettext(
        "%(count)s other person known here is like this row, too",
        "%(count)s other people known here are like this row, too",
        count,
    ) % {"count": count}


def stats_of_result(reading: Reading) -> list[Stat]:
    """What an import did."""
    rows = reverse("exchange:rows", args=[reading.id])

    def stat(code: str, words: str, show_what: str, meaning: str = "") -> Stat:
        number = reading.count(code)
        return Stat(number, words, meaning if number else "", f"{rows}?show={show_what}" if number else "")

    found = [stat("new", gettext("new"), "new", "good")]
    if reading.previous_id is not None:
        found += [
            Stat(reading.count("unchanged"), gettext("known, unchanged")),
            stat("changed", gettext("changed"), "changed"),
            stat("gone", gettext("gone since last time"), "gone", "warn"),
        ]
    if reading.count("known"):
        found.append(stat("known", gettext("about people known before"), "known"))
    return [*found, stat("doubtful_rows", gettext("rows with doubtful cells"), "doubtful", "warn")]


def facts_panel(reading: Reading) -> Panel:
    """The file, as it was understood."""
    about = reading.about if isinstance(reading.about, dict) else {}
    layout = reading.profile.name if reading.profile else "; ".join(unpacked(about.get("layout", []), language()))
    kind = " ".join(filter(None, [reading.format.upper(), reading.encoding, _delimiter(reading.delimiter)]))
    warnings = unpacked(about.get("warnings", []), language())
    return Panel(
        _("The file"),
        [
            Item(_("Name of the file"), reading.file_name),
            Item(_("Format"), kind),
            Item(_("Sheet"), about.get("sheet"), hide_empty=True),
            Item(_("Layout"), layout or None, hide_empty=True),
            Item(_("Rows"), reading.row_count),
            Item(_("Brought by"), str(reading.by)),
            Item(_("As of"), reading.today),
            Item(_("Noticed"), warnings, hide_empty=True),
            Item(_("Above the headings"), [" ".join(row) for row in about.get("preamble", [])], hide_empty=True),
        ],
    )


def _delimiter(sign: str) -> str:
    return {"\t": gettext("tab")}.get(sign, f"«{sign}»") if sign else ""


def findings_panel(reading: Reading) -> Panel:
    """What the dry run noticed, by kinds of doubt, without a word of the list."""
    lines = [
        Item(_("Places of detention recognised"), gettext("%(known)s of %(all)s") % {
            "known": reading.count("places_known"), "all": reading.count("places")}),
        Item(_("Rows without a number of the list"), reading.count("without_id") or None, hide_empty=True),
        Item(_("Rows without a name"), reading.count("nameless") or None, hide_empty=True),
        Item(_("Rows with something kept as a note"), reading.count("left") or None, hide_empty=True),
        Item(_("Doubtful cells"), reading.count("doubts")),
    ]  # fmt: skip
    return Panel(_("What was noticed"), lines)


# On the page of a person ---------------------------------------------------------------------------------------------


def join_people() -> None:
    """Add this room's part to the pages about people. Called once, when everything is loaded."""
    people.OVERVIEW.append(overview)


def overview(person: Person, request: HttpRequest) -> Iterable[Panel]:
    """What lists say and was not understood; the rest of their rows is a click away."""
    rows = list(ImportedRow.objects.about(person).standing().select_related("reading").order_by("-id"))
    if not rows:
        return
    items = [Item(heading, text) for row in rows for heading, text in _left(row)]
    items += [Item(line.column or gettext("Row"), show.Uncertain(line.value or None, line.words)) for row in rows
              for line in doubts_of(row)]  # fmt: skip
    if any(row.gone for row in rows):
        items.insert(0, Item(_("State"), show.tag(gettext("no longer in the list"), "warn")))
    link = Action(_("The whole row"), reverse("exchange:from_lists", args=[person.reference]))
    note = "" if items else _("All of the row was understood.")
    yield Panel(_("From a list"), items, [link], note)


def _left(row: ImportedRow) -> list[tuple[str, str]]:
    return list(row.left.items()) if isinstance(row.left, dict) else []


def row_panels(person: Person) -> list[Panel]:
    """Each row about somebody as it stands in its list, the newest first."""
    rows = ImportedRow.objects.about(person).select_related("reading", "ended_in").order_by("-id")
    return [_row_panel(row) for row in rows]


def _row_panel(row: ImportedRow) -> Panel:
    cells = row.cells.items() if isinstance(row.cells, dict) else [(gettext("Row"), row.cells)]
    health = row.health.items() if isinstance(row.health, dict) else [(gettext("Health"), row.health)]
    doubts = {line.column: line.words for line in doubts_of(row)}
    items = [Item(heading, _cell(text, doubts.get(heading, ""))) for heading, text in cells]
    items += [Item(heading, text) for heading, text in health if text]
    words = {"date": show.date_words(row.reading.today), "number": row.number}
    return Panel(gettext("List of %(date)s, row %(number)s") % words, items, note=_standing_words(row))


def _cell(text: Any, doubt: str) -> Any:
    return show.Uncertain(text, doubt) if doubt else text


def _standing_words(row: ImportedRow) -> str:
    if row.gone and row.ended_in is not None:
        return gettext("No longer in the list of %(date)s.") % {"date": show.date_words(row.ended_in.today)}
    if row.ended_in is not None:
        return gettext("Replaced by the list of %(date)s.") % {"date": show.date_words(row.ended_in.today)}
    return ""


def may_import(actor: Any) -> bool:
    return bool(actor.has(Right.IMPORT))
