"""Which column says what."""

import pytest

from throughgate.core.lists.mapping import SURE, Profile, Target, built_in_profiles, propose, recognise
from throughgate.core.lists.reading import Row

_HEADER = (
    "id,url,name,status,birthday,gender,arrested,articles,verdict_date,decision,penalty,judge,prosecutor,prison,"
    "declaration,release_date,died,clusters,fake_terrorist_list"
)
MACHINE = _HEADER.split(",")


def targets(*headings: str, rows: tuple[tuple[str, ...], ...] = ()) -> list[Target | None]:
    sample = [Row(number, cells) for number, cells in enumerate(rows, start=2)]
    mapping = propose(headings, sample, this_year=2026)
    return [mapping.target(heading) for heading in headings]


def test_the_machine_layout_is_known():
    mapping = propose(MACHINE, this_year=2026)
    assert mapping.profile is not None
    assert mapping.profile.name == "machine"
    assert mapping.unsure() == []
    assert mapping.target("fake_terrorist_list") == Target.STATE_LIST


@pytest.mark.parametrize("profile", built_in_profiles(), ids=lambda profile: profile.name)
def test_a_layout_is_known_by_any_order_and_most_of_its_headings(profile):
    headings = list(profile.columns)
    assert recognise(headings[::-1]) == profile
    assert recognise([*headings[:-2], "Нешта новае"]) == profile
    assert recognise(headings[:4]) is None
    assert profile.label().text("be") != profile.label().text("en")


@pytest.mark.parametrize("profile", built_in_profiles(), ids=lambda profile: profile.name)
def test_the_headings_alone_would_have_led_to_the_same_targets(profile):
    mapping = propose([heading for heading in profile.columns if heading != "№"][:6], this_year=2026)
    assert all(mapping.target(heading) == profile.columns[heading] for heading in mapping.columns)


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("ПРОЗВІШЧА", Target.SURNAME),
        ("Ф.И.О.", Target.NAME),
        ("Ф. И. О. заключённого", Target.NAME),
        ("Дата нараджэння (дд.мм.гггг)", Target.BIRTH_DATE),
        ("Date of birth", Target.BIRTH_DATE),
        ("Год рождения", Target.BIRTH_DATE),
        ("Дата задержанния", Target.DETAINED_ON),
        ("№ п/п", Target.ROW_NUMBER),
        ("№", Target.LIST_ID),
        ("Статьи УК РБ", Target.ARTICLES),
        ("Месца ўтрымання", Target.FACILITY),
        ("Where held", Target.FACILITY),
        ("Окончание срока", Target.RELEASE_EXPECTED),
        ("expected_release_date", Target.RELEASE_EXPECTED),
        ("Телефон", Target.PHONE),
        ("Кантакт сваякоў", Target.RELATIVE_CONTACT),
        ("Колер вачэй", None),
    ],
)
def test_a_heading_is_understood_in_three_languages(heading, target):
    assert targets(heading, "Заўвага", "Пол")[0] == target


def test_a_column_without_a_telling_heading_is_known_by_its_cells():
    rows = (("Прыкладаў Ян Янавіч", "05.09.1980", "ст. 342 УК", "ИК-15, Могилёв"),) * 3
    found = targets("a1", "b2", "c3", "d4", rows=rows)
    assert found == [Target.NAME, Target.BIRTH_DATE, Target.ARTICLES, Target.FACILITY]


def test_what_is_known_by_its_cells_alone_should_be_looked_at():
    mapping = propose(["a1"], [Row(2, ("05.09.1980",))], this_year=2026)
    assert mapping.columns["a1"].score < SURE
    assert mapping.unsure() == ["a1"]
    assert mapping.columns["a1"].why.params == {"share": 100}


def test_cells_that_contradict_their_heading_cast_doubt_on_it():
    rows = [Row(number, ("ст. 342 УК",)) for number in range(5)]
    assert propose(["Дата рождения"], rows, this_year=2026).columns["Дата рождения"].score < SURE


def test_two_columns_for_one_field_leave_one_as_a_note():
    mapping = propose(["Дата рождения", "Год рождения"], this_year=2026)
    assert [mapping.target(heading) for heading in mapping.columns] == [Target.BIRTH_DATE, None]
    assert "Дата рождения" in mapping.columns["Год рождения"].why.text("ru")


def test_several_columns_may_be_notes():
    assert targets("Примечание", "Комментарий") == [Target.NOTE, Target.NOTE]


def test_a_name_beside_a_surname_is_the_given_name():
    assert targets("Surname", "Name") == [Target.SURNAME, Target.GIVEN]
    assert targets("Імя", "Пол") == [Target.NAME, Target.SEX]


def test_a_choice_is_not_questioned_and_makes_a_profile_that_is_met_again():
    headings = ["Хто", "Калі", "Дзе"]
    chosen = propose(headings, this_year=2026).chosen(
        {"Хто": Target.NAME, "Калі": Target.DETAINED_ON, "Дзе": Target.FACILITY}
    )
    stored = chosen.as_profile("наш").as_data()
    again = propose(headings, this_year=2026, saved=[Profile.from_data("наш", stored)])
    assert again.profile is not None
    assert [again.target(heading) for heading in headings] == [Target.NAME, Target.DETAINED_ON, Target.FACILITY]


def test_a_stored_profile_forgets_a_field_that_is_no_more():
    assert Profile.from_data("стары", {"Хто": "name", "Што": "abolished"}).columns == {"Хто": Target.NAME, "Што": None}
