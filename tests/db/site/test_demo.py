"""The invented coalition."""

from __future__ import annotations

import dataclasses
import datetime
import random
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils import timezone

from throughgate.access import log, signing_in
from throughgate.access.acting import System, acting_as
from throughgate.access.models import LogEntry, Member, Organisation
from throughgate.casework.models import FollowUp, Readiness
from throughgate.casework.screens.releases import NO_DATE, WINDOWS, in_window
from throughgate.custody.actions import differing
from throughgate.custody.models import Standing
from throughgate.people.models import Person
from throughgate.site import demo
from throughgate.site.demo import cast, filling, stories
from throughgate.site.demo.doings import TWICE
from throughgate.site.roles import RIGHTS
from throughgate.vault import unlocking

PEOPLE = 70


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The demo with fewer people and a shorter list, in a folder of its own."""
    houses = tuple(dataclasses.replace(house, people=PEOPLE) for house in cast.HOUSES)
    monkeypatch.setattr(filling, "HOUSES", houses)
    monkeypatch.setattr(filling, "LIST_ROWS", 20)
    monkeypatch.setattr(settings, "THROUGHGATE", SimpleNamespace(home=tmp_path))
    return tmp_path


@pytest.mark.django_db
def test_the_demo_is_made_once_and_everything_in_it_holds(small: Path) -> None:
    demo.fill()
    demo.fill()

    with acting_as(System("tests")):
        houses = list(Organisation.objects.all())
        assert len(houses) == 3
        assert Person.objects.count() == 3 * (PEOPLE + TWICE)
        assert list(differing()) == []
        assert FollowUp.objects.filter(state="to_do", due_on__lte=timezone.localdate()).exists()
        assert Readiness.objects.filter(gaps=0).exists()
        assert LogEntry.objects.filter(kind="casework.do_step").exists()
        for house in houses:
            held = Standing.objects.held().filter(organisation=house)
            empty = [
                code for code in (*(window[0] for window in WINDOWS), NO_DATE[0])
                if not held.filter(in_window(code, timezone.localdate())).exists()
            ]  # fmt: skip
            assert empty == []
    assert all(verdict.broken_at is None for verdict in log.verify_all())
    assert len((small / filling.LIST).read_text(encoding="utf-8-sig").splitlines()) >= 20


@pytest.mark.django_db
def test_everybody_signs_in_and_holds_the_keys_of_their_roles(small: Path) -> None:
    demo.fill()

    for name, passphrase, who in demo.sign_ins():
        proven = signing_in.prove(name, passphrase)
        assert proven is not None, who
        keyring = unlocking.keyring_of(proven[0].id, proven[1])
        officer = next(part for part in cast.PARTS if part.sign_in_name == name).roles == ("security_officer",)
        assert not (officer and keyring.rings), who
    assert {role for part in cast.PARTS for role in part.roles} == set(RIGHTS)
    assert Member.objects.count() == len(cast.PARTS)


def test_the_same_seed_tells_the_same_story_on_the_same_day() -> None:
    day = datetime.date(2026, 9, 1)

    def told() -> list[stories.Story]:
        return [stories.tell(random.Random(f"1/{number}"), number, day) for number in range(60)]

    assert told() == told()


def test_nothing_is_reported_before_it_happens() -> None:
    day = datetime.date(2024, 2, 29)
    told = [stories.tell(random.Random(f"2/{number}"), number, day) for number in range(300)]

    assert [one for story in told for one in story.happened if one.on.earliest > day] == []
    assert {story.state for story in told} == {"free", "held", "home", "abroad", "dead", "untouched"}
