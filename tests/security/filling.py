"""A life, typed into the real forms: every form that takes free text is filled in, saved, and corrected."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cast import House
from tests.security.everything import PNG
from tests.security.pages import FormSeen, Page, Words
from throughgate.casework.models import Case, Contact, FollowUp, Need, Step, Task
from throughgate.custody.models import Charge, CustodyEvent, Hearing, Sentence
from throughgate.exchange.models import Reading
from throughgate.people.models import Consent, ContactPoint, File, IdentityDocument, Merge, Name, Person, Relationship

# Boxes whose words are no content about anybody: what the operator or the domain calls things.
PLAIN = {
    "part": "1", "article": "411(1)", "number_of_place": "1", "save_as": "Узорны выгляд", "minutes": "5",
    "display_name": "Каардынатар", "one_time_code": "", "passphrase": "",
}  # fmt: skip
HEADINGS = "id;name;birthday;arrested;articles;penalty;verdict_date;prison;health;phone;comment"


class Filling:
    """*words* gives the text for a box by its name, as the form's path and the box's name."""

    def __init__(self, house: House, words: Words, worker: Callable[[], list[str]]) -> None:
        self.house, self.worker = house, worker
        self.browser = house.coordinator.signs_in()
        self._words = words
        self.person: Person
        self.case: Case

    def words(self, place: str) -> Words:
        return lambda name: PLAIN.get(name) if name in PLAIN else self._words(f"{place}:{name}")  # type: ignore[return-value]

    def form_at(self, address: str) -> FormSeen:
        answer = self.browser.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return Page(answer.content.decode()).main_form()

    def send(self, route: str, *args: Any, **given: Any) -> Any:
        """Open the form, fill in every box, send it, and see that it was taken."""
        address = reverse(route, args=args)
        form = self.form_at(address)
        answer = self.browser.post(address, {**form.answers(self.words(route), **given), **CONFIRMED})
        if answer.status_code != 302:
            problems = getattr(answer.context.get("form"), "errors", "") if answer.context else ""
            raise AssertionError(f"{route} was not taken ({answer.status_code}): {problems}")
        return answer

    def everything(self) -> None:
        self.add_person()
        self.around_the_person()
        self.merge_people()
        self.papers_and_files()
        self.in_custody()
        self.open_case()
        self.plan()
        self.in_touch()

    # People ----------------------------------------------------------------------------------------------------------

    def add_person(self) -> None:
        answer = self.send("people:add_person", whole="", sealed_categories=self.endangering(), **BORN)
        self.person = Person.unguarded.get(reference=answer["Location"].strip("/").split("/")[-1])
        self.send("people:amend_person", self.ref, sealed_categories=self.endangering(), **BORN)
        self.send("people:add_name", self.ref)
        self.send("people:amend_name", self.ref, self.newest(Name))

    def endangering(self) -> list[str]:
        form = self.form_at(reverse("people:add_person"))
        return form.boxes["sealed_categories"].options[:1]

    @property
    def ref(self) -> str:
        return self.person.reference

    def newest(self, model: Any) -> Any:
        return model.unguarded.order_by("id").last().pk

    def around_the_person(self) -> None:
        self.send("people:add_contact_point", self.ref, channel="email")
        self.send("people:amend_contact_point", self.ref, self.newest(ContactPoint), channel="email")
        self.send("people:mark_not_safe", self.ref, self.newest(ContactPoint))
        self.send("people:add_relationship", self.ref)
        self.send("people:amend_relationship", self.ref, self.newest(Relationship))

    def merge_people(self) -> None:
        """The same person entered again, merged with the first, and taken out again."""
        first = self.person
        self.send("people:add_person", whole="", anyway="1", **BORN)
        other = Person.unguarded.order_by("id").last()
        assert other is not None
        self.send("people:merge_people", self.ref, other.reference)
        self.send("people:part_people", self.ref, self.newest(Merge))
        self.person = first

    def papers_and_files(self) -> None:
        given = {"missing_reason": "", "expires_year": "2034"}
        self.send("people:add_document", self.ref, **given)
        self.send("people:amend_document", self.ref, self.newest(IdentityDocument), **given)
        self.send("people:add_consent", self.ref, until_year="2034")
        self.send("people:amend_consent", self.ref, self.newest(Consent), until_year="2034")
        self.send("people:add_file", self.ref, file=self.upload("letter", "txt"))
        self.send("people:amend_file", self.ref, self.newest(File))
        self.send("people:set_photo", self.ref, file=self.upload("photo", "png", PNG))

    def upload(self, what: str, ending: str, content: bytes = b"") -> SimpleUploadedFile:
        words = self.words(f"upload:{what}")
        return SimpleUploadedFile(f"{words('file_name')}.{ending}", content or words("content").encode())

    # Custody ---------------------------------------------------------------------------------------------------------

    def in_custody(self) -> None:
        self.send("custody:record_event", self.ref, days="", kind="detained")
        self.send("custody:amend_event", self.ref, self.newest(CustodyEvent), days="", kind="detained")
        self.send("custody:record_sign", self.ref)
        self.send("custody:add_charge", self.ref)
        self.send("custody:amend_charge", self.ref, self.newest(Charge))
        self.send("custody:add_hearing", self.ref, next_on_year="2035")
        self.send("custody:amend_hearing", self.ref, self.newest(Hearing))
        self.send("custody:add_sentence", self.ref, **TERM)
        self.send("custody:amend_sentence", self.ref, self.newest(Sentence), **TERM)
        self.send("custody:tell_release_date", self.ref, on_year="2031")
        self.send("custody:assess_status", self.ref, until_year="2034")

    # Casework --------------------------------------------------------------------------------------------------------

    def open_case(self) -> None:
        colleague = str(self.house.case_worker.member.id)
        self.send("casework:open_case", self.ref, lead=colleague)
        self.case = Case.unguarded.get(person=self.person)
        about = self.case.reference
        self.send("casework:change_lead", about, lead=str(self.house.coordinator.member.id))
        self.send("casework:note_day", about)
        for verb in ("pause", "resume", "close", "reopen"):
            if verb == "resume":
                assert self.browser.post(reverse("casework:resume_case", args=[about])).status_code == 302
            else:
                self.send(f"casework:{verb}_case", about, **TODAY)
        need = next(iter(self.form_at(reverse("casework:add_needs", args=[about])).boxes["kinds"].options))
        self.send("casework:add_needs", about, kinds=[need])
        self.send("casework:give_need", about, self.newest(Need))
        self.send("casework:change_need", about, self.newest(Need), "declined", **TODAY)

    def plan(self) -> None:
        about = self.case.reference
        self.send("casework:make_plan", about, "re_entry_6_months")
        self.send("casework:add_step", about)
        self.send("casework:pin_step", about, self.newest(Step), on_year="2030")
        self.send("casework:skip_step", about, self.newest(Step))
        self.send("casework:gate_day", about)

    def in_touch(self) -> None:
        self.send("casework:record_contact", self.ref)
        self.send("casework:amend_contact", self.newest(Contact))
        self.send("casework:add_task", person=str(self.person.id))
        self.send("casework:amend_task", self.newest(Task))
        follow_up = FollowUp.unguarded.filter(case=self.case).order_by("id").first()
        assert follow_up is not None, "a plan that hangs on a release has follow-ups"
        self.send("casework:miss_follow_up", follow_up.pk)

    # A list ----------------------------------------------------------------------------------------------------------

    def bring_list(self) -> Reading:
        """Uploaded and checked; a worker has gone through it, and found that we know whom it is about."""
        words = self.words("list")
        name = {"surname": words("surname"), "given": words("given"), "patronymic": ""}
        self.send("people:add_person", whole="", anyway="1", **name)
        row = [
            words("key"), f"{words('surname')} {words('given')}", words("birthday"), "3.5.2024", words("articles"),
            "5 гадоў", "1.9.2024", words("prison"), words("health"), words("phone"), words("comment"), "",
        ]  # fmt: skip
        listed = io.StringIO()
        writer = csv.writer(listed, delimiter=";")
        writer.writerows([[words("preamble"), "", ""], [*HEADINGS.split(";"), words("heading")], row])
        name = f"{words('file_name')}.csv"
        self.send("exchange:upload", file=SimpleUploadedFile(name, listed.getvalue().encode()))
        reading = Reading.unguarded.get(id=self.newest(Reading))
        self.send("exchange:columns", reading.id, **{f"c{HEADINGS.count(';') + 1}": ""})
        assert self.worker() == ["done"]
        return reading

    def import_list(self, reading: Reading) -> None:
        answer = self.browser.post(reverse("exchange:start", args=[reading.id]), {"although_smaller": "on"})
        assert answer.status_code == 302
        assert self.worker() == ["done"]


# What the pages that show first what a date moves are told the second time.
CONFIRMED = {"confirmed": "yes"}
BORN = {"birth_date_day": "28", "birth_date_month": "3", "birth_date_year": "1937"}
TERM = {"years": "5", "months": "1", "days": "1", "last_day_told_year": "2031", "replaced_days": "", "credit_days": ""}
TODAY = {"on_day": "", "on_month": "", "on_year": ""}
