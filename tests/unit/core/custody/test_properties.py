"""What holds for any heap of reports, however contradictory."""

import datetime
import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from throughgate.core.custody import Event, derive, explain
from throughgate.core.custody.wording import SENTENCES
from throughgate.core.dates import PartialDate

TODAY = datetime.date(2026, 11, 22)
LIBERTIES = ["free", "restricted", "deprived", "unknown", "unchanged", "ended"]
GROUPS = ["detention", "charge", "trial", "place", "condition", "sign_of_life", "relief", "release", "after", "status"]
NAMED = {
    "detained": ("detention", "deprived"),
    "redetained": ("detention", "deprived"),
    "administrative_arrest": ("detention", "deprived"),
    "remanded": ("detention", "deprived"),
    "house_arrest": ("detention", "restricted"),
    "abducted": ("detention", "unknown"),
    "sentenced": ("trial", "deprived"),
    "sentence_in_force": ("trial", "unchanged"),
    "case_dropped": ("charge", "unknown"),
    "transferred": ("place", "deprived"),
    "transfer_started": ("place", "deprived"),
    "letter_received": ("sign_of_life", "unchanged"),
    "released": ("release", "free"),
    "left_country": ("release", "free"),
    "preventive_supervision_set": ("after", "restricted"),
    "died": ("end", "ended"),
}
KINDS = NAMED | {f"{group}/{liberty}": (group, liberty) for group in GROUPS for liberty in LIBERTIES[:5]}

days = st.dates(datetime.date(2020, 1, 1), datetime.date(2027, 6, 1))
partial_dates = st.builds(
    lambda day, precision, about: PartialDate(
        day.year, day.month if precision else None, day.day if precision > 1 else None, about
    ),
    days,
    st.sampled_from([0, 1, 2, 2, 2]),
    st.booleans(),
)
events = st.builds(
    Event,
    id=st.sampled_from("abcdefghijklmnop"),
    kind=st.one_of(st.sampled_from(sorted(NAMED)), st.sampled_from([*sorted(KINDS), "unheard of"])),
    on=st.one_of(st.none(), partial_dates, partial_dates, partial_dates),
    facility=st.sampled_from([None, "A", "B", "C"]),
    source=st.sampled_from(["x", "y"]),
    reliability=st.sampled_from("ABCDEFabcdef"),
    credibility=st.sampled_from("123456"),
    preferred=st.booleans(),
    superseded=st.sampled_from([False, False, False, True]),
)
heaps = st.lists(events, max_size=14, unique_by=lambda event: event.id)


@given(heaps, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_the_reports_does_not_matter(heap, chance: random.Random):
    shuffled = list(heap)
    chance.shuffle(shuffled)
    assert derive(heap, KINDS, today=TODAY) == derive(shuffled, KINDS, today=TODAY)


@given(heaps)
@settings(max_examples=200)
def test_any_heap_gives_a_standing_that_makes_sense(heap):
    found = derive(heap, KINDS, today=TODAY)
    assert 0 <= found.days_min <= found.days_held
    assert found.days_max is None or found.days_held <= found.days_max <= (TODAY - datetime.date(2020, 1, 1)).days + 1
    assert found.silent_days is None or found.silent_days >= 0
    assert all(one.code in SENTENCES and explain(one, "be") for one in found.contradictions)
    held_now = bool(found.episodes) and found.episodes[-1].lasts
    assert found.facility is None or held_now


@given(heaps)
@settings(max_examples=200)
def test_episodes_follow_one_another_without_overlap(heap):
    episodes = derive(heap, KINDS, today=TODAY).episodes
    assert all(not episode.lasts for episode in episodes[:-1])
    for episode in episodes:
        assert episode.days_min >= 1
        assert episode.days_max is None or episode.days_min <= episode.days_max
    for before, after in itertools.pairwise(episodes):
        if before.end is not None and after.start is not None:
            assert before.end.earliest <= after.start.latest


@given(heaps, events)
def test_one_report_more_never_breaks_and_a_superseded_one_changes_nothing(heap, event):
    assert derive([*heap, event], KINDS, today=TODAY).days_held >= 0
    gone = Event(id="gone", kind="released", on=event.on, superseded=True)
    assert derive([*heap, gone], KINDS, today=TODAY) == derive(heap, KINDS, today=TODAY)


@given(heaps)
def test_the_same_report_twice_is_the_same_report(heap):
    assert derive(heap + heap, KINDS, today=TODAY) == derive(heap, KINDS, today=TODAY)
