"""Two parties count whom both have, by files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from throughgate.core.linkage import blind
from throughgate.core.linkage.blind import parties

from .blind_people import KEY, lists, people

pytestmark = pytest.mark.usefixtures("few_decoys")
pytest.importorskip("private_set_intersection.python")


@pytest.fixture
def few_decoys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("throughgate.core.linkage.blind.tokens.FEWEST_DECOYS", 1000)


def round_of(ours: blind.TokenFile, theirs: blind.TokenFile) -> float:
    request, secret = parties.ask(ours)
    return parties.size(ours, parties.answer(theirs, request, floor=10), secret).number


def test_the_size_of_the_intersection_is_right() -> None:
    ours, theirs = lists(120, shared=45)

    assert round_of(ours, theirs) == pytest.approx(45, abs=0.5)


def test_a_slip_in_name_or_date_loses_nobody() -> None:
    everybody = people(60)
    slipped = [
        *(one._replace(given="other") for one in everybody[:5]),
        *(one._replace(surname="other", tail="xx") for one in everybody[5:10]),
        *(one._replace(day="", month="") for one in everybody[10:15]),
        *everybody[15:40],
    ]

    assert round_of(blind.encoded(everybody, KEY), blind.encoded(slipped, KEY)) == pytest.approx(40, abs=4)


def test_files_carry_the_round(tmp_path: Path) -> None:
    ours, theirs = lists(40, shared=20)
    request, secret = parties.ask(ours)
    parties.write_message(tmp_path / "request", request)
    response = parties.answer(theirs, parties.read_message(tmp_path / "request", "request"), floor=10)
    parties.write_message(tmp_path / "response", response)

    found = parties.size(ours, parties.read_message(tmp_path / "response", "response"), secret)

    assert found.number == pytest.approx(20, abs=0.5)


def test_a_message_holds_no_token() -> None:
    ours, theirs = lists(40, shared=20)
    request, _ = parties.ask(ours)
    response = parties.answer(theirs, request, floor=10)

    sent = b"".join(part for message in (request, response) for one in message.sets for part in one)

    tokens = {token for file in (ours, theirs) for row in file.people for token in row}
    assert not any(token in sent or token.hex().encode() in sent for token in tokens if token)


def test_few_people_are_not_answered() -> None:
    request, _ = parties.ask(blind.encoded(people(9), KEY))

    with pytest.raises(blind.BlindError, match="fewer than 10 people is not answered"):
        parties.answer(blind.encoded(people(50), KEY), request, floor=10)


def test_a_request_that_tells_of_more_people_than_it_asks_about_is_not_answered() -> None:
    request, _ = parties.ask(blind.encoded(people(1), KEY))

    with pytest.raises(blind.BlindError, match="fewer than 10 people is not answered"):
        parties.answer(blind.encoded(people(50), KEY), replace(request, people=1000), floor=10)


def test_tokens_under_another_key_are_not_answered() -> None:
    request, _ = parties.ask(blind.encoded(people(20), KEY))

    with pytest.raises(blind.BlindError, match="under another key"):
        parties.answer(blind.encoded(people(20), blind.Key(b"o" * 32)), request, floor=10)


@pytest.mark.parametrize("change", [{"format": "other"}, {"sets": []}, {"sets": [["%"]] * 15}, {"people": None}])
def test_what_is_no_message_is_refused_in_one_sentence(tmp_path: Path, change: dict[str, object]) -> None:
    request, _ = parties.ask(blind.encoded(people(20), KEY))
    path = tmp_path / "request"
    parties.write_message(path, request)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))

    with pytest.raises(blind.BlindError, match="is no request of `throughgate blind psi`, or is damaged"):
        parties.read_message(path, "request")


def test_a_damaged_request_is_refused_in_one_sentence() -> None:
    request = parties.Message("request", (KEY.fingerprint,), 20, [[b"\x00\xff"]] * 15)

    with pytest.raises(blind.BlindError, match="damaged"):
        parties.answer(blind.encoded(people(20), KEY), request, floor=10)
