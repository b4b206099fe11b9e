import datetime
import itertools

import pytest

from throughgate.core.custody import Event, derive, explain
from throughgate.core.dates import PartialDate

TODAY = datetime.date(2026, 11, 22)
KINDS = {
    "detained": ("detention", "deprived"),
    "redetained": ("detention", "deprived"),
    "detained_administrative": ("detention", "deprived"),
    "administrative_arrest": ("detention", "deprived"),
    "administrative_arrest_repeated": ("detention", "deprived"),
    "abducted": ("detention", "unknown"),
    "remanded": ("detention", "deprived"),
    "house_arrest": ("detention", "restricted"),
    "recognizance": ("detention", "restricted"),
    "summoned_questioned": ("detention", "unchanged"),
    "case_dropped": ("charge", "unknown"),
    "sentenced": ("trial", "deprived"),
    "sentenced_restriction_home": ("trial", "restricted"),
    "sentence_in_force": ("trial", "unchanged"),
    "transferred": ("place", "deprived"),
    "transfer_started": ("place", "deprived"),
    "arrived_at_facility": ("place", "deprived"),
    "hospital": ("place", "deprived"),
    "hospital_left": ("place", "deprived"),
    "open_to_colony": ("place", "deprived"),
    "pkt": ("condition", "deprived"),
    "letter_received": ("sign_of_life", "unchanged"),
    "visit_refused": ("sign_of_life", "unchanged"),
    "pardoned": ("relief", "free"),
    "released": ("release", "free"),
    "released_from_administrative": ("release", "free"),
    "released_pending_trial": ("release", "restricted"),
    "expelled": ("release", "free"),
    "preventive_supervision_set": ("after", "restricted"),
    "preventive_supervision_ended": ("after", "free"),
    "died": ("end", "ended"),
    "status_recognised": ("status", "unchanged"),
    "our_own_detention": ("detention", "deprived"),
    "our_own_release": ("release", "free"),
}


def at(kind, on=None, facility=None, **more):
    when = PartialDate.parse(on) if on else None
    more.setdefault("id", f"{kind} {on}")
    return Event(kind=kind, on=when, facility=facility, **more)


def standing(*events, today=TODAY):
    return derive(events, KINDS, today=today)


def codes(found):
    return [one.code for one in found.contradictions]


@pytest.mark.parametrize(
    ("events", "state", "liberty", "since"),
    [
        ([], "state_unknown", "unknown", None),
        ([("detained", "2024-01-01")], "state_detained", "deprived", "2024-01-01"),
        ([("detained", "2024-01-01"), ("remanded", "2024-01-04")], "state_remand", "deprived", "2024-01-04"),
        ([("remanded", "2024-01-04"), ("sentenced", "2024-05-01")], "state_remand", "deprived", "2024-01-04"),
        (
            [("remanded", "2024-01-04"), ("sentenced", "2024-05-01"), ("sentence_in_force", "2024-07-01")],
            "state_serving",
            "deprived",
            "2024-07-01",
        ),
        ([("remanded", "2024-01-04"), ("pkt", "2024-08-01")], "state_serving", "deprived", "2024-08-01"),
        (
            [("detained", "2024-01-01"), ("house_arrest", "2024-01-04")],
            "state_house_arrest",
            "restricted",
            "2024-01-04",
        ),
        (
            [("detained", "2024-01-01"), ("released_pending_trial", "2024-01-04")],
            "state_released_restricted",
            "restricted",
            "2024-01-04",
        ),
        ([("detained", "2024-01-01"), ("released", "2024-02")], "state_free", "free", "2024-02"),
        ([("detained", "2024-01-01"), ("expelled", "2025-09-11")], "state_abroad_free", "free", "2025-09-11"),
        ([("detained", "2024-01-01"), ("died", "2025-09-11")], "state_dead", "ended", "2025-09-11"),
        ([("abducted", "2024-01-01")], "state_unknown", "unknown", "2024-01-01"),
        ([("detained", "2024-01-01"), ("case_dropped", "2024-02-01")], "state_unknown", "unknown", "2024-02-01"),
        ([("case_dropped", "2024-02-01")], "state_unknown", "unknown", None),
        ([("detained", "2024-01-01"), ("released", None)], "state_free", "free", None),
        ([("detained", None)], "state_detained", "deprived", None),
        (
            [("detained", "2024-01-01"), ("released", "2024-02-01"), ("preventive_supervision_set", "2024-03-01")],
            "state_released_restricted",
            "restricted",
            "2024-03-01",
        ),
        (
            [("remanded", "2024-01-01"), ("hospital", "2024-02-01"), ("status_recognised", "2024-03-01")],
            "state_hospital_custody",
            "deprived",
            "2024-02-01",
        ),
        ([("our_own_detention", "2024-01-01")], "state_detained", "deprived", "2024-01-01"),
        ([("detained", "2024-01-01"), ("our_own_release", "2024-02-01")], "state_free", "free", "2024-02-01"),
    ],
)
def test_the_state_follows_the_events_in_any_order(events, state, liberty, since):
    for order in itertools.permutations([at(*event) for event in events]):
        found = standing(*order)
        assert (found.state, found.liberty) == (state, liberty)
        assert found.since == (PartialDate.parse(since) if since else None)


def test_both_the_first_and_the_last_day_count():
    found = standing(at("detained", "2024-01-01"), at("released", "2024-01-03"))
    assert (found.days_held, found.days_min, found.days_max) == (3, 3, 3)


def test_a_running_episode_counts_to_today():
    found = standing(at("detained", "2026-11-20"))
    assert found.days_held == 3
    assert found.episodes[0].lasts


def test_partial_dates_give_a_span_of_days():
    found = standing(at("detained", "2024-01-10"), at("released", "2024-02"))
    assert (found.days_min, found.days_max) == (23, 51)
    assert found.days_min <= found.days_held <= found.days_max


def test_an_exact_event_inside_narrows_a_partial_start():
    found = standing(at("detained", "2024-01"), at("remanded", "2024-01-04"), at("released", "2024-01-31"))
    assert (found.days_min, found.days_max) == (28, 31)


def test_days_of_an_unknown_start_have_no_upper_bound():
    found = standing(at("detained"), at("remanded", "2024-01-04"), at("released", "2024-01-31"))
    assert (found.days_min, found.days_max) == (28, None)


def test_a_chain_of_administrative_arrests_is_one_episode():
    found = standing(
        at("detained_administrative", "2024-01-01"),
        at("administrative_arrest", "2024-01-02"),
        at("administrative_arrest_repeated", "2024-01-16"),
        at("administrative_arrest_repeated", "2024-01-31"),
    )
    assert len(found.episodes) == 1
    assert (found.state, codes(found)) == ("state_administrative_arrest", [])


def test_taken_again_at_the_gate_is_a_new_episode_and_its_day_counts_once():
    found = standing(
        at("administrative_arrest", "2024-01-01"),
        at("released_from_administrative", "2024-01-15"),
        at("redetained", "2024-01-15"),
        at("released", "2024-01-20"),
    )
    assert [one.end.day for one in found.episodes] == [15, 20]
    assert (found.days_held, codes(found)) == (20, [])


def test_house_arrest_is_an_episode_of_its_own_and_not_days_held():
    found = standing(at("detained", "2024-01-01"), at("house_arrest", "2024-01-10"), at("remanded", "2024-02-10"))
    assert [one.level for one in found.episodes] == ["deprived", "restricted", "deprived"]
    assert found.days_restricted == 32
    assert found.days_held == 10 + (TODAY - datetime.date(2024, 2, 10)).days + 1


def test_restriction_of_liberty_can_become_a_colony():
    found = standing(at("sentenced_restriction_home", "2024-01-01"), at("open_to_colony", "2024-06-01"))
    assert [one.level for one in found.episodes] == ["restricted", "deprived"]
    assert (found.state, codes(found)) == ("state_serving", [])


def test_a_pledge_is_no_episode():
    assert standing(at("recognizance", "2024-01-01")).episodes == ()


def test_stays_follow_transfers_and_a_place_unknown_for_long_is_a_gap():
    found = standing(
        at("detained", "2024-01-01", "A"),
        at("transfer_started", "2024-03-01", "A"),
        at("arrived_at_facility", "2024-03-31", "B"),
        at("letter_received", "2024-05-01"),
        at("released", "2024-06-01"),
    )
    (episode,) = found.episodes
    assert [stay.facility for stay in episode.stays] == ["A", None, "B"]
    assert str(episode.stays[-1].end) == "2024-06-01"
    assert [gap.days for gap in episode.gaps] == [30]
    assert found.facility is None


def test_a_transfer_without_a_destination_loses_the_place():
    assert standing(at("detained", "2024-01-01", "A"), at("transferred", "2024-03-01")).facility is None
    assert standing(at("detained", "2024-01-01", "A"), at("transferred", "2024-03-01", "B")).facility == "B"


def test_a_release_known_to_the_year_is_put_before_the_next_detention():
    found = standing(at("detained", "2023-05-01"), at("released", "2024"), at("redetained", "2024-08-01"))
    assert len(found.episodes) == 2
    assert (found.state, codes(found)) == ("state_detained", [])


def test_a_transfer_known_to_the_month_does_not_reach_past_the_release():
    found = standing(at("detained", "2024-05-03"), at("transferred", "2024-05", "B"), at("released", "2024-05-20"))
    assert (found.state, codes(found), found.days_held) == ("state_free", [], 18)


def test_the_last_sign_of_life_sets_the_silence():
    found = standing(
        at("detained", "2024-01-01"),
        at("letter_received", "2026-11-02"),
        at("letter_received", "2026-10-02"),
        at("visit_refused", "2026-11-20"),
    )
    assert (found.last_sign_of_life.kind, found.silent_days) == ("letter_received", 20)


def test_without_a_sign_the_silence_counts_from_the_day_the_person_was_taken():
    assert standing(at("detained", "2026-11-02")).silent_days == 20
    sign_before = at("letter_received", "2026-01-01")
    assert standing(at("detained", "2026-11-02"), sign_before).silent_days == 20
    assert standing(at("detained", "2026-11-02"), at("released", "2026-11-05")).silent_days is None


def test_two_sources_that_disagree_on_the_day_are_shown_and_the_better_one_is_used():
    poor = at("detained", "2024-01-01", source="x", reliability="D")
    good = at("detained", "2024-01-09", source="y", reliability="a")
    found = standing(poor, good)
    assert codes(found) == ["dates_differ"]
    assert found.contradictions[0].events == tuple(sorted([poor.id, good.id]))
    assert str(found.episodes[0].start) == "2024-01-09"
    chosen = standing(at("detained", "2024-01-01", reliability="D", preferred=True), good)
    assert str(chosen.episodes[0].start) == "2024-01-01"


def test_two_days_of_release_are_compared_too():
    found = standing(
        at("detained", "2024-01-01"),
        at("released", "2024-05-01", reliability="E"),
        at("released", "2024-05-09", reliability="A"),
    )
    assert codes(found) == ["dates_differ"]
    assert str(found.episodes[0].end) == str(found.since) == "2024-05-09"


def test_the_same_thing_told_exactly_and_roughly_is_no_contradiction():
    found = standing(at("detained", "2024-01-09"), at("detained", "2024-01", id="rough"))
    assert codes(found) == []
    assert str(found.episodes[0].start) == "2024-01-09"
    assert len(found.episodes) == 1


def test_pardoned_and_expelled_on_one_day_agree():
    found = standing(at("detained", "2024-01-01"), at("pardoned", "2025-09-11"), at("expelled", "2025-09-11"))
    assert codes(found) == []
    assert found.liberty == "free"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([at("released", "2024-01-01")], ["released_while_free"]),
        ([at("released", "2024-01-01"), at("detained", "2024-05-01")], ["released_while_free"]),
        ([at("transferred", "2024-01-01", "B")], ["held_without_detention"]),
        ([at("detained", "2024-01-01"), at("detained", "2025-01-01")], ["detained_while_held"]),
        (
            [at("detained", "2024-01-01"), at("died", "2024-05-01"), at("letter_received", "2024-06-01")],
            ["after_death"],
        ),
        ([at("detained", "2024-01-01"), at("died", "2024-05-01"), at("status_recognised", "2024-06-01")], []),
        ([at("detained", "2024-01-01"), at("died", "2024-05-01"), at("died", "2024-06-01")], ["dates_differ"]),
        ([at("detained", "2027-01-01")], ["in_future"]),
        ([at("eaten", "2024-01-01")], ["unknown_kind"]),
        (
            [at("pkt", "2024-01-01", "A"), at("pkt", "2024-01-01", "B", id="z")],
            ["held_without_detention", "two_facilities"],
        ),
        ([at("detained", "2024-01-01", "A"), at("transferred", "2024-01-01", "B")], []),
        ([at("detained", "2024-01-01", "A"), at("released", "2024-01-02", superseded=True)], []),
    ],
)
def test_what_cannot_all_be_true_is_reported(events, expected):
    found = standing(*events)
    assert codes(found) == expected
    for one in found.contradictions:
        assert all("{" not in explain(one, language) for language in ("en", "be", "ru"))


def test_a_superseded_event_changes_nothing():
    found = standing(at("detained", "2024-01-01"), at("released", "2024-02-01", superseded=True))
    assert found.state == "state_detained"


def test_a_contradiction_is_said_in_words():
    (one,) = standing(at("detained", "2024-01-01"), at("detained", "2024-01-09")).contradictions
    said = explain(one, "be", name_kind={"detained": "Затрыманне"}.__getitem__)
    assert said == "Затрыманне: адна крыніца называе 1 студзеня 2024 г., другая – 9 студзеня 2024 г."
