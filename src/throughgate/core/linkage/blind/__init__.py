"""The same people in lists that their holders do not show each other.

A holder turns each record into ten *tokens*: keyed hashes of combinations of what its name sounds like and of parts of
dates. Who counts sees tokens and no key. How a round is run, and against whom, stands in docs/linkage-blind.md.

    key = read_key([Path("ours.key").read_bytes()])
    tokens = encoded(read_people(Path("A.csv"), today=date.today()), key)
    count([tokens, others]).people.low

============  ======================================================================
`keys`        a key, made of one part or of several that are kept apart
`people`      a list -> what is compared of each person, independent of script
`tokens`      a person -> tokens; decoys
`encoding`    a list -> a file of tokens; the same under a second key
`files`       tokens as CSV
`pairs`       which records share which tokens, within and between lists
`weighing`    how likely a pair is one person, learnt from what chance does
`losing`      how many pairs slips have hidden
`counting`    how many people, with an interval
`saying`      what may be said of a count
`parties`     two holders alone: the size of the intersection, by exchanged files
============  ======================================================================
"""

from throughgate.core.linkage.blind.counting import FLOOR, Count, Estimate, count
from throughgate.core.linkage.blind.encoding import encoded, relayed
from throughgate.core.linkage.blind.errors import BlindError
from throughgate.core.linkage.blind.files import TokenFile, read_tokens, write_tokens
from throughgate.core.linkage.blind.keys import Key, new_part, read_key
from throughgate.core.linkage.blind.people import Person, read_people

__all__ = [
    "FLOOR",
    "BlindError",
    "Count",
    "Estimate",
    "Key",
    "Person",
    "TokenFile",
    "count",
    "encoded",
    "new_part",
    "read_key",
    "read_people",
    "read_tokens",
    "relayed",
    "write_tokens",
]
