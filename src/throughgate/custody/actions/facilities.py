"""Places of detention: those that come with the product, and those an organisation adds."""

from __future__ import annotations

from typing import Any

from throughgate.access.acting import System, acting_as, our_organisation
from throughgate.access.acts import action
from throughgate.core.geo import VERSION, Institution, institutions
from throughgate.custody.models import Facility
from throughgate.custody.rights import Right

# Counts up when what is made of the shipped table changes; together with the table's own version it is what a row
# remembers.
_READING = "1"


def load_facilities() -> int:
    """Bring the shipped places to this version's data; says how many rows were written. Runs after every migration."""
    version = f"{VERSION}.{_READING}"
    shipped = institutions()
    with acting_as(System("facilities")):
        present = {row.code: row for row in Facility.objects.filter(organisation=None)}
        written = 0
        for one in shipped:
            row = present.get(one.code) or Facility(code=one.code)
            if row.version == version:
                continue
            for name, value in _facts(one).items():
                setattr(row, name, value)
            row.version = version
            row.save()
            written += 1
    return written


def _facts(one: Institution) -> dict[str, Any]:
    plain = (
        "number", "name_be", "name_ru", "name_en", "place_be", "place_ru", "place_lat", "adm1", "lat", "lon",
        "coord_precision", "status", "verified", "note", "source",
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in plain},
        "kind": one.place_kind,
        "former_names": list(one.former_names),
    }


@action("custody.add_facility", needs=Right.FACILITIES)
def add_facility(*, kind: str, name_be: str, **facts: Any) -> Facility:
    """A place that the shipped table lacks, seen by this organisation alone. *facts* are fields of `Facility`."""
    facility = Facility(organisation_id=our_organisation(), kind=kind, name_be=name_be, **facts)
    facility.save(force_insert=True)
    return facility
