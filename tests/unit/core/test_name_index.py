"""People are found in the index by what somebody types, and leave it without a trace."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughgate.core.names import NameIndex
from throughgate.core.names import index as index_module

PEOPLE = {
    b"a": [("Жураўская", "Алена", "Сяргееўна"), ("Zhurauskaya", "Alena", "")],
    b"b": [("Журавский", "Сергей", "")],
    b"c": [("Прыкладаў", "Іван", "Пятровіч"), ("Узораў", "Іван", "")],
    b"d": [("Неіснуючая", "Вольга", "")],
    b"e": [("Жук", "А.", "")],
    b"f": [("Prykladau Mikita",)],
}
# Invented: with a former name, a maiden name, a double one, and one who is another's namesake but for the ending.
MORE = {
    b"k": [("Кавалёва", "Святлана", "Пятроўна"), ("Узорная", "Святлана", "Пятроўна")],
    b"l": [("Дзям’янаў (Вымышленны)", "Аляксандр", "")],
    b"m": [("Узорава-Прыкладная", "Аляксандра", "")],
    b"n": [("Ковалёв", "Светлан", "")],
}


@pytest.fixture
def index() -> NameIndex:
    people = NameIndex()
    for key, names in PEOPLE.items():
        people.put(key, names)
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
    assert [match.key for match in index.search(query, 10)] == found


@pytest.fixture
def more() -> NameIndex:
    people = NameIndex()
    for key, names in MORE.items():
        people.put(key, names)
    return people


@pytest.mark.parametrize(
    ("query", "key", "reasons"),
    [
        ("Света Кавалёва", b"k", ["Света is short for Святлана"]),
        ("кавалёва свят", b"k", []),
        ("С. Кавалёва", b"k", ["the initial С fits Святлана"]),
        ("S. Kavaliova", b"k", ["Kavaliova is the passport spelling of Кавалёва", "the initial S fits Святлана"]),
        ("Kavaliova", b"k", ["Kavaliova is the passport spelling of Кавалёва"]),
        ("Святлана Кавалёва", b"k", []),
        ("Светлана Ковалёва", b"k", ["Ковалёва is Кавалёва in Russian", "Святлана is Светлана in Russian"]),
        ("Каваоёва", b"k", ["one letter differs in Каваоёва and Кавалёва"]),
        ("Узорная", b"k", []),
        ("Саша Вымышленны", b"l", ["Вымышленны is the maiden name given for Дзям’янаў", "Саша is short for Аляксандр"]),
        ("Прыкладная", b"m", ["Прыкладная is part of the double name Узорава-Прыкладная"]),
    ],
)
def test_who_is_most_alike_comes_first_with_the_reasons(
    more: NameIndex, query: str, key: bytes, reasons: list[str]
) -> None:
    first = more.search(query)[0]
    assert first.key == key
    assert [reason.sentence() for reason in first.reasons if reason.code != "same"] == reasons


def test_the_name_that_fits_is_given_back(index: NameIndex) -> None:
    (found,) = index.search("узораў іван", 1)
    assert (found.key, found.score, found.name) == (b"c", 1.0, "Узораў Іван")


def test_a_name_goes_down_from_typed_to_heard_to_mistyped_to_begun() -> None:
    people = NameIndex()
    for number, surname in enumerate(("Кавалёў", "Ковалёв", "Кавалюў", "Кавалёўскі")):
        people.put(bytes([number]), [(surname, "Іван", "")])
    found = people.search("Кавалёў Іван")
    assert [match.key for match in found] == [bytes([0]), bytes([1]), bytes([3]), bytes([2])]
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_words_of_several_names_find_somebody_together(more: NameIndex) -> None:
    assert [match.key for match in more.search("Кавалёва Узорная")] == [b"k"]


def test_two_given_names_that_people_tell_apart_do_not_find_each_other(more: NameIndex) -> None:
    assert [match.key for match in more.search("Аляксандра")] == [b"m"]


def test_as_typed_comes_before_as_heard(index: NameIndex) -> None:
    assert [match.name for match in index.search("журавский", 5)] == ["Журавский Сергей", "Жураўская Алена Сяргееўна"]


def test_no_more_than_asked_for(index: NameIndex) -> None:
    assert len(index.search("жу", 2)) == 2


def test_a_changed_name_replaces_the_old_one(index: NameIndex) -> None:
    index.put(b"d", [("Вымышленная Вольга",)])
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
    index.put(b"g", [("Абзац Адам",)])
    index.put(b"f", [("Яўны Мікіта",)])
    assert list(index.ordered("be")) == [b"g", b"e", b"b", b"a", b"d", b"c", b"f"]
    assert list(index.ordered("en")) == [b"g", b"e", b"b", b"a", b"d", b"c", b"f"]


def test_an_order_once_given_does_not_change_in_the_hand(index: NameIndex) -> None:
    order = index.ordered("ru")
    before = list(order)
    index.put(b"g", [("Абзац Адам",)])
    index.ordered("ru")
    assert list(order) == before


def test_many_changes_give_the_same_order_as_a_new_index(monkeypatch: pytest.MonkeyPatch, index: NameIndex) -> None:
    monkeypatch.setattr(index_module, "CHANGES_INSERTED", 1)
    index.ordered("be")
    index.put(b"g", [("Абзац Адам",)])
    index.put(b"h", [("Эскіз Эма",)])
    assert list(index.ordered("be")) == [b"g", b"e", b"b", b"a", b"d", b"c", b"h", b"f"]


def test_a_person_without_names_is_kept_and_never_found(index: NameIndex) -> None:
    index.put(b"g", [])
    assert b"g" in index.ordered("be")
    assert index.names(b"g") == []


def test_a_line_break_in_a_name_is_a_space(index: NameIndex) -> None:
    index.put(b"g", [("Шматрадковы\nАдам",)])
    assert index.names(b"g") == ["Шматрадковы Адам"]


def test_the_index_sheds_the_words_of_those_who_left(monkeypatch: pytest.MonkeyPatch, index: NameIndex) -> None:
    monkeypatch.setattr(index_module, "DEAD_KEPT", 2)
    for key in (b"a", b"b", b"d", b"e"):
        index.remove(key)
    assert "журавский" not in index._people
    assert [match.key for match in index.search("іван", 5)] == [b"c"]


@settings(max_examples=50)
@given(st.lists(st.text(max_size=20), max_size=6), st.text(max_size=12))
def test_whatever_is_put_and_asked_an_answer_comes(names: list[str], query: str) -> None:
    people = NameIndex()
    for number, name in enumerate(names):
        people.put(bytes([number]), [(name,)])
    assert len(people.search(query, 3)) <= 3
    assert len(people.ordered("ru")) == len(names)


@pytest.mark.parametrize("typed", ["жук" * 40_000, "жук " * 30_000, "zhuk" * 30_000, "Пятровіч " * 12_000])
def test_what_is_longer_than_any_name_takes_no_memory(index: NameIndex, typed: str) -> None:
    index.search(typed)  # what is kept from one search to the next is not meant
    tracemalloc.start()
    try:
        index.search(typed)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_dumped_index_answers_as_the_one_it_was_made_from(index):
    index.remove(b"e")
    again = NameIndex.loaded(index.dump())
    assert len(again) == len(index)
    assert list(again.ordered("be")) == list(index.ordered("be"))
    for query in ("жур сяр", "Zhuravskaya Elena", "olga", "прыклодаў", "жук"):
        assert again.search(query) == index.search(query)
    again.put(b"g", [("Новая Зоська",)])
    assert again.search("zoska")[0].key == b"g"
