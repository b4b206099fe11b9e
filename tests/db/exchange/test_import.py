"""From a file to people, and back."""

from __future__ import annotations

import pytest

from tests.cast import an_organisation
from tests.db.exchange.lists import a_list, checked, csv_of, imported, undone
from throughgate.core.dates import PartialDate
from throughgate.custody.models import Charge, CustodyEvent, Sentence, Standing
from throughgate.exchange.models import ImportedRow, Reading, State
from throughgate.people import naming
from throughgate.people.models import Name, Person
from throughgate.vault import files

pytestmark = pytest.mark.django_db

ONE = (
    "7;Прыкладаў Сяргей Іванавіч;1991-05-03;2023-02;Art. 342, part 1 of the Criminal Code;"
    "2 гады калоніі агульнага рэжыму;2023-06-01;Папраўчая калонія № 15, Магілёў;дыябет"
)
TWO = "8;Узорава Ганна;1985;2024-01-10;Art. 130 of the Criminal Code;;;Нейкае невядомае месца;"


@pytest.fixture
def house():
    return an_organisation("Прыклад", "coordinator", "monitor", "case_worker")


@pytest.mark.parametrize("layout", ["machine", "page-be", "page-ru", "page-en", "small-ngo"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_every_layout_in_every_format_becomes_people(house, layout, kind):
    with house.coordinator.at_work():
        reading = imported(a_list(25, layout=layout, kind=kind), file_name=f"list.{kind}")

        assert reading.state == State.DONE
        assert Person.objects.count() == ImportedRow.objects.exclude(person=None).count() > 20
        assert Standing.objects.count() == Person.objects.count()
        assert CustodyEvent.objects.filter(kind="detained").exists()


def test_a_row_becomes_a_person_with_everything_it_says(house):
    with house.coordinator.at_work():
        imported(csv_of(ONE))
        person = Person.objects.get()
        name = Name.objects.about(person).get()
        sentence = Sentence.objects.about(person).get()
        standing = Standing.objects.select_related("facility").get(person=person)
        charge = Charge.objects.about(person).get()

        assert (name.surname, name.given, name.patronymic, name.kind) == ("Прыкладаў", "Сяргей", "Іванавіч", "list")
        assert person.birth_date == PartialDate(1991, 5, 3)
        assert person.birth_band == "1990-1999"
        assert (charge.article, charge.part) == ("342", "1")
        assert (sentence.kind, sentence.years, sentence.regime) == ("imprisonment", 2, "general")
        assert CustodyEvent.objects.get(kind="detained").on == PartialDate(2023, 2)
        assert (standing.state, standing.facility.number) == ("state_serving", "15")
        assert [found for _id, _score, found in naming.find("prykladau")] == ["Прыкладаў Сяргей Іванавіч"]


def test_nothing_of_a_row_is_lost(house):
    with house.coordinator.at_work():
        imported(csv_of(TWO))
        row = ImportedRow.objects.get()

        assert row.cells["prison"] == "Нейкае невядомае месца"
        assert row.left == {"prison": "Нейкае невядомае месца"}
        assert row.doubt_count == 1
        assert CustodyEvent.objects.get(kind="transferred").note == "Нейкае невядомае месца"


def test_what_a_list_says_of_health_opens_for_whoever_holds_that_key(house):
    with house.monitor.at_work():
        imported(csv_of(ONE))
        assert ImportedRow.objects.get().health.locked
    with house.case_worker.at_work():
        assert ImportedRow.objects.get().health == {"health": "дыябет"}
        assert "health" not in ImportedRow.objects.get().cells


def test_a_dry_run_counts_and_takes_nothing_over(house):
    with house.coordinator.at_work():
        reading = checked(csv_of(ONE, TWO))

        assert (reading.count("rows"), reading.count("new"), reading.count("doubts")) == (2, 2, 1)
        assert not Person.objects.exists()


def test_the_file_is_sealed_and_destroyed_when_its_rows_are_kept(house, django_capture_on_commit_callbacks):
    with house.coordinator.at_work():
        reading = checked(csv_of(ONE))
        sealed = files.path_of(reading.stored)
        assert "Прыкладаў".encode() not in sealed.read_bytes()
    with house.coordinator.at_work(), django_capture_on_commit_callbacks(execute=True):
        from throughgate.exchange import actions, work

        actions.start_import(reading, queue=False)
        work.carry_out(reading)
    assert not sealed.exists()


def test_undoing_removes_what_the_import_made_and_nothing_else(house):
    with house.coordinator.at_work():
        from throughgate.people.actions import add_person

        mine = add_person(names=[{"surname": "Неіснуючы"}])
        reading = undone(imported(a_list(30)))

        assert reading.state == State.UNDONE
        assert [row.id for row in Person.objects.all()] == [mine.id]
        assert not ImportedRow.objects.exists()
        assert not CustodyEvent.objects.exists()
        assert list(naming.shown_names(naming.in_order()).values()) == ["Неіснуючы"]


def test_undoing_keeps_whom_somebody_has_worked_on_and_says_so(house):
    with house.coordinator.at_work():
        reading = imported(csv_of(ONE, TWO))
        touched = ImportedRow.objects.get(number=2).person
    with house.case_worker.at_work():
        from throughgate.custody.actions import record_sign_of_life

        record_sign_of_life(touched, kind="letter_received", on=PartialDate(2026, 1, 2))
    with house.coordinator.at_work():
        undone(reading)

        assert [row.id for row in Person.objects.all()] == [touched.id]
        assert ImportedRow.objects.get().kept
        assert Reading.objects.get().count("kept") == 1


def test_looking_at_somebody_is_no_reason_to_keep_them(house):
    with house.coordinator.at_work():
        reading = imported(csv_of(ONE))
        person = Person.objects.get()
    house.case_worker.signs_in().get(person.get_absolute_url())
    with house.coordinator.at_work():
        undone(reading)

        assert not Person.objects.exists()


def test_an_import_that_died_half_way_goes_on_where_it_stopped(house, monkeypatch):
    from throughgate.exchange import actions, work

    monkeypatch.setattr(work, "BATCH", 10)
    real, calls = actions.import_rows, []

    def dies(*args, **options):
        calls.append(1)
        if len(calls) == 3:
            raise MemoryError
        return real(*args, **options)

    with house.coordinator.at_work():
        reading = checked(a_list(40))
        actions.start_import(reading, queue=False)
        monkeypatch.setattr(actions, "import_rows", dies)
        with pytest.raises(MemoryError):
            work.carry_out(reading)
        assert (Person.objects.count(), Reading.objects.get().state) == (20, State.RUNNING)

        actions.start_import(reading, queue=False)
        work.carry_out(Reading.objects.get())
        assert (Person.objects.count(), Reading.objects.get().state) == (40, State.DONE)


def test_an_import_that_died_half_way_can_be_undone(house, monkeypatch):
    from throughgate.exchange import actions, work

    with house.coordinator.at_work():
        reading = checked(csv_of(ONE, TWO))
        actions.start_import(reading, queue=False)
        monkeypatch.setattr(actions, "finish_import", lambda *args, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work.carry_out(reading)
        undone(reading)

        assert not Person.objects.exists()


def test_another_organisation_sees_nothing_of_it(house):
    other = an_organisation("Іншая", "coordinator")
    with house.coordinator.at_work():
        imported(csv_of(ONE))
    with other.coordinator.at_work():
        assert not Reading.objects.exists()
        assert not ImportedRow.objects.exists()


def test_erasing_somebody_destroys_their_row(house):
    with house.coordinator.at_work():
        imported(csv_of(ONE))
        from throughgate.people.actions import erase_person

        erase_person(Person.objects.get(), because="asked")
    with house.coordinator.at_work():
        assert ImportedRow.objects.get().cells.locked


def test_an_import_writes_an_entry_a_batch_and_none_about_a_single_person(house):
    from throughgate.access.models import LogEntry

    with house.coordinator.at_work():
        imported(a_list(30))
        kinds = [row.kind for row in LogEntry.objects.filter(kind__startswith="exchange.").order_by("number")]

        assert kinds == [
            "exchange.upload_list", "exchange.choose_columns", "exchange.start_check", "exchange.check_list",
            "exchange.start_import", "exchange.import_rows", "exchange.finish_import",
        ]  # fmt: skip
        assert not LogEntry.objects.exclude(subject_id=None).exists()
