"""Two people side by side: to say whether they are one, to merge them, to look at what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from throughgate.access.models import Assignment
from throughgate.codelists import codes
from throughgate.core.lookalikes import Known
from throughgate.core.names import parse
from throughgate.kit import show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.people.lookalikes import Pair, shared
from throughgate.people.models import ContactPoint, IdentityDocument, Merge, Name, Person, Says, Verdict
from throughgate.people.naming import shown_names
from throughgate.people.reasons import Reasons
from throughgate.people.screens.listing import LIST_COLUMNS, dressed

VERDICTS = {Says.SAME: "good", Says.NOT_SAME: "neutral", Says.CANNOT_TELL: "warn"}

NOTHING: tuple[Any, ...] = (None, "", [], show.EMPTY)
BORN, SEX, CITIZEN = _("Date of birth"), _("Sex"), _("Citizenship")
TELLING = (BORN, SEX, CITIZEN)
CALLED_SAFE = _(
    "%(channel)s %(value)s is not safe by one record, and the other does not say so. Both are kept, and the warning is "
    "shown first."
)


@dataclass(frozen=True)
class Line:
    """One fact of both. `agree`: both tell it, and tell the same."""

    label: Any
    one: Any
    other: Any
    agree: bool = False


@dataclass(frozen=True)
class SideBySide:
    one: Person
    other: Person
    lines: Sequence[Line]
    reasons: Reasons

    @property
    def judge_url(self) -> str:
        return reverse("people:judge", args=[self.one.reference, self.other.reference])


def side_by_side(pairs: Iterable[Pair]) -> list[SideBySide]:
    """The pairs of one page, with everything they show, in constant queries. Pairs of the invisible are left out."""
    wanted = list(pairs)
    ids = {one for pair in wanted for one in pair}
    people = {row.id: row for row in dressed(Person.objects.kept().filter(id__in=ids))}
    names = names_of(ids)
    documents = _pairs_of(shared(IdentityDocument, "number_hash", ids).values())
    contacts = _pairs_of(shared(ContactPoint, "value_hash", ids).values())
    found = []
    for pair in wanted:
        if people.keys() >= set(pair):
            both = people[pair.one], people[pair.other]
            reasons = Reasons(*(known(row, names.get(row.id, [])) for row in both))
            reasons.add_numbers(document=frozenset(pair) in documents, contact=frozenset(pair) in contacts)
            found.append(SideBySide(*both, lines_of(*both, names), reasons))
    return found


def names_of(ids: Iterable[UUID]) -> dict[UUID, list[Name]]:
    """{person: names, the one shown first before the others} with one query."""
    found: dict[UUID, list[Name]] = {}
    for name in Name.objects.filter(person_id__in=list(ids)).order_by("-preferred", "id"):
        found.setdefault(name.person_id, []).append(name)
    return found


def known(person: Person, names: Iterable[Name]) -> Known:
    """What the comparison goes by; closed values are as good as not known."""
    listed = [name.listed for name in names if name.listed]
    born = None if show.is_locked(person.birth_date) else person.birth_date
    return Known(tuple(parse(one) for one in dict.fromkeys(listed)), born, person.sex)


def _pairs_of(owners: Iterable[set[UUID]]) -> set[frozenset[UUID]]:
    return {frozenset((one, other)) for some in owners for one in some for other in some if one != other}


def lines_of(one: Person, other: Person, names: dict[UUID, list[Name]]) -> list[Line]:
    """Everything a reviewer compares; higher rooms add where somebody is now."""
    facts: list[tuple[Any, Any]] = [
        (_("Names"), lambda row: several([name.whole or show.lock() for name in names.get(row.id, [])])),
        (BORN, lambda row: row.birth_date),
        (SEX, lambda row: row.get_sex_display()),
        (CITIZEN, lambda row: several(codes.labels("country", row.citizenships))),
        (_("Categories"), lambda row: several(codes.labels("person_category", row.categories))),
        (_("Known here since"), lambda row: show.day(row.created_at)),
        *((column.label, column.html) for column in LIST_COLUMNS if column.on_page),
    ]
    told = [(label, tell(one), tell(other)) for label, tell in facts]
    return told_lines(Line(label, mine, theirs, _agree(label, mine, theirs)) for label, mine, theirs in told)


def told_lines(lines: Iterable[Line]) -> list[Line]:
    """Without facts that neither tells."""
    return [line for line in lines if line.one not in NOTHING or line.other not in NOTHING]


def _agree(label: Any, one: Any, other: Any) -> bool:
    """That two were entered on one day says nothing; that both are in one place says little."""
    return label in TELLING and one not in NOTHING and not show.is_locked(one) and bool(one == other)


def several(words: Sequence[Any]) -> Any:
    """One as it is, more as a list."""
    return words[0] if len(words) == 1 else list(words)


def pairs_words(count: int) -> str:
    return ngettext("%(count)s pair to look at", "%(count)s pairs to look at", count) % {"count": count}


def verdict_lines(verdicts: Iterable[Verdict]) -> list[VerdictLine]:
    """Prepared for the list: people by name and reference, in constant queries."""
    rows = list(verdicts)
    names = shown_names({end for row in rows for end in (row.one_id, row.other_id)})
    return [VerdictLine(row, _link(row.one, names), _link(row.other, names)) for row in rows]


def _link(person: Person, names: dict[UUID, str]) -> SafeString:
    return show.ref(person, ", ".join(filter(None, [names.get(person.id), person.reference])))


@dataclass(frozen=True)
class VerdictLine:
    row: Verdict
    one: SafeString
    other: SafeString

    @property
    def tag(self) -> SafeString:
        return show.tag(self.row.get_says_display(), VERDICTS[Says(self.row.says)])

    @property
    def merge_url(self) -> str:
        """For two who were said to be one and are not merged yet."""
        ends = self.row.one, self.row.other
        open_still = self.row.says == Says.SAME and all(end.merged_into_id is None for end in ends)
        return reverse("people:merge_people", args=[end.reference for end in ends]) if open_still else ""

    @property
    def merged(self) -> bool:
        """Whether the two are one by now: nothing is left to be asked."""
        one, other = (end.merged_into_id or end.id for end in (self.row.one, self.row.other))
        return bool(one == other)


def merge_warnings(person: Person, other: Person) -> list[str]:
    """What a merge would change that is dangerous if nobody thinks of it: who sees whom, and whom one may call."""
    found = []
    supporters = Assignment.objects.filter(subject_id__in=(person.id, other.id)).values("member")
    if supporters.annotate(records=Count("id")).filter(records=1).exists():
        found.append(gettext("Peer workers who see one of the two records see both from now on."))
    points = list(ContactPoint.objects.filter(person__in=(person, other)).order_by("id"))
    not_safe = {(point.number, point.person_id): point for point in points if point.not_safe_since is not None}
    silent = {(point.number, point.person_id) for point in points} - not_safe.keys()
    for (number, owner), point in not_safe.items():
        if (number, person.id if owner == other.id else other.id) in silent:
            words = {"channel": point.channel_words, "value": point.value}
            found.append(str(CALLED_SAFE) % words)
    return found


def merges_panel(person: Person, *, may_write: bool) -> Iterable[Panel]:
    """Who was merged into somebody, each with its undoing."""
    merges = Merge.objects.about(person).filter(undone_at=None).select_related("merged", "by").order_by("id")
    items = [
        Item(
            merge.merged.reference,
            gettext("%(date)s, %(who)s") % {"date": show.date_words(merge.created_at), "who": merge.by},
            actions=_part(person, merge) if may_write else [],
        )
        for merge in merges
    ]
    if items:
        yield Panel(_("Merged records"), items, note=_("Their references lead here."))


def _part(person: Person, merge: Merge) -> list[Action]:
    return [Action(_("Take apart"), reverse("people:part_people", args=[person.reference, merge.id]))]
