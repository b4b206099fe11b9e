"""Where the traffic light turns: limits that estimators and light share."""

from __future__ import annotations

FEWEST_LISTS = 3
FEWEST_OVERLAPS = 5  # persons that a list shares with all others
MOST_MOVED = 0.20  # of the median, when the prior is doubled or halved
MOST_RHAT = 1.01
FEWEST_DRAWS = 400  # effective ones
LEAST_FIT = 0.05  # p-value of a check whether the model could have made the table
