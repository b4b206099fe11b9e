"""From passphrases to keys, by several people at once."""

from __future__ import annotations

import threading

from throughgate.core import sealing


def test_several_people_can_sign_in_at_the_same_moment() -> None:
    begin, made = threading.Barrier(6), []

    def one() -> None:
        begin.wait(10)
        made.append(sealing.stretch("heron lamp Tuesday orchard", b"invented salt 16", memory_kib=65536))

    threads = [threading.Thread(target=one, daemon=True) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(made) == 6
    assert len(set(made)) == 1
