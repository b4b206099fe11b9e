import pytest

from throughgate.kit import handbook


@pytest.fixture
def book(tmp_path):
    def page(language, slug, title, body, order=1):
        folder = tmp_path / language
        folder.mkdir(exist_ok=True)
        (folder / f"{slug}.md").write_text(f"---\ntitle: {title}\norder: {order}\n---\n{body}\n", "utf-8")

    page("en", "plans", "Plans", "A step moves with the release. <script>alert(1)</script>", order=2)
    page("en", "words", "Words", "What a release is.")
    page("be", "plans", "Планы", "Крок рухаецца разам з датай вызвалення.", order=2)
    handbook.pages.cache_clear()
    yield tmp_path
    handbook.pages.cache_clear()


def test_pages_come_in_their_order_and_in_english_where_not_translated(book):
    found = [(page.title, page.language) for page in handbook.pages("be", book)]

    assert found == [("Words", "en"), ("Планы", "be")]


def test_a_word_is_found_by_its_beginning_without_regard_to_case(book):
    assert [find.page.slug for find in handbook.search("be", "ДАТ", book)] == ["plans"]


def test_all_words_must_be_on_the_page(book):
    assert handbook.search("en", "release step", book)[0].page.slug == "plans"
    assert handbook.search("en", "release zebra", book) == []


def test_raw_html_in_a_page_is_shown_and_not_obeyed(book):
    assert "<script>" not in handbook.pages("en", book)[1].html


def test_an_excerpt_marks_the_find_and_escapes_the_rest(book):
    found = handbook.search("en", "alert", book)[0].excerpt

    assert "<mark>alert</mark>" in found
    assert "<script>" not in found


def test_searching_for_nothing_finds_nothing(book):
    assert handbook.search("en", " … ", book) == []


def test_every_page_of_the_product_is_written_in_three_languages():
    slugs = {language: {p.stem for p in (handbook.ROOT / language).glob("*.md")} for language in handbook.LANGUAGES}

    assert slugs["be"] == slugs["ru"] == slugs["en"] != set()
