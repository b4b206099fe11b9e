from throughgate.core.linkage.labels import fit


def test_without_labels_nothing_changes() -> None:
    assert fit([]) == (1.0, 0.0)


def test_pairs_that_reviewers_join_more_often_than_expected_lift_the_rest() -> None:
    stretch, shift = fit([(-2.0, True), (-1.0, True), (-1.5, True), (0.0, True), (-3.0, False)] * 20)
    assert shift > 1
    assert stretch > 0


def test_labels_that_agree_with_the_weights_leave_them() -> None:
    weights = [weight / 4 for weight in range(-20, 21)]
    known = [(weight, number % 1000 < 1000 / (1 + 2**-weight)) for weight in weights for number in range(0, 1000, 50)]
    stretch, shift = fit(known)
    assert abs(stretch - 1) < 0.2
    assert abs(shift) < 0.3
