"""Attacks that are known from elsewhere, each tried here.

Guessing passphrases and codes, taking over sessions and stepping over the second factor: `test_signing_in`. Routes,
roles and other organisations' rows: `test_matrix`. Formulas, archives that burst and broken files: also where they
are read and written (tests/unit/kit/test_export.py, tests/db/exchange/test_hostile.py).
"""

from __future__ import annotations

import contextlib
import importlib
import io
import pkgutil
import re
import signal
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django import forms
from django.conf import settings as live
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT
from django.urls import Resolver404, resolve, reverse

import throughgate
from tests.cast import PASSPHRASE, House, Person, an_organisation
from tests.db.exchange.lists import worker  # noqa: F401 (a fixture)
from tests.security.everything import PNG, Everything, everything
from tests.security.filling import Filling
from tests.security.hostile import HOSTILE, SCRIPT, everywhere, in_texts, send, undone
from tests.security.pages import Page
from tests.security.test_canaries import crawl
from tests.security.test_matrix import ENDING, ROUTES, addresses, allowed
from throughgate.access import actions as access
from throughgate.access import jobs
from throughgate.access.middleware import HEADERS
from throughgate.access.models import Job, LogEntry, Organisation
from throughgate.access.rights import Right
from throughgate.access.routes import PUBLIC
from throughgate.exchange.models import Reading
from throughgate.people import actions as people
from throughgate.people.models import File
from throughgate.site import worker as workers
from throughgate.site.commands import check
from throughgate.vault import files, installation

pytestmark = pytest.mark.django_db

# Acts that ask for the passphrase again when it was typed long ago.
PROVED = {
    "access:second_factor", "access:recovery_codes", "access:invite", "access:change_roles", "access:end_membership",
    "access:give_keys", "access:readmit", "access:rotate_ring", "access:make_shares", "access:use_shares",
    "access:change_mode", "people:erase_person", "people:destroy_file", "exchange:undo",
}  # fmt: skip
# These asks for the passphrase in their own form.
ASKING = {"access:change_passphrase"}
# And these must never ask: whoever closes something has no time.
EMERGENCY = {"access:lock", "access:lock_everything", "access:close_my_keys", "access:take_keys", "access:sign_out"}
OPEN_TO_ALL = {
    "access:sign_in", "access:sign_in_code", "access:join", "kit:handbook", "kit:handbook_page", "kit:handbook_search",
}  # fmt: skip


@pytest.fixture
def own(db: None) -> Everything:
    return everything(an_organisation("Свая", "coordinator", "case_worker", "security_officer", "peer_worker"))


@pytest.fixture
def house(db: None) -> House:
    return an_organisation("Свая", "coordinator", "security_officer")


def doors(own: Everything) -> list[tuple[str, str, str]]:
    """(route, role that may use it, address) of everything but what ends the session."""
    roles = ("coordinator", "security_officer")
    return [
        (name, role, address)
        for name, needs, address in addresses(own)
        for role in roles
        if role in allowed(needs) and not (role == "security_officer" and "coordinator" in allowed(needs))
    ]


def browsers(house: House) -> dict[str, Client]:
    return {role: house.people[role].signs_in() for role in ("coordinator", "security_officer")}


def done_by(house: House) -> int:
    """How many things were done, as the log has them; looking is not doing."""
    entries = LogEntry.unguarded.filter(organisation_id=house.organisation.id)
    return entries.exclude(kind__startswith="opened.").count()


# Malformed input ------------------------------------------------------------------------------------------------------


def test_no_form_breaks_on_what_attackers_type(own: Everything) -> None:
    signed_in, tried, wrong = browsers(own.house), 0, []
    for name, role, address in doors(own):
        browser = signed_in[role]
        page = browser.get(address)
        if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        for form in Page(page.content.decode()).forms:
            if form.method != "post" or not form.boxes or (form.action and not _leads_to(form.action, name)):
                continue
            for turn in range(3):
                fill = everywhere if turn % 2 else in_texts
                with undone():
                    wrong += _broken(browser, form.action or address, fill(form, turn), f"{name}, turn {turn}")
                tried += 1
    assert tried > 200
    assert wrong == []


def _leads_to(action: str, name: str) -> bool:
    try:
        return resolve(urlsplit(action).path).view_name == name
    except Resolver404:
        return False


def _broken(browser: Client, address: str, sent: dict[str, Any], what: str) -> list[str]:
    try:
        answer = send(browser, address, sent)
        if answer.status_code == 302:
            answer = browser.get(answer["Location"])
    except Exception as error:  # noqa: BLE001 (whatever it is, it is what we look for)
        return [f"{what}: {type(error).__name__} {error}"[:300]]
    problems = [f"{what}: {answer.status_code}"] if answer.status_code >= 500 else []
    if answer["Content-Type"].startswith("text/html"):
        problems += [f"{what}: {found}" for found in Page(answer.content.decode()).suspicious]
    return problems


def _all_forms(base: type[forms.BaseForm] = forms.BaseForm) -> set[type[forms.BaseForm]]:
    found = set()
    for one in base.__subclasses__():
        found |= {one} | _all_forms(one)
    return {one for one in found if one.__module__.startswith("throughgate.")}


def test_no_field_of_any_form_breaks_on_what_attackers_type(own: Everything) -> None:
    for module in pkgutil.walk_packages(throughgate.__path__, "throughgate."):
        if ".forms" in module.name:
            importlib.import_module(module.name)
    tried = 0
    with own.house.coordinator.at_work():
        for form in _all_forms():
            for name, field in getattr(form, "base_fields", {}).items():
                for text in HOSTILE:
                    tried += 1
                    _clean(name, field, text)
    assert tried > 2000


def _clean(name: str, field: forms.Field, text: str) -> None:
    sent = QueryDict(mutable=True)
    for part in ("", "_day", "_month", "_year", "_find"):
        for value in (text,) if part in ("", "_find") else ("3", text):
            typed = sent.copy()
            typed[f"{name}{part}"] = value
            if part:
                typed.update({f"{name}_{other}": text for other in ("day", "month") if part == f"_{other}"})
                typed.setdefault(f"{name}_year", "2024")
            with contextlib.suppress(ValidationError):
                field.clean(field.widget.value_from_datadict(typed, {}, name))


def test_no_page_breaks_on_a_hostile_address(own: Everything) -> None:
    signed_in, wrong = browsers(own.house), []
    asked = ("sort", "show", "draft", "next", "q", "still", "kind", "from", "to", "about", "export")
    for turn, (name, role, address) in enumerate(doors(own)):
        given = {
            one: HOSTILE[(turn + number) % len(HOSTILE)][:3000] for number, one in enumerate(asked[: 10 + turn % 2])
        }
        given |= dict.fromkeys(("page", "opened"), "9" * 5000 if turn % 2 else "9" * 25)
        try:
            status = signed_in[role].get(f"{address}?{urlencode(given)}").status_code
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what we look for)
            wrong.append(f"{name}: {type(error).__name__} {error}"[:300])
        else:
            wrong += [f"{name}: {status}"] if status >= 500 else []
    assert wrong == []


PARTS = ("\0", "9" * 400, "²", "%", "я" * 3000, "..", "-1", "\u202e")


def test_no_route_breaks_on_a_hostile_part(house: House) -> None:
    browser, wrong = house.coordinator.signs_in(), []
    routes = [(name, route) for name, route, _needs in ROUTES if "<" in route and name not in ENDING]
    for number, (name, route) in enumerate(routes):
        for text in (PARTS[number % len(PARTS)], PARTS[(number + 3) % len(PARTS)]):
            path = re.sub(r"<uuid:\w+>", str(house.organisation.id), route)
            path = re.sub(r"<(?:slug:|int:)?\w+>", quote(text, safe=""), path)
            try:
                status = browser.get(f"/{path}").status_code
            except Exception as error:  # noqa: BLE001 (whatever it is, it is what we look for)
                wrong.append(f"{name}: {type(error).__name__} {error}"[:300])
            else:
                wrong += [f"{name}: {status}"] if status not in (302, 403, 404, 405) else []
    assert wrong == []


# Scripts --------------------------------------------------------------------------------------------------------------


def test_a_script_typed_into_any_form_or_list_stays_text(worker: Any) -> None:  # noqa: F811
    house = an_organisation("Прыклад", "coordinator", "case_worker")
    filling = Filling(
        house, lambda place: SCRIPT if not place.endswith("file_name") else "<img src=x onerror=y>", worker
    )
    filling.everything()
    filling.import_list(filling.bring_list())

    pages = crawl(filling.browser)
    shown = 0
    for path, answer in pages.items():
        if answer["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            shown += "&lt;script&gt;alert(1)" in html
            assert Page(html).suspicious == [], path
            assert answer["Content-Security-Policy"] == HEADERS["Content-Security-Policy"], path
    assert shown > 10


# Doors that are forgotten ---------------------------------------------------------------------------------------------


def test_an_empty_house_cannot_be_taken_over_through_the_web(client: Client) -> None:
    client.defaults["wsgi.url_scheme"] = "https"
    assert not Organisation.unguarded.exists()

    assert {name for name, _route, needs in ROUTES if needs == PUBLIC} == OPEN_TO_ALL
    assert client.get("/")["Location"].startswith("/sign-in/")
    for path in ("/setup/", "/install/", "/admin/", "/register/", "/init/", "/join/"):
        answer = client.post(path, {"invitation_code": "", "sign_in_name": "mallory", "new_passphrase": PASSPHRASE})
        assert answer.status_code in (302, 404, 422), path
    assert not Organisation.unguarded.exists()


def test_history_shows_nothing_of_other_people(own: Everything) -> None:
    house = own.house
    with house.coordinator.at_work():
        other = people.add_person(names=[{"surname": "Неіснуючы", "given": "Ян"}])
        point = people.add_contact_point(other, channel="email", value="былы@example.org")
        people.amend_contact_point(
            point, reason="патаемная прычына", channel="email", value="новы@example.org", whose="", safe_times="",
            risk="", never_mention_us=False,
        )  # fmt: skip
    browser, mine = house.coordinator.signs_in(), own.rows["person"]

    assert "патаемная прычына" in browser.get(f"{other.get_absolute_url()}history/").content.decode()
    for query in ("", f"?about={point.id}", f"?of={point.id}", f"?row={point.id}", f"?page=2&about={other.id}"):
        history = browser.get(f"{mine.get_absolute_url()}history/{query}").content.decode()
        assert "патаемная" not in history
        assert "былы@example.org" not in history


def test_a_file_is_found_under_its_own_person_alone_and_its_name_only_with_its_key(own: Everything) -> None:
    house = own.house
    with house.coordinator.at_work():
        other = people.add_person(names=[{"surname": "Неіснуючы", "given": "Ян"}])
        kept = people.add_file(
            other, content="дыягназ".encode(), name="сакрэтны-дыягназ.txt", kind="letter", compartment="health",
            title="Сакрэтная выпіска",
        )  # fmt: skip
    dispatcher = _joined(house, "dispatcher")
    browser = dispatcher.signs_in()

    assert browser.get(reverse("people:file", args=[own.rows["person"].reference, kept.id])).status_code == 404
    assert browser.get(reverse("people:file", args=[other.reference, kept.id])).status_code == 403
    for tab in ("documents", "person", "timeline", "history"):
        page = browser.get(reverse(f"people:{tab}", args=[other.reference])).content.decode()
        assert "дыягназ" not in page
        assert "Сакрэтная" not in page


def _joined(house: House, role: str) -> Person:
    from tests.cast import a_member

    return a_member(house, role)


def test_whoever_may_not_export_gets_no_file_and_nobody_gets_other_peoples(own: Everything) -> None:
    with an_organisation("Чужая", "coordinator").coordinator.at_work():
        foreign = people.add_person(names=[{"surname": "Іншаземец", "given": "Ян"}])
    worker_of_cases = own.house.case_worker.signs_in()
    for path in ("/people/", "/cases/", "/releases/"):
        for kind in ("csv", "xlsx"):
            assert worker_of_cases.get(f"{path}?export={kind}").status_code == 403, path

    exported = own.house.coordinator.signs_in().get("/people/?export=csv")
    assert own.rows["person"].reference in exported.content.decode()
    assert foreign.reference not in exported.content.decode()
    assert "Прыкладаў" not in exported.content.decode(), "a file has references and no names"
    assert exported["Cache-Control"] == "no-store"


# Proving again --------------------------------------------------------------------------------------------------------


def test_sensitive_acts_ask_for_the_passphrase_again(own: Everything) -> None:
    asking = set()
    for role, browser in browsers(own.house).items():
        session = browser.session
        session["proved_at"] = 0
        session.save()
        for name, who, address in doors(own):
            if who == role and (answer := browser.get(address)).status_code == 302:
                asking |= {name} if answer["Location"].startswith("/prove/") else set()
            if who == role and name in PROVED:
                with undone():
                    assert browser.post(address, {})["Location"].startswith("/prove/"), f"{name} by POST"
    assert asking == PROVED
    assert not PROVED & EMERGENCY


def test_a_new_passphrase_needs_the_present_one(house: House) -> None:
    chosen = "sinica dub reka vosen snieg"
    sent = {"passphrase": "not this one", "new_passphrase": chosen, "new_passphrase_again": chosen}
    answer = house.coordinator.signs_in().post("/account/passphrase/", sent)

    assert {"access:change_passphrase"} == ASKING
    assert answer.status_code == 422


def test_guessing_at_the_second_door_is_slowed_down_like_at_the_first(house: House) -> None:
    browser = house.coordinator.signs_in()
    statuses = [browser.post("/prove/", {"passphrase": f"guess {number}"}).status_code for number in range(8)]

    assert statuses[0] == 422
    assert statuses[-1] == 429


# Forged requests ------------------------------------------------------------------------------------------------------


def test_no_form_is_taken_without_its_token(own: Everything) -> None:
    signed_in, done = browsers(own.house), done_by(own.house)
    for browser in signed_in.values():
        browser.handler.enforce_csrf_checks = True
    for name, role, address in doors(own):
        assert signed_in[role].post(address, {"confirm": "yes"}).status_code == 403, name
    for name in ENDING:
        assert signed_in["coordinator"].post(reverse(name), {}).status_code == 403, name
    assert done_by(own.house) == done


def test_looking_changes_nothing_by_whatever_method(own: Everything) -> None:
    signed_in, done = browsers(own.house), done_by(own.house)
    override = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
    for name, role, address in doors(own):
        browser = signed_in[role]
        first = browser.get(address, {"_method": "POST"}, headers=override).status_code
        assert first in (200, 302, 404, 405), name
        assert browser.generic("PUT", address, headers=override).status_code < 500, name
    assert done_by(own.house) == done


ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "javascript:alert(1)", "http:evil.example", "/\t/evil.example", "\t//evil.example", "@evil.example",
)  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_led_to_another_host(house: House, wanted: str) -> None:
    person = house.coordinator
    client = Client(headers={"accept-language": "en"})
    client.defaults["wsgi.url_scheme"] = "https"
    typed = {"sign_in_name": person.member.sign_in_name, "passphrase": PASSPHRASE}
    answers = [client.post(f"/sign-in/?next={quote(wanted)}", typed)]
    answers += [client.post(f"/prove/?next={quote(wanted)}", {"passphrase": PASSPHRASE})]
    answers += [client.get(f"/sign-in/?next={quote(wanted)}"), client.get(f"/unlock/?next={quote(wanted)}")]
    answers += [client.get(f"{quote(wanted)}?language=be")] if wanted.startswith("/") else []

    for answer in answers:
        assert answer.status_code in (302, 404)
        assert re.match(r"/(?![/\\])", answer.get("Location", "/"))
        assert not urlsplit(answer.get("Location", "/")).netloc


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"host": "localhost:80@evil.example"}])
def test_a_forged_host_gets_nothing(house: House, headers: dict[str, str]) -> None:
    answer = house.security_officer.signs_in().get("/members/invite/", headers=headers)

    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_a_host_that_only_a_header_names_is_not_believed(house: House) -> None:
    forged = {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    sent = {"display_name": "Новы", "roles": ["finance"]}
    answer = house.security_officer.signs_in().post("/members/invite/", sent, headers=forged)

    assert answer.status_code == 200
    assert "/join/" in answer.content.decode()
    assert "evil.example" not in answer.content.decode()


def test_cookies_go_to_this_host_alone_and_to_no_script(house: House) -> None:
    client = Client(headers={"accept-language": "en"})
    client.defaults["wsgi.url_scheme"] = "https"
    client.get("/sign-in/")
    client.post("/sign-in/", {"sign_in_name": house.coordinator.member.sign_in_name, "passphrase": PASSPHRASE})

    assert {"__Host-session", "__Host-csrf", "__Host-keys", "__Host-device"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-") or name == "language"
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Strict", name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name


# Files ----------------------------------------------------------------------------------------------------------------

NAMES = [
    "../../../etc/passwd.txt",
    "..\\..\\boot.txt",
    "/etc/shadow.txt",
    "a\r\nX-Sent: yes.txt",
    "\u202etxt.exe.txt",
    ".txt",
    "con.txt",
]


def test_the_name_of_a_file_leads_nowhere(own: Everything) -> None:
    person, browser = own.rows["person"], own.house.coordinator.signs_in()
    for name in NAMES:
        with own.house.coordinator.at_work():
            row = people.add_file(person, content=b"plain words", name=name, kind="letter")
        _is_harmless(row, browser.get(reverse("people:file", args=[person.reference, row.id])))


def _is_harmless(row: File, answer: Any) -> None:
    assert files.path_of(row.stored).resolve().is_relative_to(files.folder().resolve())
    assert re.fullmatch(r"[0-9a-f]{32}", files.path_of(row.stored).name)
    told = answer["Content-Disposition"]
    assert told.startswith("attachment; ")
    assert not any(sign in told for sign in ("\r", "\n", "..", "passwd.txt/", "\\"))
    assert "X-Sent" not in answer.headers
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


def test_a_list_with_a_crooked_name_is_kept_under_a_straight_one(house: House) -> None:
    browser = house.coordinator.signs_in()
    for name in ("../../x.csv", "..\\..\\x.csv", "/etc/x.csv", "\u202ex.csv"):
        part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = f"{part}name;birthday\nУзораў Узор;1990\n\r\n--{BOUNDARY}--\r\n".encode()
        assert browser.generic("POST", "/import/new/", body, MULTIPART_CONTENT).status_code == 302, name

    with house.coordinator.at_work():
        assert {str(row.file_name) for row in Reading.objects.all()} == {"x.csv"}
    assert all(re.fullmatch(r"[0-9a-f]{32}", path.name) for path in files.folder().glob("*/*"))


def test_nothing_that_was_uploaded_has_a_guessable_address(own: Everything) -> None:
    person = own.rows["person"]
    with own.house.coordinator.at_work():
        both = [people.add_file(person, content=PNG, name="a.png", kind="letter") for _ in range(2)]
    browser = own.house.coordinator.signs_in()

    assert both[0].stored != both[1].stored
    assert both[0].stored.version == 4, "drawn, not counted"
    assert files.path_of(both[0].stored).read_bytes() != files.path_of(both[1].stored).read_bytes()
    for path in (f"/files/{both[0].stored.hex}", f"/static/{both[0].stored.hex}", f"/media/{both[0].stored.hex}"):
        assert browser.get(path).status_code == 404


def _bursting(name: str, kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parcel:
        if kind:
            parcel.writestr("mimetype", kind)
        parcel.writestr(name, bytes(60 * 1024 * 1024))
        parcel.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("ending", "inside", "kind"),
    [("docx", "word/document.xml", ""), ("odt", "content.xml", "application/vnd.oasis.opendocument.text")],
)
def test_a_document_that_bursts_is_refused(own: Everything, ending: str, inside: str, kind: str) -> None:
    before = File.unguarded.count()
    sent = {
        "file": SimpleUploadedFile(f"a.{ending}", _bursting(inside, kind)), "kind": "letter", "compartment": "identity",
    }  # fmt: skip
    answer = own.house.coordinator.signs_in().post(
        reverse("people:add_file", args=[own.rows["person"].reference]), sent
    )

    assert answer.status_code == 422
    assert File.unguarded.count() == before


def test_a_formula_in_a_name_is_no_formula_in_an_export() -> None:
    house = an_organisation("Свая", "security_officer")
    with house.security_officer.at_work():
        access.change_account(house.security_officer.member, display_name="=HYPERLINK(1)", language="en")
    browser = house.security_officer.signs_in()
    cells = browser.get("/members/?export=csv").content.decode("utf-8-sig").replace("\r\n", ";").split(";")
    with zipfile.ZipFile(io.BytesIO(browser.get("/members/?export=xlsx").content)) as parcel:
        sheet = parcel.read("xl/worksheets/sheet1.xml").decode()

    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.strip('"').startswith(("=", "+", "@", "\t"))]
    assert "HYPERLINK" in sheet
    assert "<f>" not in sheet


# The machine ----------------------------------------------------------------------------------------------------------


def test_a_job_that_never_ends_is_ended(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_row: Job) -> dict[str, Any]:
        while True:
            pass

    monkeypatch.setitem(jobs.KINDS, "tests.endless", jobs.Kind(endless, str(Right.MEMBERS_VIEW), ()))
    monkeypatch.setattr(jobs, "_worker", None)
    monkeypatch.setattr(workers, "TIME_LIMIT_SECONDS", 0.2)
    before = signal.signal(signal.SIGALRM, workers._too_long)
    jobs.begin_worker()
    with house.coordinator.at_work():
        row = jobs.start("tests.endless")
    jobs.run_job.enqueue(str(row.id))

    assert workers.run_one("tests")
    signal.signal(signal.SIGALRM, before)
    row.refresh_from_db()
    assert (row.state, row.result) == (Job.State.FAILED, {"problem": "error"})
    assert bytes(row.keys_sealed) == b""


def test_a_superuser_of_the_database_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installation.create_with_key(tmp_path / "home", bytes(32))
    chosen = replace(live.THROUGHGATE, home=tmp_path / "home", database_url="postgres://gate@/gate")
    monkeypatch.setattr(check, "is_superuser", lambda: True)

    assert any("superuser" in finding for finding in check.of_database(chosen))


def test_a_key_file_that_others_may_read_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "key"
    installation.write_key_file(path, bytes(32))
    for mode in (0o644, 0o640, 0o604, 0o660):
        path.chmod(mode)
        with pytest.raises(installation.UnsafeKeyFile):
            installation.read_key_file(path)
    path.chmod(0o600)
    assert installation.read_key_file(path) == bytes(32)
