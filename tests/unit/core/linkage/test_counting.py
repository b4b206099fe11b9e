from throughgate.core.linkage.clusters import Clusters
from throughgate.core.linkage.counting import Evidence, count_people

THREE_AND_ONE = Clusters(of=[0, 0, 0, 3], count=2, refused=0)


def test_a_person_with_three_records_is_three_pairs_but_two_repetitions() -> None:
    people = count_people(THREE_AND_ONE, Evidence(seen=3, variance=0))
    assert (people.low, people.estimate, people.high) == (2, 2, 2)


def test_pairs_never_looked_at_are_repetitions_too_and_widen_the_interval() -> None:
    clusters = Clusters(of=[number // 2 * 2 for number in range(100)], count=50, refused=0)
    sure, missed = (count_people(clusters, Evidence(50, 0, unseen, unseen)) for unseen in (0, 10))
    assert (sure.estimate, missed.estimate) == (50, 40)
    assert missed.low < 40 < missed.high < sure.low == sure.high


def test_doubt_widens_the_interval() -> None:
    clusters = Clusters(of=[0, 0, *range(2, 100)], count=99, refused=0)
    sure, doubtful = (count_people(clusters, Evidence(1, variance)) for variance in (0.01, 0.25))
    assert doubtful.high - doubtful.low > sure.high - sure.low


def test_where_nobody_was_joined_a_pair_is_a_person_less() -> None:
    alone = Clusters(of=range(10), count=10, refused=0)
    assert count_people(alone, Evidence(seen=1.5, variance=0)).estimate == 8.5


def test_there_are_no_fewer_people_than_one_and_no_more_than_records() -> None:
    people = count_people(THREE_AND_ONE, Evidence(seen=3, variance=100))
    assert (people.low, people.high) == (1, 4)
