"""How many people nobody listed: numbers with intervals from lists that overlap, and how sure one may be of them.

Everything is computed from a `Table`: how many persons are on exactly these lists, for every set of lists.
"""
