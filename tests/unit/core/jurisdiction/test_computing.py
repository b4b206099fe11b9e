import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.dates import Term
from throughgate.core.jurisdiction import Custody, Extension, Reduction, Sentence, compute
from throughgate.core.jurisdiction.counting import end_of_term

NOT_EXCLUDED = {"CRD-05": "not_excluded"}


def day(text):
    return datetime.date.fromisoformat(text)


def held(start, end=None, kind="remand"):
    return Custody(kind, day(start), day(end) if end else None)


def prison(term, regime="strict", in_force=None, **more):
    return Sentence("imprisonment", term, regime, in_force_on=day(in_force) if in_force else None, **more)


def codes(found):
    return [line.code for line in found.lines]


def asked(found):
    assert found.last_day is None
    return [question.code for question in found.questions]


@pytest.mark.parametrize(
    ("start", "term", "last"),
    [
        ("2024-01-01", Term(1), "2024-12-31"),
        ("2024-01-31", Term(months=1), "2024-02-29"),
        ("2023-01-31", Term(months=1), "2023-02-28"),
        ("2024-03-31", Term(months=1), "2024-04-30"),
        ("2024-03-30", Term(months=1), "2024-04-29"),
        ("2024-02-29", Term(1), "2025-02-28"),
        ("2024-02-29", Term(4), "2028-02-28"),
        ("2024-12-01", Term(months=1), "2024-12-31"),
        ("2024-03-01", Term(days=1), "2024-03-01"),
        ("2024-03-01", Term(), "2024-02-29"),
        ("2024-01-31", Term(0, 1, 1), "2024-03-01"),
    ],
)
def test_a_term_ends_the_day_before_or_on_the_last_day_of_a_short_month(start, term, last):
    assert end_of_term(day(start), term).last_day == day(last)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)), st.integers(1, 300))
def test_one_month_more_never_ends_earlier(start, months):
    shorter, longer = (end_of_term(start, Term(months=n)).last_day for n in (months, months + 1))
    assert shorter < longer


@pytest.mark.parametrize("term", [None, Term()])
def test_no_term_or_a_term_of_no_days_is_asked_about(term):
    assert asked(compute(prison(term, starts_on=day("2024-01-01")))) == ["term_missing"]


def test_nobody_held_and_no_first_day_is_asked_about():
    assert asked(compute(prison(Term(1)))) == ["start_missing"]


def test_remand_that_broke_off_before_the_judgment_gives_no_first_day():
    found = compute(prison(Term(1), in_force="2024-06-01"), custody=[held("2024-01-01", "2024-01-10")])
    assert asked(found) == ["start_missing"]


def test_stays_that_touch_are_one_unbroken_custody():
    custody = [held("2024-01-01", "2024-01-03", "detention"), held("2024-01-04")]
    assert compute(prison(Term(1), in_force="2024-06-01"), custody=custody).last_day == day("2024-12-31")


def test_a_day_shared_by_two_stays_is_counted_once():
    shared = [held("2024-01-01", "2024-01-10"), held("2024-01-10", "2024-01-20")]
    apart = [held("2024-01-01", "2024-01-10"), held("2024-01-11", "2024-01-20")]
    sentence = prison(Term(1), starts_on=day("2024-06-01"), in_force="2024-06-01")
    assert compute(sentence, custody=shared).last_day == compute(sentence, custody=apart).last_day
    assert compute(sentence, custody=shared).last_day == day("2025-05-11")


def test_who_is_excluded_from_the_better_ratio_is_asked_and_an_answer_is_a_line():
    sentence, custody = prison(Term(3), "general", "2022-07-09"), [held("2022-01-10")]
    assert asked(compute(sentence, custody=custody)) == ["excluded_unknown"]
    excluded = compute(sentence, custody=custody, assumptions={"CRD-05": "excluded"})
    assert excluded.last_day == day("2025-01-09")
    assert "assumed" in codes(excluded)


def test_the_regime_is_asked_only_when_days_in_custody_depend_on_it():
    custody = [held("2022-01-10")]
    assert asked(compute(prison(Term(3), None, "2022-07-09"), custody=custody)) == ["regime_missing"]
    assert compute(prison(Term(3), None, starts_on=day("2022-01-10"))).last_day == day("2025-01-09")


def test_the_day_in_force_is_asked_only_when_the_ratio_needs_it():
    custody = [held("2022-01-10")]
    general = compute(prison(Term(3), "general"), custody=custody, assumptions=NOT_EXCLUDED)
    assert asked(general) == ["in_force_missing"]
    assert compute(prison(Term(3), "strict"), custody=custody).last_day == day("2025-01-09")


def test_the_law_that_changed_during_remand_counts_all_its_days_anew():
    # 1 June to 8 July 2021: 18 days before the change, 20 after; half of 38 is 19.
    found = compute(prison(Term(1), "general", "2021-07-09"), custody=[held("2021-06-01")], assumptions=NOT_EXCLUDED)
    assert found.last_day == day("2022-05-12")
    assert {"CRD-01", "CRD-02", "CRD-03"} <= set(found.rules)


@pytest.mark.parametrize(
    ("detained", "last", "rule"),
    [
        ("2020-12-19", "2021-06-18", "CRD-01"),  # over on the last day of the old law
        ("2020-12-20", "2021-06-19", "CRD-02"),  # runs on the first day of the new one, which ends it
    ],
)
def test_the_new_ratio_reaches_only_terms_still_running_on_its_first_day(detained, last, rule):
    found = compute(
        prison(Term(months=6), "general", "2021-04-18"),
        custody=[held(detained)],
        assumptions=NOT_EXCLUDED,
    )
    assert (found.last_day, rule in found.rules) == (day(last), True)
    assert ("CRD-02" in found.rules) is (rule == "CRD-02")


def test_a_credit_longer_than_the_sentence_ends_with_the_judgment():
    custody = [held("2022-01-01", "2023-12-31")]
    found = compute(prison(Term(1), in_force="2024-06-01", starts_on=day("2024-06-01")), custody=custody)
    assert found.last_day == day("2024-06-01")
    assert "already_served" in codes(found)


def test_a_credit_given_in_the_judgment_replaces_the_ratio():
    sentence = prison(Term(1), "general", "2024-06-01", credit_days=100)
    found = compute(sentence, custody=[held("2024-01-01")])
    assert found.last_day == day("2025-05-31") - datetime.timedelta(days=100)
    assert "CNT-07" in found.rules
    assert "CRD-02" not in found.rules


def test_house_arrest_against_restriction_of_liberty_is_asked():
    sentence = Sentence("restriction_home", Term(2), starts_on=day("2024-03-01"))
    custody = [held("2024-01-01", "2024-01-31", "house_arrest")]
    assert asked(compute(sentence, custody=custody)) == ["house_arrest_ratio"]
    answered = compute(sentence, custody=custody, assumptions={"CRD-13": "1"})
    assert answered.last_day == day("2026-01-28")


def test_an_odd_day_of_house_arrest_is_dropped_and_said():
    custody = [held("2024-01-01", "2024-01-05", "house_arrest"), held("2024-01-06")]
    found = compute(prison(Term(1), in_force="2024-06-01"), custody=custody)
    assert found.last_day == day("2025-01-03")
    assert "half_day_down" in codes(found)


def test_a_day_shared_by_house_arrest_and_remand_counts_as_remand():
    custody = [held("2024-01-01", "2024-01-11", "house_arrest"), held("2024-01-11")]
    assert compute(prison(Term(1), in_force="2024-06-01"), custody=custody).last_day == day("2025-01-05")


def test_administrative_arrest_before_a_criminal_case_takes_nothing_off():
    custody = [held("2023-12-01", "2023-12-15", "administrative_arrest"), held("2023-12-16")]
    found = compute(prison(Term(1), in_force="2024-06-01"), custody=custody)
    assert found.last_day == day("2024-12-15")
    assert "CRD-14" in found.rules


def test_restriction_of_liberty_waits_for_the_day_of_arrival():
    assert asked(compute(Sentence("restriction_open", Term(2)), custody=[held("2024-01-01")])) == ["start_missing"]


def test_an_odd_unserved_day_of_restriction_stays_to_be_served():
    sentence = Sentence("imprisonment", regime="general", starts_on=day("2024-06-12"), replaced_days=301)
    assert compute(sentence).last_day == day("2024-11-09")


@pytest.mark.parametrize("kind", ["life", "death", "fine", "community_work"])
def test_some_punishments_have_no_last_day(kind):
    found = compute(Sentence(kind))
    assert (found.last_day, codes(found)) == (None, ["no_last_day"])


def test_a_told_last_day_goes_before_the_calculation():
    sentence = prison(Term(3), "general", "2022-07-09", last_day_told=day("2024-08-01"))
    found = compute(sentence, custody=[held("2022-01-10")])
    assert (found.last_day, found.rules, found.verified) == (day("2024-08-01"), (), "yes")


def test_decisions_before_the_day_of_telling_are_in_the_told_date_already():
    sentence = Sentence("imprisonment", last_day_told=day("2027-03-31"), told_on=day("2025-06-01"))
    cut = Reduction("amnesty", Term(1), day("2025-05-07"), granted=True, rule="AMN-2025")
    found = compute(sentence, reductions=[cut])
    assert found.last_day == day("2027-03-31")
    assert "already_in_told" in codes(found)


def test_a_new_sentence_without_its_final_term_is_asked_about():
    sentence = Sentence("imprisonment", last_day_told=day("2023-02-09"))
    added = Extension(day("2023-01-20"), Term(1))
    assert asked(compute(sentence, extensions=[added])) == ["final_term_missing"]
    full = compute(sentence, extensions=[added], assumptions={"CON-02": "add_full"})
    assert full.last_day == day("2024-02-09")


def test_a_final_term_makes_the_old_questions_idle():
    found = compute(prison(None), extensions=[Extension(day("2023-01-20"), final_term=Term(1))])
    assert found.last_day == day("2024-01-19")


def test_more_unserved_days_than_were_left_are_pointed_out():
    sentence = Sentence("imprisonment", last_day_told=day("2023-02-09"))
    found = compute(sentence, extensions=[Extension(day("2023-01-20"), Term(1), unserved_days=40)])
    assert found.last_day == day("2024-02-28")
    assert "unserved_differs" in codes(found)


def test_a_later_sentence_joins_as_an_extension_does():
    first = Sentence("imprisonment", last_day_told=day("2023-02-09"))
    final = Sentence("imprisonment", Term(3), starts_on=day("2023-01-20"), final=True)
    assert compute([first, final]).last_day == day("2026-01-19")
    with pytest.raises(ValueError, match="the day it counts from"):
        compute([first, Sentence("imprisonment", Term(3), final=True)])


def test_changes_apply_in_the_order_of_their_days():
    sentence = Sentence("imprisonment", last_day_told=day("2025-12-31"))
    cut = Reduction("pardon", Term(months=6), day("2025-03-01"), granted=True)
    added = Extension(day("2025-02-01"), final_term=Term(2))
    assert compute(sentence, reductions=[cut], extensions=[added]).last_day == day("2026-07-31")


def test_an_amnesty_takes_its_cut_from_its_rule_and_warns_of_an_excluded_article():
    sentence = Sentence("imprisonment", last_day_told=day("2027-03-31"), articles=("342",))
    cut = Reduction("amnesty", on=day("2022-12-08"), granted=True, rule="AMN-2022")
    found = compute(sentence, reductions=[cut])
    assert found.last_day == day("2026-03-31")
    assert "granted_although_excluded" in codes(found)


def test_a_cut_of_unknown_length_is_asked_about():
    sentence = Sentence("imprisonment", last_day_told=day("2027-03-31"))
    assert asked(compute(sentence, reductions=[Reduction("pardon", granted=True)])) == ["reduction_term_missing"]


def test_a_last_day_on_a_weekend_is_a_hint_that_leaves_the_mark_alone():
    found = compute(Sentence("imprisonment", last_day_told=day("2026-09-05")))
    assert codes(found) == ["told", "day_off"]
    assert found.verified == "yes"


def test_a_term_outside_the_known_range_is_counted_and_pointed_out():
    found = compute(Sentence("restriction_home", Term(6), starts_on=day("2024-01-01")))
    assert found.last_day == day("2029-12-31")
    assert "out_of_range" in codes(found)


def test_an_unknown_rule_cannot_be_assumed():
    with pytest.raises(KeyError):
        compute(prison(Term(1)), assumptions={"XXX-1": "yes"})


def test_a_stay_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        held("2024-01-02", "2024-01-01")


@given(
    st.dates(datetime.date(2015, 1, 1), datetime.date(2025, 1, 1)),
    st.integers(1, 500),
    st.integers(1, 180),
    st.sampled_from(["general", "reinforced", "strict", "special", "prison"]),
)
def test_each_line_leads_from_the_date_before_it_to_its_own(start, remand, months, regime):
    in_force = start + datetime.timedelta(days=remand)
    found = compute(
        Sentence("imprisonment", Term(months=months), regime, in_force_on=in_force),
        custody=[Custody("remand", start)],
        assumptions=NOT_EXCLUDED,
    )
    last = None
    for line in found.lines:
        if line.kind == "change":
            assert last + datetime.timedelta(days=line.days) == line.result
        last = line.result
    assert found.last_day == last
    assert found.last_day >= min(in_force, end_of_term(start, Term(months=months)).last_day)
