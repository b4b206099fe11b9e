"""Taking two records of one person together, and apart again (decision 0006)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, Q
from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access import log
from throughgate.access.acting import current_actor
from throughgate.access.acts import CannotDo, action, amend_row, note
from throughgate.access.models import Amendment, Assignment
from throughgate.people.models import Merge, Name, Person, Relationship, Says, Verdict, band_of
from throughgate.people.naming import note_changes
from throughgate.people.rights import Right
from throughgate.vault.fields import Locked, Sealed, SealedField, seal_anew
from throughgate.vault.sealing import CannotOpen
from throughgate.vault.unlocking import join_subjects, keys_of, part_subjects

# Called with (person, other) when everything of *other* has become *person*'s, and when what came over has gone back
# (then `other.merged_into_id` is None): higher rooms make anew what they derive from the rows of each.
on_merged: list[Callable[[Person, Person], None]] = []

NAME = "name"
# What one record can say otherwise than the other, so that somebody has to choose.
FIELDS = ("birth_date", "sex", "citizenships", "language")
# Lists of which both are kept.
UNITED = ("categories", "sealed_categories")
EMPTY: tuple[Any, ...] = (None, "", [])
AT_ONCE = 500

Column = tuple[type[Model], str]
Moved = dict[str, list[str]]


def shown_first(person: Person) -> Name | None:
    found: Name | None = Name.objects.about(person).filter(preferred=True).first()
    return found


def differing(person: Person, other: Person) -> list[str]:
    """The facts that both records tell, each otherwise. The names shown first are always for choice."""
    pairs = {name: (getattr(person, name), getattr(other, name)) for name in FIELDS}
    return [name for name, (one, two) in pairs.items() if one not in EMPTY and two not in EMPTY and one != two]


# Together ------------------------------------------------------------------------------------------------------------


@action("people.merge_people", needs=Right.WRITE)
def merge_people(person: Person, *, other: Person, take: Collection[str] = ()) -> Merge:
    """Whatever is kept about *other* is *person*'s from now on; the reference of *other* leads to *person*.

    *take* names the facts of `differing`, and `NAME` for the name shown first, that *other* tells right; what only one
    of the two tells is kept in any case. Raises `CannotDo` for one and the same, for data that were destroyed or merged
    before, and when a fact is closed to whoever acts.
    """
    _refuse(person, other)
    merge = Merge(organisation_id=person.organisation_id, person=person, merged=other, by_id=current_actor().id)
    merge.taken = _take_facts(person, other, take)
    merge.shown_first = _hide_name(other)
    merge.rows = _take_rows(person, other)
    merge.keys = {key_id.hex: used for key_id, used in join_subjects(other.id, into=person.id).items()}
    merge.taken |= _show_name(person, merge.shown_first, wanted=NAME in take)
    if person.photo_id is None and other.photo_id is not None:
        Person.objects.filter(id=person.id).update(photo_id=other.photo_id)
        person.refresh_from_db(fields=["photo"])
    other.merged_into = person
    other.save(update_fields=["merged_into"])
    merge.save(force_insert=True)
    _follow(person, other)
    note(other=other.id.hex, rows=sum(map(len, merge.rows.values())))
    log.append(current_actor(), "people.was_merged", other, details={"into": person.id.hex})
    return merge


def _refuse(person: Person, other: Person) -> None:
    if person.id == other.id:
        raise CannotDo(gettext("This is the same record."))
    for one in (person, other):
        if one.erased_at is not None or one.merged_into_id is not None:
            raise CannotDo(gettext("One of the two was destroyed or merged meanwhile."))
        if any(isinstance(getattr(one, name), Locked) for name in (*FIELDS, *UNITED)):
            raise CannotDo(gettext("Their data are closed to you. Somebody who holds the key can merge them."))


def _take_facts(person: Person, other: Person, take: Collection[str]) -> dict[str, str]:
    """{field: the amendment that keeps what *person* said before}."""
    values: dict[str, Any] = {}
    for name in FIELDS:
        if getattr(other, name) not in EMPTY and (name in take or getattr(person, name) in EMPTY):
            values[name] = getattr(other, name)
    for name in UNITED:
        if getattr(other, name):
            values[name] = list(dict.fromkeys([*(getattr(person, name) or []), *getattr(other, name)]))
    if "birth_date" in values:
        values["birth_band"] = band_of(values["birth_date"])
    changed = amend_row(
        person, reason=gettext("merged with %(reference)s") % {"reference": other.reference}, changes=values
    )
    kept = Amendment.objects.of(person).filter(field__in=changed).order_by("id")
    return {field: amendment_id.hex for field, amendment_id in kept.values_list("field", "id")}


def _hide_name(other: Person) -> UUID | None:
    """Two names cannot both be the one that is shown first."""
    name = shown_first(other)
    if name is None:
        return None
    Name.objects.filter(id=name.id).update(preferred=False)
    return name.id


def _show_name(person: Person, came: UUID | None, *, wanted: bool) -> dict[str, str]:
    """Show the name that came over first, where that was chosen or there is no other; say which one was until now."""
    own = shown_first(person)
    if came is None or (own is not None and not wanted):
        return {}
    if own is not None:
        Name.objects.filter(id=own.id).update(preferred=False)
    Name.objects.filter(id=came).update(preferred=True)
    return {NAME: own.id.hex if own is not None else ""}


def columns() -> Iterator[Column]:
    """Every column of every room that says which person a row is about, but those that a model keeps (`stays`).

    Found from the models, so that no room can be forgotten. What there is only one of for a person (a standing) is
    derived and does not move: its room makes it anew (`on_merged`).
    """
    for relation in Person._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.one_to_many:
            model, field = relation.related_model, relation.field  # type: ignore[union-attr]
            if field.name not in getattr(model, "stays", ()):
                yield model, field.attname  # type: ignore[misc]
    yield Assignment, "subject_id"
    yield Amendment, "subject_id"


def _take_rows(person: Person, other: Person) -> Moved:
    moved: Moved = {}
    for model, column in columns():
        rows = _rows(model, person).filter(**{column: other.id}).exclude(_clashing(model, person, other))
        ids = list(rows.values_list("id", flat=True))
        if ids:
            moved[f"{model._meta.label_lower}.{column}"] = [one.hex for one in ids]
            _point(model, column, ids, away=other, to=person)
    return moved


def _rows(model: type[Model], person: Person) -> Any:
    """All of the organisation: a row that whoever acts may not see must not stay behind with nobody."""
    return model.unguarded.filter(organisation_id=person.organisation_id)  # type: ignore[attr-defined]


def _clashing(model: type[Model], person: Person, other: Person) -> Q:
    """Rows that cannot move: between the two themselves, or such as *person* has too."""
    if model is Relationship:
        return Q(person=other, other=person) | Q(person=person, other=other)
    if model is Assignment:
        return Q(member__in=_rows(Assignment, person).filter(subject_id=person.id).values("member"))
    return Q(pk__in=[])


def _point(model: type[Model], column: str, ids: Iterable[UUID], *, away: Person, to: Person) -> None:
    for some in _batches(list(ids)):
        _rows(model, to).filter(id__in=some, **{column: away.id}).update(**{column: to.id})


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _follow(person: Person, other: Person) -> None:
    note_changes(person.organisation_id, [person.id, other.id])
    for follow in on_merged:
        follow(person, other)


# Apart ---------------------------------------------------------------------------------------------------------------


@action("people.part_people", needs=Right.WRITE)
def part_people(merge: Merge) -> Merge:
    """Undo a merge: what came over goes back, with all that was added to it since; the rest stays where it is.

    Raises `CannotDo` when it was undone before, when the data were destroyed, and when something that goes back was
    changed meanwhile in a compartment that is closed to whoever acts.
    """
    person, other = merge.person, merge.merged
    if merge.undone_at is not None or other.merged_into_id != person.id or person.erased_at is not None:
        raise CannotDo(gettext("This was done before."))
    part_subjects({UUID(key): used for key, used in merge.keys.items()}, out_of=person.id, subject_id=other.id)
    back = _give_back(merge)
    _give_back_amendments(person, other, back)
    _show_names_again(merge)
    _give_back_facts(merge)
    other.merged_into = None
    other.save(update_fields=["merged_into"])
    _seal_as_own(other, back)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    one, two = sorted((person.id, other.id))
    Verdict.objects.filter(one=one, other=two, says=Says.SAME).delete()
    _follow(person, other)
    note(other=other.id.hex, rows=sum(map(len, back.values())))
    log.append(current_actor(), "people.was_parted", other, details={"from": person.id.hex})
    return merge


Back = dict[type[Model], set[UUID]]


def _give_back(merge: Merge) -> Back:
    """What came over, and whatever has been hung on it since; says what."""
    back: Back = {}
    for key, ids in merge.rows.items():
        label, column = key.rsplit(".", 1)
        model = apps.get_model(label)
        mine = _rows(model, merge.person).filter(**{column: merge.person_id})
        found = {one for some in _batches([UUID(one) for one in ids]) for one in _ids(mine.filter(id__in=some))}
        _point(model, column, found, away=merge.person, to=merge.merged)
        if column == "person_id":
            back.setdefault(model, set()).update(found)
    while newer := _hung_on(merge.person, back):
        for model, found in newer.items():
            _point(model, "person_id", found, away=merge.person, to=merge.merged)
            back.setdefault(model, set()).update(found)
    return back


def _ids(rows: Any) -> Iterable[UUID]:
    found: Iterable[UUID] = rows.values_list("id", flat=True)
    return found


def _hung_on(person: Person, back: Back) -> Back:
    """Rows still with *person* that belong to one that went back: a contact of its case, a step of its plan."""
    found: Back = {}
    for model, column in columns():
        for field in model._meta.concrete_fields if column == "person_id" else ():
            gone = back.get(field.related_model) if isinstance(field, ForeignKey) else None
            for some in _batches(list(gone or ())):
                hung = _rows(model, person).filter(**{column: person.id, f"{field.attname}__in": some})
                if ids := set(_ids(hung)):
                    found.setdefault(model, set()).update(ids)
    return found


def _give_back_amendments(person: Person, other: Person, back: Back) -> None:
    """What was corrected since in a row that goes back is part of its history."""
    about = [other.id, *(row_id for ids in back.values() for row_id in ids)]
    for some in _batches(about):
        rows = _rows(Amendment, person).filter(subject_id=person.id, object_id__in=some)
        rows.update(subject_id=other.id)


def _show_names_again(merge: Merge) -> None:
    """Each of the two has a name that is shown first: the one it had, where that was not changed since."""
    before = {merge.merged_id: merge.shown_first, merge.person_id: _uuid(merge.taken.get(NAME))}
    for person_id, name_id in before.items():
        names = Name.objects.filter(person_id=person_id)
        if not names.filter(preferred=True).exists():
            name = names.filter(id=name_id).first() or names.order_by("id").first()
            if name is not None:
                Name.objects.filter(id=name.id).update(preferred=True)


def _uuid(kept: str | None) -> UUID | None:
    return UUID(kept) if kept else None


def _give_back_facts(merge: Merge) -> None:
    """The facts that were taken from the other are what they were before, unless somebody has corrected them since."""
    person = merge.person
    taken = {field: UUID(one) for field, one in merge.taken.items() if field != NAME}
    newest = dict(Amendment.objects.of(person).filter(field__in=taken).order_by("id").values_list("field", "id"))
    kept = Amendment.objects.in_bulk([one for field, one in taken.items() if newest.get(field) == one])
    changes = {one.field: _value_before(person, one) for one in kept.values()}
    if any(isinstance(value, Locked) for value in changes.values()):
        raise _closed()
    reason = gettext("taken apart from %(reference)s") % {"reference": merge.merged.reference}
    amend_row(person, reason=reason, changes=changes)
    photo = person.photo
    if photo is not None and photo.person_id == merge.merged_id:
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


def _seal_as_own(other: Person, back: Back) -> None:
    """What was written since under the keys of the person is sealed with the other's own: each is destroyed alone."""
    keys = keys_of(other.id)
    try:
        for model, ids in back.items():
            for some in _batches(list(ids)):
                rows = {row.pk: row for row in _rows(model, other).filter(id__in=some)}
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
    history = list(_rows(Amendment, other).filter(subject_id=other.id, object_id__in=list(rows)))
    _seal_rows(history, keys)
    for one in history:
        held = Sealed(bytes(one.was_sealed)) if one.was_sealed is not None else None
        if held is not None and held.key_id not in keys:
            row = rows[one.object_id]
            field = row._meta.get_field(one.field)
            one.was_sealed = field.seal_anew(row, held).blob
            one.save(update_fields=["was_sealed"])
