import datetime
import itertools

import pytest

from throughgate.core.dates import PartialDate
from throughgate.core.jurisdiction import ReleaseDateClaim, choose, in_order


def claim(type_, told=None, certainty="likely", on="2027-03-31", **more):
    told_on = datetime.date.fromisoformat(told) if told else None
    return ReleaseDateClaim(type_, PartialDate.parse(on), certainty, told_on, **more)


TOLD = claim("told_by_facility", "2025-01-01", on="2027-03-01")
FAMILY = claim("told_by_person", "2025-06-01", on="2027-03-02")
COMPUTED = claim("computed", "2026-01-01", on="2027-03-03")
AMNESTY = claim("amnesty", "2025-05-07", on="2026-03-01")
PAROLE_HOPE = claim("parole", "2026-05-07", "possible", on="2025-03-01")
RUMOUR = claim("rumoured", "2026-11-01", on="2026-12-01")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([COMPUTED, TOLD], TOLD),
        ([COMPUTED, FAMILY], FAMILY),
        ([FAMILY, TOLD], TOLD),
        ([TOLD, AMNESTY, COMPUTED], AMNESTY),
        ([AMNESTY, claim("told_by_facility", "2025-08-01")], claim("told_by_facility", "2025-08-01")),
        ([AMNESTY, claim("pardon", "2025-09-01")], claim("pardon", "2025-09-01")),
        ([AMNESTY, claim("pardon", "2025-05-07")], claim("pardon", "2025-05-07")),
        ([COMPUTED, PAROLE_HOPE], COMPUTED),
        ([COMPUTED, claim("told_by_person", "2026-02-01", "doubtful")], COMPUTED),
        ([RUMOUR, PAROLE_HOPE], PAROLE_HOPE),
        ([RUMOUR], RUMOUR),
        ([TOLD, claim("told_by_facility", "2025-02-01")], claim("told_by_facility", "2025-02-01")),
        ([TOLD, claim("told_by_facility", None)], TOLD),
        ([claim("pardon", "2026-01-01", withdrawn=True), COMPUTED], COMPUTED),
        ([claim("pardon", "2026-01-01", withdrawn=True)], None),
        ([], None),
    ],
)
def test_the_working_date_follows_the_precedence(claims, expected):
    for order in itertools.permutations(claims):
        assert choose(order) == expected


def test_of_two_equal_claims_the_earlier_date_is_worked_by():
    assert choose([claim("computed", on="2027-03"), claim("computed", on="2027-02")]).on == PartialDate(2027, 2)


def test_the_others_stay_in_view_in_order():
    assert in_order([RUMOUR, COMPUTED, AMNESTY, TOLD]) == [AMNESTY, TOLD, COMPUTED, RUMOUR]
