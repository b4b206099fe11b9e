"""The main job from beginning to end, in a real browser without scripts: as the field works, in each language."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from django.utils import timezone

from tests.browser.conftest import DEMO_PASSPHRASE, WIDTHS, Visit, Visitor
from throughgate.core.lists.invent import invent_rows, write_csv
from throughgate.core.lists.invent.people import to_latin

pytestmark = pytest.mark.browser

PERSON = "table.tg-table tbody a[href^='/people/']"
SUBMIT = "main form .govuk-button:not(.govuk-button--secondary)[type=submit]"
ENOUGH_LOOKS = 400  # each is a page load, so that a slow machine gets as long as it needs


@pytest.mark.parametrize(("language", "width"), [("be", "desktop"), ("ru", "phone"), ("en", "desktop")])
def test_a_case_worker_does_the_main_job(visit: Visit, language: str, width: str) -> None:
    worker = visit(language, WIDTHS[width])
    worker.signs_in("viera")
    name, person = _opens_somebody_who_leaves_within_30_days(worker)
    _records_a_letter(worker, person)
    _moves_the_release(worker, person)
    _ticks_a_step_and_takes_it_back(worker, person)
    _records_a_contact(worker, person)
    released = _notes_that_a_follow_up_did_not_happen(worker)
    _answers_that_an_outcome_is_not_known(worker, released)
    _finds_by_a_latin_spelling(worker, name, person)
    _leaves(worker)


def _opens_somebody_who_leaves_within_30_days(worker: Visitor) -> tuple[str, str]:
    """(name, path) of the first who has a plan."""
    _opens(worker, ".tg-nav details")
    worker.follows("nav a[href='/releases/']")
    _opens(worker, ".tg-filter")
    worker.page.check("[name=within][value='30_days']")
    worker.presses(".tg-filter button[type=submit]")
    assert "within=30_days" in worker.page.url
    soonest = worker.page.locator("table.tg-table tbody time").first.get_attribute("datetime") or ""
    assert _today() <= soonest <= _today(plus=31)
    listed = [one.get_attribute("href") or "" for one in worker.page.locator(PERSON).all()]
    person = next(path for path in listed if _days_of_the_plan(worker, path))
    name = worker.page.locator(f"table.tg-table a[href='{person}']").inner_text()
    worker.follows(f"table.tg-table a[href='{person}']")
    return name, person


def _records_a_letter(worker: Visitor, person: str) -> None:
    worker.follows(f"main a[href='{person}custody/events/new/']")
    worker.page.select_option("[name=kind]", "letter_received")
    _types_day(worker, "on", _today())
    worker.page.select_option("[name=source_kind]", "family")
    worker.page.fill("[name=note]", "Ліст прыйшоў праз родных.")
    worker.finds_no_fault()
    worker.presses(SUBMIT)
    assert worker.page.url.endswith(f"{person}custody/")
    assert worker.page.locator(".tg-flash form").count() == 1, "an event just recorded can be taken back"
    assert worker.page.locator(f"main time[datetime='{_today()}']").count() > 0


def _moves_the_release(worker: Visitor, person: str) -> None:
    """What the new date moves is shown while nothing has moved yet; withdrawn, it moves everything back."""
    new, stood = _today(plus=173), _withdrawals(worker)
    worker.follows(f"main a[href='{person}custody/dates/new/']")
    _types_day(worker, "on", new)
    worker.page.select_option("[name=type]", "court_changed")
    worker.page.check("[name=certainty][value=certain]")
    worker.presses(SUBMIT)

    worker.finds_no_fault()
    cells = worker.page.locator("main tbody td:nth-child(3) time").all()
    promised = {cell.get_attribute("datetime") or "" for cell in cells}
    before = _days_of_the_plan(worker, person)
    assert promised - before, "the page says what would move, and it has not moved"

    worker.presses("button[name=confirmed]")
    after = _days_of_the_plan(worker, person)
    assert after - before, "the plan moved"
    assert after - before <= promised, "as the page had said"

    (withdrawal,) = _withdrawals(worker) - stood
    worker.follows(f"main a[href='{withdrawal}']")
    worker.presses("button[name=confirmed]")
    assert _days_of_the_plan(worker, person) == before


def _withdrawals(worker: Visitor) -> set[str]:
    links = worker.page.locator("main a[href*='/custody/dates/'][href$='/withdraw/']").all()
    return {link.get_attribute("href") or "" for link in links}


def _days_of_the_plan(worker: Visitor, person: str) -> set[str]:
    """The days of the steps still to do, as a colleague would see them now, in another tab."""
    tab = worker.page.context.new_page()
    tab.goto(f"{worker.site}{person}cases/")
    days = tab.locator("#plan li:has(form[action$='/do/']) > span:first-child time").all()
    found = {day.get_attribute("datetime") or "" for day in days}
    tab.close()
    return found


def _ticks_a_step_and_takes_it_back(worker: Visitor, person: str) -> None:
    worker.goes_to(f"{person}cases/")
    tick = worker.page.locator("#plan li form[action$='/do/']").first.get_attribute("action")
    worker.presses(f"form[action='{tick}'] button")
    assert worker.page.locator(f"form[action='{tick}']").count() == 0
    worker.presses(".tg-flash form button")
    assert worker.page.locator(f"form[action='{tick}']").count() == 1


def _records_a_contact(worker: Visitor, person: str) -> None:
    worker.goes_to(f"{person}in-touch/")
    worker.follows(f"main a[href^='{person}in-touch/new/']")
    worker.page.select_option("[name=channel]", "through_relative")
    worker.page.fill("[name=note]", "Дамовіліся, хто сустракае.")
    worker.finds_no_fault()
    worker.presses(SUBMIT)
    assert worker.page.url.endswith(f"{person}in-touch/")
    assert "Дамовіліся, хто сустракае." in worker.page.content()


def _notes_that_a_follow_up_did_not_happen(worker: Visitor) -> str:
    """The path of the released person it was about."""
    worker.goes_to("/follow-ups/?whose=all")
    link = worker.page.locator("a[href$='/missed/']").first
    row = worker.page.locator("table.tg-table tbody tr").filter(has=link).first
    released = re.sub("in-touch/.*", "", row.locator("a[href^='/people/']").first.get_attribute("href") or "")
    missed = link.get_attribute("href") or ""
    worker.follows(f"main a[href='{missed}']")
    worker.page.select_option("[name=why]", "no_contact_acceptable:no_transport")
    worker.presses(SUBMIT)
    worker.goes_to("/follow-ups/?whose=all")
    assert worker.page.locator(f"main a[href='{missed}']").count() == 0
    return released


def _answers_that_an_outcome_is_not_known(worker: Visitor, released: str) -> None:
    worker.goes_to(f"{released}outcomes/")
    worker.follows("main .tg-chosen a[href*='/outcomes/']")
    worker.page.select_option("[name=outcome_housing]", "unknown")
    worker.page.select_option("[name=outcome_safety]", "unknown")
    _types_day(worker, "measured_on", _today())
    worker.finds_no_fault()
    worker.presses(SUBMIT)
    assert worker.page.url.endswith(f"{released}outcomes/")


def _finds_by_a_latin_spelling(worker: Visitor, name: str, person: str) -> None:
    """What was typed goes in the body of a request: never into an address, a history or a server's log."""
    latin = to_latin(name)
    assert latin.isascii()
    worker.goes_to("/people/")
    worker.page.fill("[name=typed]", latin)
    worker.presses("form[action='/people/find/'] button")
    assert worker.page.locator(f"main a[href='{person}']").count() > 0
    assert worker.page.url in (f"{worker.site}/people/", f"{worker.site}/people/find/")


def _leaves(worker: Visitor) -> None:
    _opens(worker, ".tg-account")
    worker.presses("form[action='/sign-out/'] button")
    worker.page.goto(f"{worker.site}/people/")
    assert "/sign-in/" in worker.page.url


@pytest.mark.parametrize(("language", "width"), [("ru", "desktop"), ("be", "phone")])
def test_a_coordinator_imports_a_list_and_undoes_it(visit: Visit, language: str, width: str) -> None:
    list_, seed = io.BytesIO(), len(language) + WIDTHS[width]  # nobody is on both lists
    write_csv(invent_rows(30, seed, "small-ngo", today=timezone.localdate()), list_)
    coordinator = visit(language, WIDTHS[width])
    coordinator.signs_in("hanna")

    coordinator.goes_to("/import/")
    coordinator.follows("main a[href='/import/new/']")
    coordinator.page.set_input_files(
        "[name=file]", {"name": "list.csv", "mimeType": "text/csv", "buffer": list_.getvalue()}
    )
    coordinator.presses(SUBMIT)
    assert coordinator.page.url.endswith("/columns/")
    coordinator.finds_no_fault()
    coordinator.presses(SUBMIT)

    _waits_for_the_work(coordinator)
    reading = coordinator.page.url.removeprefix(coordinator.site)
    assert _people(coordinator, reading) == set(), "a dry run takes nothing over"
    coordinator.goes_to(reading)
    coordinator.finds_no_fault()
    coordinator.presses(f"form[action='{reading}start/'] button")

    _waits_for_the_work(coordinator)
    coordinator.finds_no_fault()
    imported = _people(coordinator, reading)
    assert len(imported) >= 25
    coordinator.goes_to(next(iter(imported)))

    coordinator.goes_to(reading)
    coordinator.follows(f"main a[href='{reading}undo/']")
    coordinator.finds_no_fault()
    coordinator.presses(SUBMIT)
    _waits_for_the_work(coordinator)
    assert _people(coordinator, reading) == set()


def _waits_for_the_work(coordinator: Visitor) -> None:
    for _look in range(ENOUGH_LOOKS):
        if coordinator.page.locator("main progress").count() == 0:
            return
        coordinator.goes_to(coordinator.page.url.removeprefix(coordinator.site))
    pytest.fail(f"the work did not end: {coordinator.page.locator('main').inner_text()}")


def _people(coordinator: Visitor, reading: str) -> set[str]:
    """The paths of the people whom the list brought."""
    coordinator.goes_to(f"{reading}rows/?show=new")
    return {one.get_attribute("href") or "" for one in coordinator.page.locator(PERSON).all()}


def test_a_locked_screen_opens_again_where_it_was_left(visit: Visit) -> None:
    worker = visit("en", WIDTHS["phone"])
    worker.signs_in("viera")
    worker.goes_to("/releases/?within=30_days")
    left = worker.page.url
    name = worker.page.locator(PERSON).first.inner_text()

    _opens(worker, ".tg-account")
    worker.presses("form[action='/lock/'] button")
    assert name not in worker.page.content()
    worker.finds_no_fault()
    worker.page.goto(f"{worker.site}/people/")
    assert "/unlock/" in worker.page.url

    worker.page.go_back()
    worker.page.fill("[name=passphrase]", DEMO_PASSPHRASE)
    worker.presses("main form:has([name=passphrase]) .govuk-button[type=submit]")

    assert worker.page.url == left
    assert name in worker.page.content()


def _opens(visitor: Visitor, details: str) -> None:
    """Unfold what is folded, as on a phone; on a wide screen a filter has nothing to unfold."""
    summary = visitor.page.locator(f"{details} > summary")
    if summary.is_visible():
        summary.click()


def _today(plus: int = 0) -> str:
    return (timezone.localdate() + datetime.timedelta(days=plus)).isoformat()


def _types_day(visitor: Visitor, field: str, iso: str) -> None:
    for part, typed in zip(("year", "month", "day"), iso.split("-"), strict=True):
        visitor.page.fill(f"[name={field}_{part}]", typed.lstrip("0"))
