import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughgate.core.estimation.errors import EstimationError
from throughgate.core.survival.reading import read

HEAD = "person,start,end,event\n"


def test_dates_known_roughly_keep_both_ends() -> None:
    found = read(
        HEAD + "a,2023-05,2024-01-10,exile\nb,2023,2023-12-01/2024-02-01,none\n", as_of=datetime.date(2024, 3, 1)
    )
    assert (found.start[1] - found.start[0]).tolist() == [30, 364]
    assert (found.end[1] - found.end[0]).tolist() == [0, 62]
    assert found.fuzzy


@pytest.mark.parametrize("between", ["2023-05-03..2023-06", "2023-05-03/2023-06-30", "2023-05-03 .. 2023-06-30"])
def test_the_first_and_the_last_possible_day_may_stand_in_one_cell_or_in_two(between: str) -> None:
    one = read(f"start,end,event\n{between},2024-01-10,exile\n")
    two = read(
        "release_from,release_to,end,event\n2023-05-03,2023-06,2024-01-10,exile\n",
        names={"start_from": "release_from", "start_to": "release_to"},
    )
    assert (one.start[0], one.start[1]) == (two.start[0], two.start[1])
    assert one.start[1] - one.start[0] == 58
    assert one.fuzzy


def test_the_event_may_have_two_columns_of_days_too() -> None:
    found = read("start,end_from,end_to,event\n2023-05-03,2024-01,2024-02,exile\n", as_of=datetime.date(2024, 3, 1))
    assert (found.end[1] - found.end[0]).tolist() == [59]


def test_the_last_day_of_the_table_ends_the_study() -> None:
    found = read(HEAD + "a,2023-05-01,2024-01-10,exile\nb,2023-06-01,2024-02-01,none\n")
    assert found.as_of == datetime.date(2024, 2, 1).toordinal()
    assert not found.fuzzy


def test_headings_may_be_named() -> None:
    found = read("Дзень;x\n".replace(";", ",") + "5,none\n7,death\n", names={"time": "Дзень", "event": "x"})
    assert found.end[0].tolist() == [5, 7]
    assert not found.dated


def test_whoever_was_in_view_since_the_release_has_no_entry() -> None:
    found = read("time,event,entry\n5,none,0\n7,death,\n9,death,3\n")
    assert found.entry.tolist() == [-np.inf, -np.inf, 3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The table is empty"),
        ("time,event\n", "nobody in it"),
        ("time\n5\n", "no column “event”"),
        ("time,event,event\n5,none,none\n", "Two columns are called “event”"),
        ("time,event\n5\n", "Row 2 has 1 cells, the headings are 2"),
        ('time,event\n5,"none\n', "not CSV"),
        ("time,event\n5,\n", "Row 2: the event is empty"),
        ("time,event\n5,none\n-3,death\n", "Row 3, column “time”: “-3” is not a number of days"),
        ("time,event\n5,1\n", "“1” does not say what happened"),
        ("time,event\n5,censored\n", "“censored” does not say what happened"),
        ("time,event\n5,recidivism\n", "is no name of an event; write return_political"),
        ("time,event\n5,Рэцыдыў\n", "is no name of an event"),
        ("time,event,weight\n5,none,0\n", "Row 2: the weight “0” is not between 0.000001 and 1,000,000"),
        ("time,event,entry\n5,none,5\n", "Row 2: the person came into view on the last day"),
        ("time,event,start\n5,none,2023-01-01\n", "either “time” or dates"),
        ("start,event\n2023-01-01,none\n", "no column “end”"),
        ("start_from,end,event\n2023-01-01,2023-02-01,none\n", "but not the other end: “start_from” and “start_to”"),
        ("start,start_to,end,event\n2023,2023,2023,none\n", "Give either “start” or “start_to”, not both"),
        ("start,end_from,end_to,event\n2023,2023-03,2023-02,none\n", "Row 2: “end_to” is before “end_from”"),
        ("start,end_from,end_to,event\n2023,2023-03,,none\n", "Row 2, column “end_to”: “” is not a date"),
        ("time,end_from,end_to,event\n5,2023-03,2023-04,none\n", "either “time” or dates, not both: there is “time”"),
        (HEAD + "a,2023-05-01..,2023-06-01,none\n", "is not a date"),
        (HEAD + "a,01.05.2023,2023-06-01,none\n", "Row 2, column “start”: “01.05.2023” is not a date written as"),
        (HEAD + "a,2023-02-30,2023-06-01,none\n", "is not a date"),
        (HEAD + "a,2023-05-02,2023-05-01,none\n", "Row 2: the end is before the start"),
        (HEAD + "a,2023-05-02,2023-06-03/2023-06-01,none\n", "ends before it begins"),
        (HEAD + "a,2023-05-02,2023-06-03,none\na,2023-07-02,2023-08-03,none\n", "Rows 2 and 3 are one person"),
        ("time,event\n5,None\n", "Row 2: the event is written “None”; write “none” everywhere"),
        ("time,event\n5,Return-Political\n", "write “return_political” everywhere"),
        ("time,event\n5,Голад\n\n6,голад\n", "Row 4: the event is written “голад”; write “Голад” everywhere"),
        ("time,event\n5,dеath\n", "“dеath” has Latin and Cyrillic letters in one word"),
        ('time,event\n5,"dea\nth"\n', "Row 2, cell 2: there is a line break or another unseen character"),
        ("time,event\n5,dea\0th\n", "Row 2, cell 2: there is a line break or another unseen character"),
        ("time,event\n5,de\u202eath\n", "another unseen character"),
        ("time,event\n5,\x1b[31mdeath\n", "another unseen character"),
        ("time,event\n1_000,death\n", "“1_000” is not a number"),
        ("time,event\n٥,death\n", "“٥” is not a number"),
        ("time,event\n1e9,death\n", "“1e9” days are more than 200 years"),
        ("time,event,weight\n5,death,1e300\n", "is not between"),
        ("time,event\n,\n", "nobody in it"),
        (HEAD + ",2023-05-02,2023-06-03,none\n", "Row 2: the person is empty"),
    ],
)
def test_a_fault_is_said_with_its_row(text: str, said: str) -> None:
    with pytest.raises(EstimationError, match=said.replace("(", r"\(")):
        read(text)


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_columns_are_parted_as_spreadsheets_do(between: str) -> None:
    found = read("time,event,place\n5,none,x\n".replace(",", between), columns=("place",))
    assert (found.event, found.columns) == (("none",), {"place": ("x",)})


def test_rows_without_anything_are_skipped_but_counted() -> None:
    assert read("time,event\n5,none\n\n,\n7,death\n").row == (2, 5)


def test_a_last_day_of_the_study_is_refused_where_there_are_no_dates() -> None:
    with pytest.raises(EstimationError, match="A last day of the study is for dates"):
        read("time,event\n5,none\n", as_of=datetime.date(2023, 6, 2))


@pytest.mark.parametrize("column", ["time", "event"])
def test_what_is_told_cannot_explain_itself(column: str) -> None:
    with pytest.raises(EstimationError, match=f"“{column}” is what is told"):
        read("time,event\n5,none\n", columns=(column,))


def test_an_end_after_the_study_is_refused() -> None:
    with pytest.raises(EstimationError, match="Row 2: the end is after the last day of the study, 2023-06-02"):
        read(HEAD + "a,2023-05-02,2023-06-03,none\n", as_of=datetime.date(2023, 6, 2))


CELL = st.one_of(
    st.sampled_from(
        ["2023-01-01", "2023-05", "2024", "2023-13-01", "5", "-1", "none", "lost", "death", "", "nan", "1e400"]
    ),
    st.text(max_size=6),
)


@settings(deadline=None)
@given(st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=6), st.booleans())
def test_no_table_makes_a_traceback(cells: list[list[str]], dated: bool) -> None:
    head = "person,start,end,event\n" if dated else "person,time,entry,event\n"
    try:
        read(head + "".join(",".join(row) + "\n" for row in cells))
    except EstimationError as error:
        assert str(error).endswith((".", "?"))  # noqa: PT017 - both ways are right
