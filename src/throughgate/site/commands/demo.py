"""Set up a demo: three invented organisations and about 600 invented people.

It is made in an empty place and opens without asking; its key lies beside its database, so never
put a real person into it. Run again, it changes nothing.
"""

from __future__ import annotations

import argparse

from throughgate.site import demo as coalition
from throughgate.site import opening


def run(options: argparse.Namespace) -> int:
    opening.demo()
    coalition.fill()
    print(f"The demo is in {opening.config().home}. Start it with `throughgate serve`.")
    return 0
