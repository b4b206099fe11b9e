from throughgate.core.linkage.clusters import cluster, may_be_one_date

LISTS = [0, 1, 2, 0]


def test_sure_links_join_and_weak_ones_do_not() -> None:
    found = cluster([(0, 1, 0.9), (1, 2, 0.2)], LISTS, [None] * 4, threshold=0.5)
    assert (list(found.of), found.count) == ([0, 0, 2, 3], 3)


def test_a_chain_between_two_full_birth_dates_is_cut_at_its_weakest_link() -> None:
    born = [(1980, 5, 3), None, (1975, 11, 20), None]
    found = cluster([(0, 1, 0.9), (1, 2, 0.8)], LISTS, born, threshold=0.5)
    assert (list(found.of), found.refused) == ([0, 0, 2, 3], 1)


def test_two_rows_of_one_list_are_not_joined_by_others_alone() -> None:
    chain = [(0, 1, 0.9), (1, 3, 0.8)]
    assert list(cluster(chain, LISTS, [None] * 4, threshold=0.5).of) == [0, 0, 2, 3]


def test_two_rows_of_one_list_that_look_the_same_are_a_duplicate() -> None:
    chain = [(0, 3, 0.95), (0, 1, 0.9), (1, 3, 0.8)]
    assert list(cluster(chain, LISTS, [None] * 4, threshold=0.5).of) == [0, 0, 2, 0]


def test_a_slip_in_a_date_is_no_contradiction() -> None:
    assert may_be_one_date((1980, 5, 3), (1980, 3, 5))
    assert may_be_one_date((1980, 5, 3), (1980, 5, 8))
    assert not may_be_one_date((1980, 5, 3), (1981, 5, 4))
