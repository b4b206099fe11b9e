"""How far a comparison of groups may be off by chance when persons have weights or came into view late.

The influence of a person on a score is its derivative by the person's weight, with what all groups have in common
held fixed; the variance is the sum of (weight x influence) squared (Lin and Wei 1989, JASA 84, 1074-1078; Efron 1981
for the infinitesimal jackknife). For the log-rank test this is the robust score test of Cox's regression with
Breslow's ties. It holds for weights that are inverse chances to be in the data, and never takes them for numbers of
persons.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from throughgate.core.survival.persons import Floats, Persons

_NONE = 1e-12  # a part of those in view that is nobody: sums of weights are rounded


def over(above: Floats, below: Floats) -> Floats:
    """A ratio, 0 where there is nothing to divide by."""
    shape = np.broadcast(above, below).shape
    return np.divide(above, below, out=np.zeros(shape), where=np.broadcast_to(below > 0, shape))


def log_rank_covariance(groups: Sequence[Persons], times: Floats, part: Floats, hazard: Floats) -> Floats:
    """(G, G) from groups with one kind of event; part (G, T) of those in view, hazard (T,) in all groups together."""
    total = np.zeros((len(groups), len(groups)))
    for place, group in enumerate(groups):
        apart = _unit(place, len(groups)) - part
        total += _squares(group, times, np.stack((apart, apart), axis=1), -apart * hazard, kind=1)
    return total


def gray_covariance(
    groups: Sequence[Persons], times: Floats, number: int, curves: Sequence[tuple[Floats, ...]]
) -> Floats:
    """(G, G) of Gray's score. `number` is the event's; `curves` are, for each group, (T,) arrays: in view, with the
    event, with another one, share free before the day, share with the event before it.

    With Y in view, h1 and h the hazards of the event and of any, S and F the shares before the day, the score is the
    sum of c (events - R g), where R = Y (1 - F) / S and g, the hazard in all groups together, and c are held fixed.
    Its derivative goes through Y at once and through S and F later: `later` sums what F moves, `far` what S moves.
    """
    held = [y * over(1 - share, free) for y, _, _, free, share in curves]
    together = np.sum(held, axis=0)
    hazard = over(np.sum([main for _, main, *_ in curves], axis=0), together)
    part = over(np.array(held), together)
    total = np.zeros((len(groups), len(groups)))
    for place, (group, (y, main, rest, free, share)) in enumerate(zip(groups, curves, strict=True)):
        apart = _unit(place, len(groups)) - part
        ratio, one, either = over(1 - share, free), over(main, y), over(main + rest, y)
        left = np.where(y - main - rest > _NONE * y, y - main - rest, 0.0)
        now = apart * hazard * y
        later = _after(over(now, free))
        far = over(_after(now * ratio + later * free * one), left)
        through_share = over(later * free, y)
        happened = np.stack((apart - far + through_share, -far), axis=1)
        viewed = far * either - through_share * one - apart * hazard * ratio
        total += _squares(group, times, happened, viewed, kind=number)
    return total


def _unit(place: int, size: int) -> Floats:
    found = np.zeros((size, 1))
    found[place] = 1
    return found


def _after(values: Floats) -> Floats:
    """(G, T) sums of what comes after each day."""
    summed = np.cumsum(values[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(summed - values, dtype=np.float64)


def _squares(group: Persons, times: Floats, happened: Floats, viewed: Floats, *, kind: int) -> Floats:
    """(G, G) sum over persons of squared influences on G scores.

    happened (G, 2, T): what the event `kind`, and another one, moves on its day; viewed (G, T): what a day in view does
    """
    group = group.in_order()
    last = np.searchsorted(times, group.time, side="right")
    first = np.searchsorted(times, group.entry, side="right")
    running = np.concatenate((np.zeros((len(viewed), 1)), np.cumsum(viewed, axis=1)), axis=1)
    moved = running[:, last] - running[:, first]
    had = np.flatnonzero(group.event > 0)
    other = (group.event[had] != kind).astype(np.int64)
    moved[:, had] += happened[:, other, last[had] - 1]
    moved *= group.weight
    found: Floats = moved @ moved.T
    return found
