"""One person entered twice, on a telephone: found, said to be the same, merged, taken apart again."""

import pytest

from tests.browser.conftest import WIDTHS, Visit

pytestmark = pytest.mark.browser


def test_a_reviewer_merges_two_records_and_takes_them_apart(visit: Visit) -> None:
    visitor = visit("be", WIDTHS["phone"])
    visitor.signs_in("viera")
    for surname, given in (("Неіснуючанка", "Аляксей"), ("Nieisnuyuchanka", "Aliaksei")):
        visitor.goes_to("/people/new/")
        visitor.page.fill("[name=surname]", surname)
        visitor.page.fill("[name=given]", given)
        visitor.page.fill("[name=birth_date_year]", "1987")
        visitor.presses()
        if visitor.page.locator("[name=anyway]").count():
            visitor.finds_no_fault()
            visitor.presses("[name=anyway]")
    visitor.goes_to("/people/duplicates/")
    visitor.finds_no_fault()
    pair = visitor.page.locator("section.tg-panel", has_text="Nieisnuyuchanka")
    pair.locator("button[value=same]").click()
    visitor.finds_no_fault()
    kept = visitor.page.url.split("/merge/")[0].rpartition("/")[2]
    visitor.presses()
    visitor.finds_no_fault()
    assert visitor.page.url.endswith("/people/duplicates/")
    assert kept in visitor.page.locator(".tg-flash").inner_text()
    visitor.goes_to(f"/people/{kept}/")
    assert "Nieisnuyuchanka" in visitor.page.content()

    visitor.follows("a[href*='/merged/']")
    visitor.finds_no_fault()
    visitor.presses()
    assert visitor.page.locator("a[href*='/merged/']").count() == 0
    visitor.goes_to("/people/duplicates/verdicts/")
    visitor.finds_no_fault()


def test_a_row_about_somebody_known_is_shown_beside_them_and_decided(visit: Visit) -> None:
    visitor = visit("ru", WIDTHS["phone"])
    visitor.signs_in("hanna")
    visitor.goes_to("/people/new/")
    for box, typed in (("surname", "Вымышленчык"), ("given", "Пятрусь"), ("birth_date_year", "1979")):
        visitor.page.fill(f"[name={box}]", typed)
    visitor.presses()
    visitor.goes_to("/import/new/")
    rows = "name;birthday\nVymyshlenchyk Piatrus;1979\nНіколіхто Зусім;1950\n".encode()
    visitor.page.set_input_files("[name=file]", {"name": "list.csv", "mimeType": "text/csv", "buffer": rows})
    visitor.presses()
    visitor.presses("main form button.govuk-button:has-text('Проверить')")
    visitor.page.wait_for_selector("a[href$='/known/']")
    visitor.finds_no_fault()

    visitor.follows("a[href$='/known/']")
    visitor.finds_no_fault()
    visitor.presses("button[value=same]")
    visitor.finds_no_fault()
    assert visitor.page.locator("section.tg-panel").count() == 0
