"""People are found in the index by what somebody types, and leave it without a trace."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughgate.core.names import NameIndex
from throughgate.core.names import index as index_module

PEOPLE = {
    b"a": ["Жураўская Алена Сяргееўна", "Zhurauskaya Alena"],
    b"b": ["Журавский Сергей"],
    b"c": ["Прыкладаў Іван Пятровіч", "Узораў Іван"],
    b"d": ["Неіснуючая Вольга"],
    b"e": ["Жук А."],
    b"f": ["Prykladau Mikita"],
}


@pytest.fixture
def index() -> NameIndex:
    people = NameIndex()
    for key, names in PEOPLE.items():
        people.put(key, names, names[0])
    return people


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("жур сяр", [b"a", b"b"]),
        ("журавская", [b"b", b"a"]),
        ("Zhuravskaya Elena", [b"a"]),
        ("olga", [b"d"]),
        ("Никита Прикладов", [b"f"]),
        ("пры", [b"c", b"f"]),
        ("узораў пятровіч", [b"c"]),
        ("жук андрэй", [b"e"]),
        ("прыклодаў пётр", [b"c"]),
        ("прыклодаў павел", []),
        ("неіснуючяя", [b"d"]),
        ("неисущующая", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_query_finds_those_it_means(index: NameIndex, query: str, found: list[bytes]) -> None:
    assert [key for key, _, _ in index.search(query, 10)] == found


def test_the_name_that_fits_is_given_back(index: NameIndex) -> None:
    assert index.search("узораў", 1) == [(b"c", 1.0, "Узораў Іван")]


def test_as_typed_comes_before_as_heard(index: NameIndex) -> None:
    assert [name for _, _, name in index.search("журавский", 5)] == ["Журавский Сергей", "Жураўская Алена Сяргееўна"]


def test_no_more_than_asked_for(index: NameIndex) -> None:
    assert len(index.search("жу", 2)) == 2


def test_a_changed_name_replaces_the_old_one(index: NameIndex) -> None:
    index.put(b"d", ["Вымышленная Вольга"], "Вымышленная Вольга")
    assert index.search("неіснуючая", 5) == []
    assert index.names(b"d") == ["Вымышленная Вольга"]
    assert len(index) == len(PEOPLE)


def test_a_removed_person_is_found_nowhere(index: NameIndex) -> None:
    index.ordered("be")
    index.remove(b"d")
    index.remove(b"d")
    assert index.search("вольга", 5) == []
    assert b"d" not in index.ordered("be")
    assert b"d" not in index
    with pytest.raises(KeyError):
        index.names(b"d")


def test_order_is_that_of_the_sort_names_and_follows_changes(index: NameIndex) -> None:
    assert list(index.ordered("be")) == [b"e", b"b", b"a", b"d", b"c", b"f"]
    index.put(b"g", ["Абзац Адам"], "Абзац Адам")
    index.put(b"f", ["Яўны Мікіта"], "Яўны Мікіта")
    assert list(index.ordered("be")) == [b"g", b"e", b"b", b"a", b"d", b"c", b"f"]
    assert list(index.ordered("en")) == [b"g", b"e", b"b", b"a", b"d", b"c", b"f"]


def test_an_order_once_given_does_not_change_in_the_hand(index: NameIndex) -> None:
    order = index.ordered("ru")
    before = list(order)
    index.put(b"g", ["Абзац Адам"], "Абзац Адам")
    index.ordered("ru")
    assert list(order) == before


def test_many_changes_give_the_same_order_as_a_new_index(monkeypatch: pytest.MonkeyPatch, index: NameIndex) -> None:
    monkeypatch.setattr(index_module, "CHANGES_INSERTED", 1)
    index.ordered("be")
    index.put(b"g", ["Абзац Адам"], "Абзац Адам")
    index.put(b"h", ["Эскіз Эма"], "Эскіз Эма")
    assert list(index.ordered("be")) == [b"g", b"e", b"b", b"a", b"d", b"c", b"h", b"f"]


def test_the_sort_name_may_differ_from_the_names(index: NameIndex) -> None:
    index.put(b"g", ["Прыкладаў Адам"], "Яяя")
    assert index.ordered("be")[-2:] == [b"g", b"f"]
    assert index.names(b"g") == ["Прыкладаў Адам"]
    assert index.search("яяя", 5) == []


def test_a_person_without_names_is_kept_and_never_found(index: NameIndex) -> None:
    index.put(b"g", [], "")
    assert b"g" in index.ordered("be")
    assert index.names(b"g") == []


def test_a_line_break_in_a_name_is_a_space(index: NameIndex) -> None:
    index.put(b"g", ["Шматрадковы\nАдам"], "Шматрадковы\nАдам")
    assert index.names(b"g") == ["Шматрадковы Адам"]


def test_the_index_sheds_the_words_of_those_who_left(monkeypatch: pytest.MonkeyPatch, index: NameIndex) -> None:
    monkeypatch.setattr(index_module, "DEAD_KEPT", 2)
    for key in (b"a", b"b", b"d", b"e"):
        index.remove(key)
    assert "журавский" not in index._people
    assert [key for key, _, _ in index.search("іван", 5)] == [b"c"]


@settings(max_examples=50)
@given(st.lists(st.text(max_size=20), max_size=6), st.text(max_size=12))
def test_whatever_is_put_and_asked_an_answer_comes(names: list[str], query: str) -> None:
    people = NameIndex()
    for number, name in enumerate(names):
        people.put(bytes([number]), [name], name)
    assert len(people.search(query, 3)) <= 3
    assert len(people.ordered("ru")) == len(names)


def test_a_dumped_index_answers_as_the_one_it_was_made_from(index):
    index.remove(b"e")
    again = NameIndex.loaded(index.dump())
    assert len(again) == len(index)
    assert list(again.ordered("be")) == list(index.ordered("be"))
    for query in ("жур сяр", "Zhuravskaya Elena", "olga", "прыклодаў", "жук"):
        assert again.search(query) == index.search(query)
    again.put(b"g", ["Новая Зоська"], "Новая Зоська")
    assert again.search("zoska")[0][0] == b"g"
