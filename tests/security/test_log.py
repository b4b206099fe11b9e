"""The log: what was done stands in it, and nothing can be taken out of it unnoticed."""

import pytest
from django.db import transaction

from tests.cast import an_organisation
from throughgate.access import actions, log
from throughgate.access.acts import CannotDo, action, note
from throughgate.access.commands import log_verify
from throughgate.access.models import LogEntry, LogHead, Member
from throughgate.vault import unlocking

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    made = an_organisation().gather()
    for number in range(3):
        with made.security_officer.at_work():
            actions.invite(f"Прыклад {number}", roles=["finance"])
    return made


def entries(house):
    return LogEntry.unguarded.filter(organisation_id=house.organisation.id).order_by("number")


def test_a_log_that_nobody_touched_is_whole(house):
    verdict = log.verify(house.organisation.id)

    assert verdict.broken_at is None
    assert verdict.entries == entries(house).count() > 5


@pytest.mark.parametrize(
    ("field", "value"),
    [("actor", "member:00000000-0000-0000-0000-000000000000"), ("kind", "access.nothing"), ("details", {"a": 1})],
)
def test_a_changed_entry_is_found(house, field, value):
    third = entries(house)[2]
    entries(house).filter(id=third.id).update(**{field: value})

    assert log.verify(house.organisation.id).broken_at == 3


def test_an_entry_whose_hash_was_made_anew_is_found_by_the_next(house):
    third = entries(house)[2]
    third.kind = "access.nothing"
    third.hash = log.sealing.chain(bytes(entries(house)[1].hash), log.canonical(third))
    third.save()

    assert log.verify(house.organisation.id).broken_at == 4


def test_a_removed_entry_is_found(house):
    entries(house).filter(number=3).delete()

    verdict = log.verify(house.organisation.id)
    assert (verdict.broken_at, verdict.problem) == (3, "removed")


def test_an_inserted_entry_is_found(house):
    last = entries(house).last()
    LogEntry(
        organisation_id=house.organisation.id, number=last.number + 1, at=last.at, actor=last.actor,
        kind="access.invite", hash=bytes(32),
    ).save()  # fmt: skip

    assert log.verify(house.organisation.id).broken_at == last.number + 1


def test_an_entry_put_in_with_a_fitting_hash_is_found_by_the_head(house):
    last = entries(house).last()
    forged = LogEntry(
        organisation_id=house.organisation.id, number=last.number + 1, at=last.at, actor=last.actor, kind="a.b"
    )
    forged.hash = log.sealing.chain(bytes(last.hash), log.canonical(forged))
    forged.save()

    assert log.verify(house.organisation.id).broken_at is not None


def test_a_cut_tail_is_found(house):
    last = entries(house).last()
    entries(house).filter(number__gte=last.number - 1).delete()

    verdict = log.verify(house.organisation.id)
    assert (verdict.broken_at, verdict.problem) == (last.number - 1, "removed from the end")


def test_a_log_that_vanished_as_a_whole_is_found(house):
    entries(house).delete()

    broken = {verdict.organisation_id: verdict.broken_at for verdict in log.verify_all()}
    assert broken[house.organisation.id] == 1


def test_entries_moved_to_another_organisation_are_found(house):
    other = an_organisation("Іншая").gather()
    entries(house).filter(number=3).update(organisation_id=other.organisation.id, number=1000)

    assert log.verify(house.organisation.id).broken_at == 3
    assert log.verify(other.organisation.id).broken_at is not None


def test_an_action_that_fails_leaves_no_entry(house):
    before = entries(house).count()
    membership = house.security_officer.actor.membership
    with house.security_officer.at_work(), pytest.raises(CannotDo):
        actions.end_membership(membership)  # the last who may manage members

    assert entries(house).count() == before
    assert membership.member.is_active


def test_what_an_action_changed_before_it_failed_is_as_it_was(house):
    @action("tests.fail", needs=None)
    def fail(member):
        note(step=1)
        Member.objects.filter(id=member.id).update(display_name="не павінна застацца")
        raise RuntimeError

    before = entries(house).count()
    with house.case_worker.at_work(), pytest.raises(RuntimeError):
        fail(house.case_worker.member)

    assert not Member.objects.filter(display_name="не павінна застацца").exists()
    assert entries(house).count() == before


def test_an_entry_that_cannot_be_written_takes_the_change_with_it(house, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr(log, "append", refuse)
    with house.case_worker.at_work(), pytest.raises(RuntimeError), transaction.atomic():
        actions.change_account(house.case_worker.member, display_name="не павінна застацца", language="be")

    assert not Member.objects.filter(display_name="не павінна застацца").exists()


def test_the_log_holds_codes_and_never_what_was_written(house):
    with house.security_officer.at_work():
        _invitation, code = actions.invite("Вымышленны Запіс", roles=["finance"])

    written = repr(list(entries(house).values()))
    assert "Вымышленны" not in written
    assert code.replace("-", "") not in written
    assert code not in written


def test_opening_a_file_is_an_entry_for_each_closed_section(house):
    subject = house.organisation.id
    many = {(subject, "identity"), (subject, "case")}

    assert [(e["kind"], e["details"]["compartment"]) for e in log.openings_entries(many, "people:person")] == [
        ("opened.compartment", "case"),
        ("opened.compartment", "identity"),
    ]


def test_opening_a_list_is_one_entry_that_says_how_many(house):
    subjects = [unlocking.new_id() for _one in range(10)]
    found = log.openings_entries({(subject, "identity") for subject in subjects}, "people:people")

    assert found == [
        {"kind": "opened.list", "details": {"at": "people:people", "people": 10, "compartments": ["identity"]}}
    ]


def test_openings_that_could_not_be_written_go_with_the_next(house, monkeypatch, settings):
    settings.THROUGHGATE_AT_ONCE = False
    buffer, actor = log.OpeningsBuffer(interval=3600), house.case_worker.actor
    entry = {"kind": "opened.list", "details": {"at": "x", "people": 9, "compartments": []}}
    buffer.add(actor, [entry])
    with monkeypatch.context() as broken:
        broken.setattr(log, "append", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            buffer.flush()
    buffer.flush()

    assert entries(house).filter(kind="opened.list").count() == 1


def test_an_end_that_was_cut_off_with_the_mark_of_it_is_found(house):
    last = entries(house).last().number
    entries(house).filter(number__gt=last - 2).delete()
    LogHead.objects.filter(organisation_id=house.organisation.id).delete()

    assert log.verify(house.organisation.id).problem == "removed from the end"


def test_the_command_says_which_log_is_broken(house, capsys):
    other = an_organisation("Іншая").gather()
    assert log_verify.run(None) == 0
    assert "Прыклад: whole" in capsys.readouterr().out

    entries(house).filter(number=2).delete()
    assert log_verify.run(None) == 1
    said = capsys.readouterr().out
    assert "Прыклад: BROKEN at entry 2" in said
    assert f"{other.organisation.name}: whole" in said


def test_every_organisation_has_a_chain_of_its_own(house):
    other = an_organisation("Іншая").gather()

    heads = dict(LogHead.objects.values_list("organisation_id", "number"))
    assert heads[house.organisation.id] != heads[other.organisation.id]
    assert entries(other).first().number == 1
