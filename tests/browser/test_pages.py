"""Every main page of the demo, in a real browser without scripts: no fault by WCAG 2.2 AA, at both widths."""

import pytest

from tests.browser.conftest import WIDTHS, Visit

pytestmark = pytest.mark.browser

PAGES = {
    "viera": [
        "/", "/releases/", "/releases/?within=30_days", "/cases/", "/tasks/", "/follow-ups/", "/people/",
        "/people/new/", "/people/duplicates/", "/custody/not-heard-from/", "/custody/places/",
        "/custody/articles/", "/account/",
        "/codelists/", "/help/", "/help/start/", "/gallery/",
    ],
    "hanna": ["/import/", "/import/new/", "/members/", "/security/", "/log/"],
    "siarhiej": ["/members/invite/", "/security/mode/"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "width"), [("be", "phone"), ("ru", "desktop")])
def test_main_pages_have_no_fault(visit: Visit, language: str, width: str) -> None:
    for name, pages in PAGES.items():
        visitor = visit(language, WIDTHS[width])
        visitor.signs_in(name)
        for path in pages:
            visitor.goes_to(path)
            visitor.finds_no_fault()


@pytest.mark.parametrize(("language", "width"), [("be", "desktop"), ("ru", "phone")])
def test_every_part_of_a_person_has_no_fault(visit: Visit, language: str, width: str) -> None:
    visitor = visit(language, WIDTHS[width])
    visitor.signs_in("viera")
    visitor.goes_to("/cases/")
    visitor.follows("table.tg-table tbody a")
    visitor.finds_no_fault()
    links = visitor.page.locator(".moj-sub-navigation__link").all()
    for path in [link.get_attribute("href") or "" for link in links]:
        visitor.goes_to(path)
        visitor.finds_no_fault()


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_signing_in_has_no_fault_and_a_wrong_passphrase_says_so_first(visit: Visit, language: str) -> None:
    visitor = visit(language, WIDTHS["phone"])
    visitor.goes_to(f"/sign-in/?language={language}")
    visitor.finds_no_fault()

    visitor.page.fill("[name=sign_in_name]", "nobody at all")
    visitor.page.fill("[name=passphrase]", "not the passphrase")
    visitor.presses()

    assert visitor.page.locator(".govuk-error-summary").is_visible()
    visitor.finds_no_fault()
