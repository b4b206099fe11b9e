"""Every worked example: the inputs stand here, the expected dates in the data file."""

import csv
import datetime
from pathlib import Path

import pytest

from throughgate.core.dates import Term
from throughgate.core.jurisdiction import (
    Custody,
    Extension,
    Reduction,
    Sentence,
    compute,
    compute_administrative,
    parole_eligibility,
    rules,
)

DATA = Path(__file__).parents[3] / "data" / "release_dates" / "examples.csv"
EXAMPLES = {row["example_id"]: row for row in csv.DictReader(DATA.read_text(encoding="utf-8").splitlines())}

# Rules that set the scene of an example without taking part in its arithmetic.
SCENE = {"CON-03", "CON-04", "CON-05", "EXT-04", "DSC-05"}
# X04 shows the branch of the rule that is not taken.
NOT_TAKEN = {"X04": {"CNT-03"}}


def day(text):
    return datetime.date.fromisoformat(text)


def held(start, end=None, kind="remand"):
    return Custody(kind, day(start), day(end) if end else None)


def prison(term, regime, in_force, **more):
    return Sentence("imprisonment", term, regime, in_force_on=day(in_force), **more)


NOT_EXCLUDED = {"CRD-05": "not_excluded"}
HELD_2021 = [held("2021-02-10")]
TWO_YEARS_STRICT = prison(Term(2), "strict", "2021-07-20")
FIRST_411 = Extension(day("2023-01-20"), Term(1), unserved_days=21)
AMNESTY_2025 = Reduction("amnesty", on=day("2025-05-07"), granted=True, rule="AMN-2025")


def fixed(last_day, **more):
    return Sentence("imprisonment", regime="general", last_day_told=day(last_day), **more)


CASES = {
    "X01": lambda: compute(prison(Term(2), "strict", "2022-11-10"), custody=[held("2022-03-15")]),
    "X02": lambda: compute(prison(Term(months=6), "strict", "2022-01-12"), custody=[held("2021-08-31")]),
    "X03": lambda: compute(prison(Term(1), "general", "2020-08-15"), custody=[held("2020-02-29")]),
    "X04": lambda: compute(prison(Term(4), "strict", "2020-09-20"), custody=[held("2020-02-29")]),
    "X05": lambda: compute(prison(Term(1), "strict", "2023-08-10"), custody=[held("2023-03-01")]),
    "X06": lambda: compute(
        Sentence("criminal_arrest", Term(months=3), in_force_on=day("2023-01-25")),
        custody=[held("2022-11-30")],
    ),
    "X07": lambda: compute(
        prison(Term(3), "general", "2022-07-09"), custody=[held("2022-01-10")], assumptions=NOT_EXCLUDED
    ),
    "X08": lambda: compute(prison(Term(3), "strict", "2022-07-09"), custody=[held("2022-01-10")]),
    "X09": lambda: compute(
        prison(Term(3), "reinforced", "2022-07-10"), custody=[held("2022-01-10")], assumptions=NOT_EXCLUDED
    ),
    "X10": lambda: compute(
        prison(Term(3), "reinforced", "2021-02-28"), custody=[held("2020-09-01")], assumptions=NOT_EXCLUDED
    ),
    "X11": lambda: compute(
        prison(Term(1), "general", "2022-11-10"),
        custody=[held("2022-05-01", "2022-05-10"), held("2022-09-01")],
        assumptions=NOT_EXCLUDED,
    ),
    "X12": lambda: compute(
        Sentence("restriction_open", Term(3), starts_on=day("2023-05-15"), in_force_on=day("2023-04-20")),
        custody=[held("2023-01-01", "2023-03-31")],
    ),
    "X13": lambda: compute(
        Sentence("restriction_home", Term(2), starts_on=day("2024-02-29"), in_force_on=day("2024-02-15"))
    ),
    "X14": lambda: compute(Sentence("imprisonment", regime="general", starts_on=day("2024-06-12"), replaced_days=300)),
    "X15": lambda: compute(
        prison(Term(2), "strict", "2022-10-10"),
        custody=[held("2022-02-01", "2022-04-01", "house_arrest"), held("2022-04-02")],
    ),
    "X16": lambda: compute(TWO_YEARS_STRICT, custody=HELD_2021, extensions=[FIRST_411]),
    "X17": lambda: compute(
        TWO_YEARS_STRICT,
        custody=HELD_2021,
        extensions=[Extension(day("2023-01-20"), final_term=Term(1, 0, 10))],
    ),
    "X18": lambda: compute(
        TWO_YEARS_STRICT,
        custody=HELD_2021,
        extensions=[Extension(day("2024-01-15"), Term(1, 6), 26, article="411(2)"), FIRST_411],
    ),
    "X19": lambda: compute(fixed("2027-03-31"), reductions=[AMNESTY_2025]),
    "X20": lambda: compute(fixed("2028-02-29"), reductions=[AMNESTY_2025]),
    "X21": lambda: compute(
        fixed("2027-03-31", articles=("342",)),
        reductions=[Reduction("amnesty", on=day("2022-12-08"), granted=False, rule="AMN-2022")],
    ),
    "X22": lambda: parole_eligibility(
        day("2022-03-15"), Term(2, 6), "less_grave", extremist=False, assumptions={"PAR-07": "no"}
    ),
    "X23": lambda: parole_eligibility(
        day("2021-09-30"), Term(5), "grave", extremist=False, assumptions={"PAR-07": "no"}
    ),
    "X24": lambda: parole_eligibility(
        day("2020-08-31"), Term(10), "especially_grave", extremist=False, assumptions={"PAR-07": "no"}
    ),
    "X25": lambda: compute_administrative(datetime.datetime(2021, 4, 1, 14, 0), [15] * 5),  # noqa: DTZ001 - hours as told
}


def test_every_example_of_the_file_has_its_inputs_here():
    assert CASES.keys() == EXAMPLES.keys()


@pytest.mark.parametrize("example", CASES)
def test_the_worked_date_is_found(example):
    found = CASES[example]()
    date = found.ask_from if example in ("X22", "X23", "X24") else found.last_day
    assert date == day(EXAMPLES[example]["expected_release_on"])
    assert found.questions == ()


@pytest.mark.parametrize("example", CASES)
def test_the_rules_of_the_example_are_cited(example):
    found = CASES[example]()
    expected = set(EXAMPLES[example]["rests_on_rule_ids"].split(";")) - SCENE - NOT_TAKEN.get(example, set())
    assert expected <= set(found.rules)
    assert found.verified == max((rules()[one].verified for one in found.rules), key=["yes", "partly", "no"].index)


def test_the_other_readings_named_in_the_examples_are_reached_by_assumptions():
    x09 = compute(
        prison(Term(3), "reinforced", "2022-07-10"),
        custody=[held("2022-01-10")],
        assumptions=NOT_EXCLUDED | {"CRD-07": "up"},
    )
    x15 = compute(
        prison(Term(2), "strict", "2022-10-10"),
        custody=[held("2022-02-01", "2022-04-01", "house_arrest"), held("2022-04-02")],
        assumptions={"CRD-13": "1"},
    )
    x25 = compute_administrative(day("2021-04-01"), [15] * 5, assumptions={"ADM-08": "calendar_days"})
    assert [one.last_day for one in (x09, x15, x25)] == [day("2024-10-10"), day("2024-02-01"), day("2021-06-14")]


def test_the_hour_of_an_administrative_arrest_is_kept():
    assert CASES["X25"]().at == datetime.datetime(2021, 6, 15, 14, 0)  # noqa: DTZ001 - hours as told
