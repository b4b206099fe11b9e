"""What may be said of a count: no number so small that it tells about somebody.

That two lists have three people in common can be enough to know who they are; that they have all but three in common
says as much of the rest. Three numbers that are each large may leave a small one when they are taken from each other;
so no number is said more exactly than to the floor.
"""

from math import ceil
from math import floor as whole

from throughgate.core.linkage.blind.counting import Count, Estimate


def common(estimate: Estimate, smaller: int, floor: int) -> str:
    """How many people two lists have in common, the smaller of which has so many records."""
    if estimate.number < floor:
        return f"fewer than {floor}"
    if smaller - estimate.number < floor:
        return f"all of the shorter list but fewer than {floor}, or all of it"
    return about(estimate, floor)


def people(count: Count, floor: int) -> str:
    """How many people there are over all lists; as a range where a common number is withheld, which it would give away.

    The range is that of the number withheld, which may be anything from nothing to the floor, and so the same for all.
    """
    hidden = withheld(count, floor)
    if not hidden:
        return about(count.people, floor)
    low = whole(max(count.people.low - sum(below for below, _ in hidden), 0) / floor) * floor
    high = ceil((count.people.high + sum(above for _, above in hidden)) / floor) * floor
    return f"between {low:,} and {min(high, sum(count.records)):,}"


def withheld(count: Count, floor: int) -> list[tuple[float, float]]:
    """For each common number that is not said, how many people fewer and more there were if it were any other such."""
    found = []
    for lists, estimate in count.common.items():
        rest = min(count.records[number] for number in lists) - estimate.number
        if estimate.number < floor:
            found.append((floor - estimate.number, estimate.number))
        elif rest < floor:
            found.append((rest, floor - rest))
    return found


def about(estimate: Estimate, floor: int) -> str:
    low, number, high = whole(estimate.low / floor), round(estimate.number / floor), ceil(estimate.high / floor)
    return f"about {number * floor:,}, between {low * floor:,} and {high * floor:,} (95 %)"
