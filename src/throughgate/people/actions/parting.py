"""Taking two records that were merged apart again (decision 0006)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, takewhile
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access import log
from throughgate.access.acting import current_actor
from throughgate.access.acts import CannotDo, action, note
from throughgate.access.models import Amendment
from throughgate.people.actions.hanging import batches, columns, point, rows_of
from throughgate.people.actions.merging import NAME, amended, follow
from throughgate.people.models import Merge, Name, Person, Says, Verdict, band_of
from throughgate.people.rights import Right
from throughgate.vault.fields import Locked, Sealed, SealedField, seal_anew
from throughgate.vault.sealing import CannotOpen
from throughgate.vault.unlocking import keys_of, part_subjects

Back = dict[type[Model], set[UUID]]

# Called with the rows that go back, {model: ids}; gives others that came of them and go with them.
on_parting: list[Callable[[Back], Back]] = []

ABOUT = "person_id"


@action("people.part_people", needs=Right.WRITE)
def part_people(merge: Merge) -> Merge:
    """Undo a merge: what came over goes back, with all that was added to it since; the rest stays where it is.

    Raises `CannotDo` when it was undone before, when the data were destroyed, and when something that goes back was
    changed meanwhile in a compartment that is closed to whoever acts.
    """
    merge = _now(merge)
    person, other = merge.person, merge.merged
    part_subjects({UUID(key): used for key, used in merge.keys.items()}, out_of=person.id, subject_id=other.id)
    back = _give_back(merge)
    _cut(person, other)
    _give_back_amendments(person, other, back)
    other.merged_into = None
    other.save(update_fields=["merged_into"])
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    _show_names_again(merge)
    for one, left in ((person, other), (other, person)):
        _give_back_facts(one, left)
    _seal_as_own(other, back)
    Verdict.objects.filter(one_id__in=(person, other), other_id__in=(person, other), says=Says.SAME).delete()
    follow(person, other)
    note(other=other.id.hex, rows=sum(map(len, back.values())))
    log.append(current_actor(), "people.was_parted", other, details={"from": person.id.hex})
    return merge


def _now(merge: Merge) -> Merge:
    """As it is at this moment, and nobody else changes the two: somebody may have pressed the button before."""
    list(Person.objects.select_for_update().filter(id__in=(merge.person_id, merge.merged_id)).order_by("id"))
    now: Merge = Merge.objects.select_related("person", "merged").get(id=merge.id)
    if now.undone_at is not None or now.merged.merged_into_id != now.person_id or now.person.erased_at is not None:
        raise CannotDo(gettext("This was done before."))
    return now


# Rows ----------------------------------------------------------------------------------------------------------------


def _give_back(merge: Merge) -> Back:
    """What came over, and whatever has been hung on it since; says what."""
    person, other = merge.person, merge.merged
    # Some rows could not follow when *person* took over another record in turn: they lie with that one.
    holders = [person.id, *Person.objects.filter(merged_into=person).values_list("id", flat=True)]
    back: Back = {}
    for key, ids in merge.rows.items():
        label, column = key.rsplit(".", 1)
        model = apps.get_model(label)
        mine = rows_of(model, person).filter(**{f"{column}__in": holders})
        found = {one for some in batches([UUID(one) for one in ids]) for one in _ids(mine.filter(id__in=some))}
        point(model, column, found, to=other)
        if column == ABOUT:
            back.setdefault(model, set()).update(found)
    others = list(Merge.objects.about(person).filter(undone_at=None).exclude(id=merge.id))
    since = max([merge.created_at, *(one.created_at for one in others if _brought(one, merge))])
    came = {UUID(one) for each in others for ids in each.rows.values() for one in ids}
    while newer := _newer(person, back, since=since, came=came):
        for model, found in newer.items():
            point(model, ABOUT, found, to=other)
            back.setdefault(model, set()).update(found)
    return back


def _brought(later: Merge, merge: Merge) -> bool:
    """Whether the one with whom the rows of *merge* were was merged in turn."""
    return merge.id.hex in later.rows.get(f"{Merge._meta.label_lower}.{ABOUT}", ())


def _ids(rows: Any) -> Iterable[UUID]:
    found: Iterable[UUID] = rows.values_list("id", flat=True)
    return found


def _newer(person: Person, back: Back, *, since: Any, came: set[UUID]) -> Back:
    """Rows still with *person*, made since, that belong to one that went back: a contact of its case, a step of its
    plan. Not those that *came* with somebody else.
    """
    found: Back = {}
    for model, field in _ties():
        for some in batches(list(back.get(field.related_model, ()))):
            hung = rows_of(model, person).filter(**{ABOUT: person.id, f"{field.attname}__in": some})
            found.setdefault(model, set()).update(_ids(hung.filter(created_at__gte=since)))
    for came_of in on_parting:
        for model, ids in came_of(back).items():
            for some in batches(list(ids)):
                made = rows_of(model, person).filter(**{ABOUT: person.id}, id__in=some)
                found.setdefault(model, set()).update(_ids(made))
    return {model: ids - came for model, ids in found.items() if ids - came}


def _ties() -> Iterator[tuple[type[Model], Any]]:
    """Every column by which a row about somebody belongs to, or speaks of, another such row."""
    models = {model for model, column in columns() if column == ABOUT}
    for model in sorted(models, key=lambda one: one._meta.label):
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model in models:
                yield model, field


def _cut(person: Person, other: Person) -> None:
    """Nothing about the one speaks of a row about the other: a report that was put over theirs no longer is."""
    for model, field in _ties():
        if field.null:
            for one, two in ((person, other), (other, person)):
                rows = rows_of(model, person).filter(**{ABOUT: one.id, f"{field.name}__{ABOUT}": two.id})
                rows.update(**{field.attname: None})


def _give_back_amendments(person: Person, other: Person, back: Back) -> None:
    """What was corrected since in a row that goes back is part of its history."""
    about = [other.id, *(row_id for ids in back.values() for row_id in ids)]
    for some in batches(about):
        rows = rows_of(Amendment, person).filter(subject_id=person.id, object_id__in=some)
        rows.update(subject_id=other.id)


# What is said of the person ------------------------------------------------------------------------------------------


def _undone(person: Person) -> list[Merge]:
    """Those whom somebody took over once and who are somebody else again, the newest first."""
    return list(Merge.objects.about(person).exclude(undone_at=None).order_by("-id"))


def _show_names_again(merge: Merge) -> None:
    """Each of the two has a name that is shown first: the one it had, where that was not changed since."""
    for person, had in ((merge.person, None), (merge.merged, merge.shown_first)):
        names = Name.objects.about(person)
        if names.filter(preferred=True).exists():
            continue
        before = [had, *(UUID(one.taken[NAME]) for one in _undone(person) if one.taken.get(NAME))]
        mine = list(names.order_by("id").values_list("id", flat=True))
        wanted = [one for one in before if one in mine] or mine
        names.filter(id__in=wanted[:1]).update(preferred=True)


def _give_back_facts(person: Person, left: Person) -> None:
    """The facts that were taken from others who are somebody else again are what they were before, unless somebody
    has corrected them since.
    """
    undone = _undone(person)
    theirs = {UUID(one) for merge in undone for field, ids in merge.taken.items() if field != NAME for one in ids}
    history = Amendment.objects.of(person).order_by("field", "-id")
    changes = {}
    for field, kept in groupby(history, attrgetter("field")):
        if undoing := list(takewhile(lambda one: one.id in theirs, kept)):
            changes[field] = _value_before(person, undoing[-1])
    changes.pop("birth_band", None)
    if any(isinstance(value, Locked) for value in changes.values()):
        raise _closed()
    if "birth_date" in changes:
        changes["birth_band"] = band_of(changes["birth_date"])
    if changes:
        reason = gettext("taken apart from %(reference)s") % {"reference": left.reference}
        for field, ids in amended(person, changes, reason=reason).items():
            undone[0].taken.setdefault(field, []).extend(ids)
        undone[0].save(update_fields=["taken"])
    if person.photo is not None and person.photo.person_id != person.id:
        person.photo = None
        person.save(update_fields=["photo"])


def _value_before(person: Person, kept: Amendment) -> Any:
    field = person._meta.get_field(kept.field)
    if not isinstance(field, SealedField):
        return kept.was
    return None if kept.was_sealed is None else field.open(person, Sealed(bytes(kept.was_sealed)))


def _closed() -> CannotDo:
    return CannotDo(
        gettext(
            "Something was changed meanwhile that is closed to you. Somebody who holds all keys can undo this merge."
        )
    )


# Keys ----------------------------------------------------------------------------------------------------------------


def _seal_as_own(other: Person, back: Back) -> None:
    """What was written since under the keys of the person is sealed with the other's own: each is destroyed alone."""
    keys = keys_of(other.id)
    try:
        for model, ids in back.items():
            for some in batches(list(ids)):
                rows = {row.pk: row for row in rows_of(model, other).filter(id__in=some)}
                _seal_rows((row for row in rows.values() if row.sealed_subject()[0] == other.id), keys)
                _seal_history(other, rows, keys)
        _seal_history(other, {other.id: other}, keys)
    except CannotOpen as closed:
        raise _closed() from closed


def _seal_rows(rows: Iterable[Model], keys: set[bytes]) -> None:
    for row in rows:
        if changed := seal_anew(row, keys):
            row.save(update_fields=changed)


def _seal_history(other: Person, rows: dict[UUID, Any], keys: set[bytes]) -> None:
    """What stood in these rows before, and why it was changed."""
    history = list(rows_of(Amendment, other).filter(subject_id=other.id, object_id__in=list(rows)))
    _seal_rows(history, keys)
    for one in history:
        held = Sealed(bytes(one.was_sealed)) if one.was_sealed is not None else None
        if held is not None and held.key_id not in keys:
            row = rows[one.object_id]
            field = row._meta.get_field(one.field)
            one.was_sealed = field.seal_anew(row, held).blob
            one.save(update_fields=["was_sealed"])
