"""One of everything that a route can be asked about, in one organisation."""

from __future__ import annotations

import datetime
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tests.cast import House
from throughgate.access import actions as access
from throughgate.access.acting import System, acting_as
from throughgate.access.models import Invitation, Membership
from throughgate.access.rights import Right as Access
from throughgate.casework import actions as casework
from throughgate.casework.models import Case, Contact, FollowUp, Plan, Step
from throughgate.codelists import actions as codelists
from throughgate.core.dates import PartialDate
from throughgate.custody import actions as custody
from throughgate.exchange import actions as exchange
from throughgate.people import actions as people
from throughgate.people.models import Name, Person


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)
DAY = datetime.date(2024, 5, 3)
ON = PartialDate.from_date(DAY)


@dataclass
class Everything:
    """The rows of one organisation by the key that `ARGUMENTS` asks for."""

    house: House
    rows: dict[str, Any]

    def arguments(self, route: str, names: list[str]) -> dict[str, Any]:
        """What to put into a route; raises KeyError for a route that nobody has thought about."""
        return {name: self._one(route, name) for name in names}

    def _one(self, route: str, name: str) -> Any:
        if name == "other":
            return self.rows["lookalike"].reference
        if name == "reference":
            return self.rows["case" if route in CASE_ROUTES else "person"].reference
        if name in FIXED:
            return FIXED[name]
        return self.rows[ROWS[route]].pk


# Parameters that are codes and not rows.
FIXED = {
    "state": "in_work", "pathway": "legal", "result": "no_need_found", "code": "short_notice", "point": 0,
    "number": 1, "list_name": "need_kind", "slug": "start", "compartment": "case", "mark": "nobody", "token": "nothing",
}  # fmt: skip

# Which row the identifier in a route belongs to.
ROWS = {
    "access:cancel_invitation": "invitation", "access:member": "membership", "access:change_roles": "membership",
    "access:end_membership": "membership", "access:give_keys": "membership", "access:take_keys": "membership",
    "access:readmit": "membership",
    "codelists:change_term": "term", "codelists:retire_term": "term", "codelists:use_again": "term",
    "people:amend_name": "name", "people:prefer_name": "name",
    "people:amend_contact_point": "point", "people:mark_not_safe": "point", "people:mark_safe_again": "point",
    "people:end_contact_point": "point", "people:amend_relationship": "relationship",
    "people:end_relationship": "relationship", "people:amend_document": "document",
    "people:amend_consent": "consent", "people:withdraw_consent": "consent", "people:file": "file",
    "people:amend_file": "file", "people:destroy_file": "file",
    "people:take_back_verdict": "verdict", "people:part_people": "merge",
    "custody:facility": "facility", "custody:facility_map": "facility", "custody:amend_facility": "facility",
    "custody:amend_event": "event", "custody:withdraw_event": "event", "custody:give_back_event": "event",
    "custody:prefer_event": "event", "custody:amend_charge": "charge", "custody:amend_hearing": "hearing",
    "custody:amend_sentence": "sentence", "custody:set_aside_sentence": "sentence",
    "custody:withdraw_release_date": "date", "custody:give_back_release_date": "date",
    "casework:remove_from_team": "team", "casework:back_to_team": "team", "casework:need": "need",
    "casework:give_need": "need", "casework:change_need": "need", "casework:undo_review": "review",
    "casework:note_event": "plan", "casework:step": "step", "casework:do_step": "step", "casework:undo_step": "step",
    "casework:skip_step": "step", "casework:pin_step": "step", "casework:unpin_step": "step",
    "casework:give_step": "step", "casework:tick_step": "step", "casework:untick_step": "step",
    "casework:amend_task": "task", "casework:do_task": "task", "casework:undo_task": "task",
    "casework:amend_contact": "contact", "casework:undo_contact": "contact",
    "casework:miss_follow_up": "follow_up", "casework:undo_missed": "follow_up",
    "exchange:reading": "reading", "exchange:columns": "reading", "exchange:choose_sheet": "reading",
    "exchange:check": "reading", "exchange:doubts": "reading", "exchange:start": "reading",
    "exchange:matches": "reading", "exchange:accept_sure_rows": "reading", "exchange:decide_row": "reading",
    "exchange:rows": "reading", "exchange:undo": "reading", "exchange:discard": "reading",
}  # fmt: skip

CASE_ROUTES = {
    name
    for name in [
        "case", "accept_case", "pause_case", "resume_case", "close_case", "reopen_case", "change_lead", "note_day",
        "add_to_team", "remove_from_team", "back_to_team", "add_needs", "need", "give_need", "change_need",
        "review_pathway", "undo_review", "choose_template", "make_plan", "note_event", "add_step", "step", "do_step",
        "undo_step", "skip_step", "pin_step", "unpin_step", "give_step", "gate_day", "measure_outcomes",
    ]
    for name in [f"casework:{name}"]
}  # fmt: skip


def everything(house: House) -> Everything:
    """Fill the organisation through the same actions the pages use."""
    founder = System("tests", frozenset(Access.values), house.organisation.id)
    with acting_as(founder):
        invitation, _code = access.invite("Новы", roles=["case_worker"])
    with house.coordinator.at_work():
        person = people.add_person(names=[{"surname": "Прыкладаў", "given": "Узор"}], birth_date=PartialDate(1990))
        rows = _lookalikes(person)
        rows |= {"person": person, "invitation": Invitation.objects.get(id=invitation.id), **_around(person)}
        rows["membership"] = Membership.objects.get(member=house.case_worker.member)
        rows |= _custody(person) | _casework(house, person)
        rows["term"] = codelists.add_term("need_kind", en="own", be="свой", ru="свой")
        rows["reading"] = exchange.upload("name;birthday\nУзораў Узор;1990\n".encode(), file_name="узор.csv")
    return Everything(house, rows)


def _lookalikes(person: Person) -> dict[str, Any]:
    """Somebody who was merged into the person, and somebody who may be the person too."""
    merged, other = (people.add_person(names=[{"surname": "Prykladau", "given": given}]) for given in ("Uzor", "U."))
    return {
        "merge": people.merge_people(person, other=merged),
        "lookalike": other,
        "verdict": people.judge(person, other=other, says="cannot_tell"),
    }


def _around(person: Person) -> dict[str, Any]:
    return {
        "name": Name.objects.about(person).get(preferred=True),
        "point": people.add_contact_point(person, channel="phone", value="+375 00 000 00 00"),
        "relationship": people.add_relationship(person, kind="mother", other_name="Узорава"),
        "document": people.add_document(person, kind="passport", state="lost", number="AB0000000"),
        "consent": people.add_consent(person, purpose="support", how="spoken", given=ON),
        "file": people.add_file(person, content=PNG, name="узор.png", kind="photo"),
    }


def _custody(person: Person) -> dict[str, Any]:
    return {
        "event": custody.record_event(person, kind="detained", on=ON),
        "facility": custody.add_facility(kind="place_colony", name_be="Узорная калонія"),
        "charge": custody.add_charge(person, article="342"),
        "hearing": custody.add_hearing(person, on=ON, kind="hearing"),
        "sentence": custody.add_sentence(person, kind="imprisonment"),
        "date": custody.tell_release_date(person, type="told_by_facility", on=PartialDate(2030, 1, 1)),
    }


def _casework(house: House, person: Person) -> dict[str, Any]:
    case: Case = casework.open_case(person, kind="re_entry", lead=house.case_worker.member)
    plan: Plan = casework.make_plan(case, template="re_entry_6_months")
    contact: Contact = casework.record_contact(person, at=timezone.now(), channel="phone", case=case)
    return {
        "case": case,
        "plan": plan,
        "contact": contact,
        "step": Step.objects.filter(plan=plan).first(),
        "team": casework.add_to_team(case, member=house.coordinator.member, function="supervisor"),
        "need": casework.identify_need(case, kind="acc_first_night"),
        "review": casework.review_pathway(case, pathway="legal", result="no_need_found"),
        "task": casework.add_task("узор", person=person, case=case),
        "follow_up": FollowUp.objects.filter(case=case).first(),
    }
