"""Keys: what opens for whom, and what stays shut."""

import pytest

from tests.cast import PASSPHRASE, a_member, an_organisation
from throughgate.access.acting import acting_as
from throughgate.access.models import Amendment
from throughgate.core.sealing import CannotOpen
from throughgate.vault import unlocking
from throughgate.vault.fields import Locked
from throughgate.vault.keyring import unlocked
from throughgate.vault.models import FileKey, Ring, RingGrant

pytestmark = pytest.mark.django_db


def a_sealed_row(house, text="дрозд"):
    with house.case_worker.at_work():
        return a_sealed_row_in_hand(house, text)


def a_sealed_row_in_hand(house, text):
    row = Amendment(
        organisation=house.organisation, object_type="x", object_id=house.organisation.id, field="f", actor="a"
    )
    row.reason = text
    row.save()
    return row


def read(person, row):
    with person.at_work():
        return Amendment.unguarded.get(id=row.id).reason


def test_a_member_who_holds_the_ring_reads_what_a_colleague_sealed():
    house = an_organisation()
    row = a_sealed_row(house)

    assert read(house.coordinator, row) == "дрозд"


def test_the_security_officer_who_manages_accounts_reads_nothing():
    house = an_organisation()
    row = a_sealed_row(house)

    assert isinstance(read(house.security_officer, row), Locked)


def test_another_organisation_reads_nothing():
    house, other = an_organisation(), an_organisation("Іншая")
    row = a_sealed_row(house)

    assert isinstance(read(other.coordinator, row), Locked)


def test_a_sealed_value_moved_to_another_row_does_not_open():
    house = an_organisation()
    row, other = a_sealed_row(house), a_sealed_row(house, "сініца")
    blob = Amendment.unguarded.filter(id=row.id).values_list("reason", flat=True)[0].blob
    with house.case_worker.at_work():
        stolen = Amendment.unguarded.get(id=other.id)
        stolen.__dict__["reason"].blob = blob

        with pytest.raises(CannotOpen):
            _ = stolen.reason


def test_writing_needs_no_key_and_reading_does():
    house = an_organisation()
    with acting_as(house.security_officer.actor), unlocked(house.security_officer.keyring()):
        row = Amendment(
            organisation=house.organisation, object_type="x", object_id=house.organisation.id, field="f", actor="a"
        )
        row.reason = "зязюля"
        row.save()

    assert isinstance(read(house.security_officer, row), Locked)
    assert read(house.coordinator, row) == "зязюля"
    assert FileKey.objects.get().at_home, "the first reader wraps the key at home"
    assert read(house.case_worker, row) == "зязюля"


def test_a_shared_compartment_opens_for_the_partner_until_the_sharing_ends():
    house, partner = an_organisation(), an_organisation("Партнёр")
    row = a_sealed_row(house)
    with house.coordinator.at_work() as keyring:
        unlocking.share_compartment(
            keyring, house.organisation.id, "identity", partner.organisation.id, purpose="referral"
        )

    assert read(partner.case_worker, row) == "дрозд"
    assert read(partner.case_worker, row) == "дрозд", "and again after the key was wrapped at home"

    unlocking.stop_sharing(house.organisation.id, "identity", partner.organisation.id)
    assert isinstance(read(partner.case_worker, row), Locked)


def test_a_partner_gets_just_the_compartment_that_was_shared():
    house, partner = an_organisation(), an_organisation("Партнёр")
    row = a_sealed_row(house)
    with house.coordinator.at_work() as keyring:
        shared = unlocking.share_compartment(
            keyring, house.organisation.id, "case", partner.organisation.id, purpose="referral"
        )

    assert shared == 0
    assert isinstance(read(partner.case_worker, row), Locked)


def test_after_a_ring_was_renewed_everything_opens_and_old_grants_are_gone():
    house = an_organisation()
    row = a_sealed_row(house)
    old = Ring.objects.get(organisation_id=house.organisation.id, compartment="identity")
    worker = house.case_worker
    with house.coordinator.at_work() as keyring:
        moved = unlocking.rotate_ring(
            keyring,
            house.organisation.id,
            "identity",
            {house.coordinator.member.id: house.coordinator.pair.public},
        )

    assert moved == 1
    assert read(house.coordinator, row) == "дрозд"
    assert isinstance(read(worker, row), Locked), "who was not named as a holder lost the ring"
    assert not RingGrant.objects.filter(ring=old).exists()


def renew(house, compartment="identity"):
    with house.coordinator.at_work() as keyring:
        holders = {house.coordinator.member.id: house.coordinator.pair.public}
        unlocking.rotate_ring(keyring, house.organisation.id, compartment, holders)


def test_what_is_sealed_by_whoever_still_holds_the_former_ring_opens_with_the_new_one():
    house = an_organisation()
    with house.case_worker.at_work() as former:
        renew(house)
        with unlocked(former):
            row = a_sealed_row_in_hand(house, "дрозд")

    assert read(house.coordinator, row) == "дрозд"


def test_an_import_that_began_before_a_ring_was_renewed_seals_for_the_new_one():
    house, person = an_organisation(), unlocking.new_id()
    with house.case_worker.at_work() as former:
        renew(house)
        with unlocked(former):
            former.make_file_keys([person], house.organisation.id, "identity")

    ring = Ring.objects.get(organisation_id=house.organisation.id, compartment="identity", retired_at=None)
    assert FileKey.objects.get(subject_id=person).ring_id == ring.id
    assert house.coordinator.keyring().file_key(FileKey.objects.get(subject_id=person).id.bytes) is not None


def test_trustees_open_every_ring_with_enough_shares_and_none_with_too_few():
    house = an_organisation()
    row = a_sealed_row(house)
    with house.coordinator.at_work() as keyring:
        shares = unlocking.make_recovery_set(keyring, house.organisation.id, needed=2, total=3)
    newcomer = a_member(house, "coordinator", name="newcomer", keys=False)
    assert isinstance(read(newcomer, row), Locked)

    with pytest.raises(CannotOpen):
        unlocking.keyring_from_shares(house.organisation.id, shares[:1])
    recovered = unlocking.keyring_from_shares(house.organisation.id, shares[1:])
    unlocking.hand_over_to_member(recovered, newcomer.member.id, house.organisation.id, ["identity"])

    assert read(newcomer, row) == "дрозд"


def test_closed_keys_open_nothing_until_a_colleague_hands_them_over():
    house = an_organisation()
    row = a_sealed_row(house)
    unlocking.close_keys(house.case_worker.member.id)
    assert isinstance(read(house.case_worker, row), Locked)

    with house.coordinator.at_work() as keyring:
        unlocking.hand_over_to_member(keyring, house.case_worker.member.id, house.organisation.id, ["identity"])
    assert read(house.case_worker, row) == "дрозд"


def test_a_wrong_passphrase_and_an_unknown_member_open_nothing():
    house = an_organisation()

    assert unlocking.open_member_keys(house.case_worker.member.id, "not the passphrase") is None
    assert unlocking.open_member_keys(house.organisation.id, PASSPHRASE) is None


def test_a_passphrase_typed_on_another_keyboard_form_is_the_same():
    house = an_organisation()
    member = house.case_worker
    unlocking.change_passphrase(member.member.id, member.pair, "й та самая фраза")

    assert unlocking.open_member_keys(member.member.id, "й та самая фраза") is not None
