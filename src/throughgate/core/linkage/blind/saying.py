"""What may be said of a count: no number so small that it tells about somebody.

That two lists have three people in common can be enough to know who they are; that they have all but three in common
says as much of the rest.
"""

from throughgate.core.linkage.blind.counting import Count, Estimate


def common(estimate: Estimate, smaller: int, floor: int) -> str:
    """How many people two lists have in common, the smaller of which has so many records."""
    if estimate.number < floor:
        return f"fewer than {floor}"
    if smaller - estimate.number < floor:
        return f"all of the shorter list but fewer than {floor}, or all of it"
    return about(estimate)


def people(count: Count, floor: int) -> str:
    """How many people there are over all lists. To tens where a common number is withheld, which it would give away."""
    withheld = any(
        not floor <= estimate.number <= min(count.records[number] for number in lists) - floor
        for lists, estimate in count.common.items()
    )
    if not withheld:
        return about(count.people)
    low, high = (round(each / floor) * floor for each in (count.people.low - floor, count.people.high + floor))
    return f"between {max(low, max(count.records) - floor):,} and {min(high, sum(count.records)):,}"


def about(estimate: Estimate) -> str:
    return f"about {estimate.number:,.0f}, between {estimate.low:,.0f} and {estimate.high:,.0f} (95 %)"
