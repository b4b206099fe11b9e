"""What cannot be seen from outside: queries of each page, and the naive version of the same queue.

Run by bench/web.py, in the environment of the house to measure; the last line it prints is JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughgate.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 (after Django is ready)
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from house import PASSPHRASE, sign_in_name  # noqa: E402
from web import PAGES  # noqa: E402

from throughgate.access import sessions  # noqa: E402
from throughgate.access.acting import acting_as  # noqa: E402
from throughgate.access.middleware import actor_of  # noqa: E402
from throughgate.access.models import Member  # noqa: E402
from throughgate.casework.screens.releases import Releases, waiting  # noqa: E402
from throughgate.custody.models import Standing  # noqa: E402
from throughgate.people.naming import forget_sheet, shown_names  # noqa: E402
from throughgate.site import opening  # noqa: E402
from throughgate.vault import unlocking  # noqa: E402
from throughgate.vault.keyring import unlocked  # noqa: E402

ROUNDS = 5


def main() -> None:
    opening.existing()
    settings.ALLOWED_HOSTS.append("testserver")
    member = Member.objects.get(sign_in_name=sign_in_name(0))
    pair = unlocking.open_member_keys(member.id, PASSPHRASE)
    actor = actor_of(member)
    if pair is None or actor is None:
        raise RuntimeError("the house was made with another passphrase")
    client = _client(member, pair)
    with acting_as(actor), unlocked(unlocking.keyring_of(member.id, pair)):
        reference = Standing.objects.held().select_related("person").order_by("id")[0].person.reference
        queries = {name: _queries(client, path) for name, path in PAGES}
        queries["Person"] = _queries(client, f"/people/{reference}/")
        queries["Person, custody"] = _queries(client, f"/people/{reference}/custody/")
        queries["Person, timeline"] = _queries(client, f"/people/{reference}/timeline/")
        queries["Name search"] = _counted(lambda: client.post("/people/find/", {"typed": "Прыклад"}, secure=True))
        forget_sheet(actor.organisation_id)  # so that the first search from outside meets nothing
        found = {"queries": queries, "naive": {"Releases, first page": _compare()}}
    print(json.dumps(found))


def _client(member: Member, pair: Any) -> Client:
    client = Client()
    client.force_login(member)
    request = HttpRequest()
    request.session = client.session
    sessions.unlock(request, member.id, pair)
    request.session.save()
    answer = HttpResponse()
    sessions.write_cookie(request, answer)
    client.cookies.update(answer.cookies)
    return client


def _queries(client: Client, path: str) -> int:
    return _counted(lambda: client.get(path, secure=True))


def _counted(ask: Callable[[], Any]) -> int:
    ask()  # what is kept in memory afterwards is not counted
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code}")
    return len(captured)


def _compare() -> dict[str, float]:
    request = RequestFactory().get("/releases/")
    return {"ours_ms": _median(lambda: _ours(request)), "naive_ms": _median(_naive)}


def _ours(request: HttpRequest) -> list[Any]:
    table = Releases(request)
    table.feed(waiting())
    assert table.count
    return table.page_rows


def _naive() -> list[Any]:
    """The same queue as it is often written: every row with what hangs on it, then filter, sort and cut in Python."""
    everybody = list(
        Standing.objects.select_related("person", "facility", "person__readiness", "person__readiness__lead")
    )
    names = shown_names(row.person_id for row in everybody)
    held = [row for row in everybody if row.episode and row.person.erased_at is None]
    for row in held:
        row.shown_name = names.get(row.person_id)
    today = timezone.localdate()
    held.sort(key=lambda row: (row.working_on is None, row.working_on or today, str(row.id)))
    return held[:25]


def _median(run: Callable[[], Any]) -> float:
    run()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
