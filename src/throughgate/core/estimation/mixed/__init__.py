"""One model of people of different kinds, who also differ within their kind, and of lists that depend on each other.

Each way in which people and lists may differ can be absent; the posterior says which of them the table asks for, and N
carries the doubt about that. See `prior` for the model and what is believed beforehand.
"""

from throughgate.core.estimation.mixed.estimating import MOST_LISTS, estimate

__all__ = ["MOST_LISTS", "estimate"]
