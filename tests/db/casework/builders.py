"""What the tests of this room start from."""

import datetime

from throughgate.casework import actions
from throughgate.core.dates import PartialDate
from throughgate.custody import actions as custody
from throughgate.people import actions as people

TODAY = datetime.date(2026, 9, 1)
RELEASE = datetime.date(2027, 3, 10)


def a_person(house, by="case_worker", surname="Прыкладаў"):
    with house.people[by].at_work():
        return people.add_person(names=[{"surname": surname, "given": "Узор"}])


def a_prisoner(house, release=RELEASE):
    """Somebody serving a sentence, of whom the prison told when they leave."""
    person = a_person(house)
    with house.case_worker.at_work():
        custody.record_event(person, kind="redetained", on=PartialDate(2025, 7, 3))
        if release:
            tell(person, release)
    return person


def tell(person, day, kind="told_by_facility"):
    custody.tell_release_date(person, type=kind, on=PartialDate.from_date(day))


def a_case(house, person, kind="re_entry", lead="case_worker", **facts):
    with house.case_worker.at_work():
        return actions.open_case(person, kind=kind, lead=house.people[lead].member if lead else None, **facts)
