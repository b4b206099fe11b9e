"""Files: sealed before they are kept, given back harmless, destroyed for good."""

import os

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import an_organisation
from tests.db.people.somebody import a_file, a_person, page_of
from tests.unit.core.lists import files as samples
from throughgate.access.models import LogEntry
from throughgate.core.sealing import CannotOpen
from throughgate.people import actions
from throughgate.people.finding import by_number
from throughgate.people.models import File, IdentityDocument, Person
from throughgate.people.naming import find
from throughgate.vault import files
from throughgate.vault.fields import Locked
from throughgate.vault.files import NotKept

pytestmark = pytest.mark.django_db

MARK = "дрозд-8151".encode()


def everything_on_disk():
    return b"".join(path.read_bytes() for path in settings.THROUGHGATE.home.rglob("*") if path.is_file())


def test_a_file_lies_sealed_and_opens_again():
    house = an_organisation()
    file = a_file(house, a_person(house), MARK, name="дрозд-8151.txt", title="дрозд-8151")

    assert MARK not in everything_on_disk()
    with house.coordinator.at_work():
        assert File.objects.get(id=file.id).content() == MARK


def test_a_file_of_another_section_is_closed_to_who_lacks_its_key():
    house = an_organisation("Прыклад", "case_worker", "coordinator", "monitor")
    person = a_person(house)
    file = a_file(house, person, compartment="health")
    with house.monitor.at_work():
        assert isinstance(File.objects.get(id=file.id).content(), Locked)
    client = house.monitor.signs_in()

    assert client.get(f"{person.get_absolute_url()}files/{file.id}/").status_code == 403
    assert "ліст" not in page_of(client, person, "documents/")


def test_a_file_is_given_as_an_attachment_that_can_do_nothing():
    house = an_organisation()
    person = a_person(house)
    file = a_file(house, person, b"<script>alert(1)</script>", name="page.html")
    answer = house.case_worker.signs_in().get(f"{person.get_absolute_url()}files/{file.id}/")

    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_a_file_is_sent_by_the_form():
    house = an_organisation()
    person = a_person(house)
    sent = SimpleUploadedFile("ліст.txt", MARK)
    form = {"file": sent, "kind": "letter", "compartment": "case", "title": "Першы ліст"}
    page = house.case_worker.signs_in().post(f"{person.get_absolute_url()}files/new/", form, follow=True)

    assert "Першы ліст" in page.content.decode()
    assert MARK not in everything_on_disk()


@pytest.mark.parametrize("content", [b"MZ\x90\0", b"\x89PNG\r\n\x1a\nbroken", b"PK\x03\x04"])
def test_what_is_not_kept_is_refused_and_changes_nothing(content):
    house = an_organisation()
    person = a_person(house)
    form = {"file": SimpleUploadedFile("photo.png", content), "kind": "other", "compartment": "case"}
    answer = house.case_worker.signs_in().post(f"{person.get_absolute_url()}files/new/", form)

    assert answer.status_code == 422
    assert not File.unguarded.exists()


def test_what_is_too_large_is_refused_unread(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1024
    house = an_organisation()
    person = a_person(house)
    signed_in = house.case_worker.signs_in()
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.cookies, client.defaults = signed_in.cookies, {**signed_in.defaults, "wsgi.url_scheme": "https"}
    client.get(f"{person.get_absolute_url()}files/new/")
    form = {"file": SimpleUploadedFile("a.txt", b"a" * 700_000), "kind": "other", "compartment": "case"}
    answer = client.post(f"{person.get_absolute_url()}files/new/", form, headers={"referer": "https://testserver/"})

    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


def test_the_maker_of_a_photograph_is_removed_from_it():
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work():
        file = actions.set_photo(person, content=samples.jpeg(), name="я.jpg")
        assert file.stripped
        assert b"Exif" not in file.content()


def test_a_photograph_stands_in_the_bar_and_is_not_served_to_strangers():
    house, other = an_organisation(), an_organisation("Іншая")
    person = a_person(house)
    with house.case_worker.at_work():
        actions.set_photo(person, content=samples.jpeg(), name="я.jpg")
    photo = f"{person.get_absolute_url()}photo/"
    client = house.case_worker.signs_in()

    assert f'src="{photo}"' in page_of(client, person)
    assert client.get(photo)["Content-Type"] == "image/jpeg"
    assert other.case_worker.signs_in().get(photo).status_code == 404


def test_a_photograph_must_be_a_picture():
    house = an_organisation()
    person = a_person(house)
    with house.case_worker.at_work(), pytest.raises(NotKept):
        actions.set_photo(person, content=b"%PDF-1.7 ...", name="я.png")


def test_a_destroyed_file_is_gone_from_the_disk(django_capture_on_commit_callbacks):
    house = an_organisation()
    person = a_person(house)
    file = a_file(house, person)
    kept = files.path_of(file.stored)
    with house.case_worker.at_work(), django_capture_on_commit_callbacks(execute=True):
        assert kept.exists()
        actions.destroy_file(file)

    assert not kept.exists()
    assert LogEntry.unguarded.get(kind="people.destroy_file").subject_id == person.id


def test_a_file_changed_on_the_disk_does_not_open():
    house = an_organisation()
    file = a_file(house, a_person(house))
    path = files.path_of(file.stored)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with house.case_worker.at_work(), pytest.raises(CannotOpen):
        file.content()


def test_files_that_no_row_knows_are_swept():
    house = an_organisation()
    file = a_file(house, a_person(house))
    stranger, just_now = files.write(b"left over")[0], files.write(b"not saved yet")[0]
    for old in (file.stored, stranger):
        os.utime(files.path_of(old), (0, 0))

    assert files.remove_strangers() == 1
    assert files.path_of(file.stored).exists()
    assert files.path_of(just_now).exists()
    assert not files.path_of(stranger).exists()


# Destroying everything about somebody --------------------------------------------------------------------------------


def a_destroyed_person(house):
    person = a_person(house)
    with house.case_worker.at_work():
        actions.add_document(person, kind="passport", state="lost", number="MP1234567")
    a_file(house, person)
    with house.coordinator.at_work():
        return actions.erase_person(Person.objects.get(id=person.id), because="asked")


def test_after_erasure_nothing_opens_and_nobody_is_found():
    house = an_organisation()
    person = a_destroyed_person(house)
    with house.coordinator.at_work():
        assert isinstance(IdentityDocument.objects.get(person=person).number, Locked)
        assert find("Прыкладаў") == []
        assert by_number("MP1234567") == []
    client = house.coordinator.signs_in()
    assert person.reference not in client.get("/people/").content.decode()
    assert "destroyed" in page_of(client, person)
    assert client.get(f"{person.get_absolute_url()}timeline/").status_code == 404


def test_erasure_leaves_a_certificate_in_the_log():
    house = an_organisation()
    person = a_destroyed_person(house)
    entry = LogEntry.unguarded.get(kind="people.erase_person")

    assert entry.subject_id == person.id
    assert entry.details == {"because": "asked", "keys": 1, "files": 1}


def test_erasure_asks_for_the_passphrase_and_for_the_reference():
    house = an_organisation()
    person = a_person(house)
    door = f"{person.get_absolute_url()}destroy/"
    client = house.coordinator.signs_in()

    assert client.post(door, {"because": "asked", "reference": "K7J-4Q2X"}).status_code == 422
    session = client.session
    session["proved_at"] = 0
    session.save()
    assert client.post(door, {"because": "asked", "reference": person.reference}).status_code == 302
    assert Person.unguarded.get(id=person.id).erased_at is None


def test_a_case_worker_does_not_destroy():
    house = an_organisation()
    person = a_person(house)

    assert house.case_worker.signs_in().get(f"{person.get_absolute_url()}destroy/").status_code == 403
