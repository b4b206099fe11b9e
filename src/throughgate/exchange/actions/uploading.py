"""A file comes in, and somebody says what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from throughgate.access.acting import current_member, our_organisation
from throughgate.access.acts import CannotDo, action, note
from throughgate.codelists import codes
from throughgate.core.lists.errors import ListError, TooBig
from throughgate.core.lists.mapping import ColumnMapping, Target
from throughgate.core.lists.metadata import strip_metadata
from throughgate.core.lists.reading import Sheet, read_list
from throughgate.exchange import content, scripts
from throughgate.exchange.models import DoubtPage, Profile, Reading, State
from throughgate.exchange.rights import Right
from throughgate.vault import files
from throughgate.vault.fields import Locked


class NotTaken(CannotDo):
    """The file is no list that can be read; the text says why in the reader's language. Nothing was changed."""


@action("exchange.upload_list", needs=Right.IMPORT)
def upload(data: bytes, *, file_name: str, language: str = "en") -> Reading:
    """Read a file, strip it of the traces of its author, seal it, and propose what its columns mean.

    Raises `NotTaken` with the reason in *language*.
    """
    sheet, clean = _read(data, file_name, language)
    reading = Reading(organisation_id=our_organisation(), by=current_member().member, today=timezone.localdate())
    _describe(reading, sheet)
    reading.file_name = content.safe_name(file_name)
    reading.stored, reading.secret = files.write(clean)
    reading.size = len(clean)
    reading.save(force_insert=True)
    note(format=reading.format, rows=reading.row_count)
    return reading


def _read(data: bytes, file_name: str, language: str) -> tuple[Sheet, bytes]:
    try:
        if len(data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise TooBig(limit_mib=settings.FILE_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024)
        sheet = read_list(data, file_name, limits=content.LIMITS)
        # A text has no traces of its author beyond what stands in it.
        return sheet, data if sheet.format == "csv" else strip_metadata(data)
    except ListError as error:
        raise NotTaken(error.text(language)) from error


def _describe(reading: Reading, sheet: Sheet) -> None:
    proposal = content.proposed(sheet, this_year=reading.today.year)
    reading.format, reading.encoding, reading.delimiter = sheet.format, sheet.encoding or "", sheet.delimiter or ""
    reading.row_count, reading.headings = sheet.row_count, list(sheet.headings)
    reading.mapping = {heading: one.target or "" for heading, one in proposal.columns.items()}
    reading.script = scripts.guess(sheet, proposal)
    met = proposal.profile
    reading.profile = Profile.objects.filter(name=met.name).first() if met else None
    reading.previous = likely_previous(reading)
    reading.about = {
        "warnings": content.packed(sheet.warnings),
        "preamble": [list(row) for row in sheet.skipped_preamble],
        "sheet": sheet.sheet,
        "others": list(sheet.others),
        "layout": content.packed([label]) if met and (label := met.label()) else [],
    }


def likely_previous(reading: Reading) -> Reading | None:
    """The newest imported list with the same headings."""
    for earlier in Reading.objects.newest_of_their_list().order_by("-finished_at"):
        if isinstance(earlier.headings, Locked):
            continue
        common = set(earlier.headings) & set(reading.headings)
        if len(common) >= 0.9 * max(len(earlier.headings), len(reading.headings)):
            return earlier  # type: ignore[no-any-return]  # a guarded manager
    return None


@action("exchange.choose_sheet", needs=Right.IMPORT)
def choose_sheet(reading: Reading, *, number: int, language: str = "en") -> Reading:
    """Read another sheet of the same workbook, by its place among the others."""
    _refuse_unless(reading, State.READ, State.MAPPED, State.CHECKED)
    others = (reading.about or {}).get("others", [])
    if not 0 <= number < len(others):
        raise CannotDo(gettext("There is no such sheet."))
    reading.about = {**reading.about, "sheet": others[number]}
    try:
        _describe(reading, content.open_sheet(reading))
    except ListError as error:
        raise NotTaken(error.text(language)) from error
    reading.state = State.READ
    reading.save()
    return reading


@action("exchange.choose_columns", needs=Right.IMPORT)
def choose_columns(
    reading: Reading,
    *,
    mapping: Mapping[str, str],
    script: str = "",
    previous: Reading | None = None,
    save_as: str = "",
) -> Reading:
    """Say what each column holds ("" for a note), and remember it under a name when one is given."""
    _refuse_unless(reading, State.READ, State.MAPPED, State.CHECKED)
    known = {target.value for target in Target}
    reading.mapping = {
        heading: code if (code := mapping.get(heading, "")) in known else "" for heading in reading.headings
    }
    refuse_twice(content.mapping_from(reading.mapping))
    reading.script, reading.previous, reading.state, reading.counts = script, previous, State.MAPPED, {}
    if save_as:
        reading.profile, _made = Profile.objects.update_or_create(
            organisation_id=reading.organisation_id, name=save_as, defaults={"columns": reading.mapping}
        )
    reading.save(update_fields=["mapping", "script", "previous", "state", "counts", "profile"])
    return reading


def refuse_twice(mapping: ColumnMapping) -> None:
    """A field that takes one column was given to several, or nothing names anybody."""
    for target in Target:
        columns = mapping.headings(target)
        if len(columns) > 1 and not target.several:
            words = {"field": target.label(codes.language()), "columns": ", ".join(columns)}
            raise CannotDo(gettext("“%(field)s” is given to several columns: %(columns)s. Leave it to one.") % words)
    if not any(mapping.headings(target) for target in (Target.NAME, Target.SURNAME, Target.GIVEN)):
        raise CannotDo(gettext("No column holds a name. Say which one does."))


@action("exchange.discard_list", needs=Right.IMPORT)
def discard(reading: Reading) -> Reading:
    """Destroy an upload that was not imported."""
    _refuse_unless(reading, State.READ, State.MAPPED, State.CHECKED, State.CHECKING)
    if reading.stored is not None:
        files.remove_after_commit([reading.stored])
    note(rows=reading.row_count)
    DoubtPage.objects.filter(reading=reading).delete()
    Reading.objects.filter(id=reading.id).delete()
    return reading


@action("exchange.forget_layout", needs=Right.IMPORT)
def forget_profile(profile: Profile) -> Profile:
    """Forget a layout; lists that were read with it stay as they are."""
    Profile.objects.filter(id=profile.id).delete()
    return profile


def _refuse_unless(reading: Reading, *states: Any) -> None:
    reading.refresh_from_db(fields=["state"])
    if reading.state not in states:
        raise CannotDo(gettext("This list is %(state)s.") % {"state": reading.get_state_display()})
