import datetime
from decimal import Decimal

import pytest
from django import forms as stock
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from throughgate.core.dates import PartialDate
from throughgate.kit import forms


class Visit(forms.Form):
    name = stock.CharField(max_length=20, label="Name", help_text="As on paper <b>")
    note = stock.CharField(label="Note", required=False)
    born = forms.PartialDateField(label="Born", required=False)
    met = forms.DayField(label="Met", required=False)
    road = forms.CodeField([("bus", "Bus"), ("car", "Car")], label="Road")
    fare = forms.DecimalMoneyField(label="Fare", required=False)


def born(query):
    form = Visit(QueryDict(f"name=a&road=bus&{query}"))
    form.full_clean()
    return form.cleaned_data.get("born"), form.errors.get("born")


@pytest.mark.parametrize(
    ("query", "date"),
    [
        ("born_year=1990", PartialDate(1990)),
        ("born_month=5&born_year=1990", PartialDate(1990, 5)),
        ("born_day=3&born_month=5&born_year=1990&born_about=on", PartialDate(1990, 5, 3, about=True)),
        ("born_day=3&born_month=жніўня&born_year=1990", PartialDate(1990, 8, 3)),
        ("born_month=августа&born_year=1990", PartialDate(1990, 8)),
        ("born_month=August&born_year=1990", PartialDate(1990, 8)),
        ("born_year=05.09.1990", PartialDate(1990, 9, 5)),
        ("born=1990-05~", PartialDate(1990, 5, about=True)),
        ("", None),
    ],
)
def test_a_partial_date_is_read_from_boxes_words_and_pasted_text(query, date):
    assert born(query) == (date, None)


@pytest.mark.parametrize(
    "query",
    [
        "born_day=31&born_month=2&born_year=1990",
        "born_day=3&born_year=1990",
        "born_day=3&born_month=5",
        "born_month=13&born_year=1990",
        "born_month=foo&born_year=1990",
        "born_day=x&born_month=5&born_year=1990",
        "born_year=90",
    ],
)
def test_what_is_no_date_is_refused_in_words(query):
    date, errors = born(query)

    assert date is None
    assert errors


def test_typed_parts_come_back_as_they_were_typed():
    form = Visit(QueryDict("born_day=31&born_month=лютага&born_year=1990"))

    assert 'value="31"' in str(form["born"])
    assert 'value="лютага"' in str(form["born"])


def test_a_day_must_be_known_to_the_day():
    form = Visit(QueryDict("name=a&road=bus&met_month=5&met_year=2026"))

    assert not form.is_valid()
    assert "met" in form.errors


def test_a_day_cleans_to_a_date():
    form = Visit(QueryDict("name=a&road=bus&met_day=1&met_month=5&met_year=2026"))

    assert form.is_valid()
    assert form.cleaned_data["met"] == datetime.date(2026, 5, 1)


def test_the_summary_comes_first_and_links_to_the_fields():
    html = str(Visit(QueryDict("met_year=x")))

    assert html.index("govuk-error-summary") < html.index("<input")
    assert 'href="#id_name"' in html
    assert 'href="#id_met_day"' in html
    assert 'href="#id_road_0"' in html


def test_hints_and_errors_are_tied_to_the_input_and_html_in_a_hint_is_escaped():
    html = str(Visit(QueryDict(""))["name"].as_field_group())

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "&lt;b&gt;" in html


def test_no_input_is_marked_required_and_optional_ones_say_so():
    html = str(Visit())

    assert " required" not in html
    assert html.count("tg-optional") == 4


def test_nothing_typed_is_offered_to_the_browser_to_remember():
    assert 'autocomplete="off"' in str(Visit()["name"])


def test_few_choices_are_radios_and_many_are_a_list():
    few = forms.CodeField([("a", "A")])
    many = forms.CodeField([(str(i), str(i)) for i in range(7)])

    assert isinstance(few.widget, stock.RadioSelect)
    assert type(many.widget) is stock.Select


def test_an_answer_not_known_is_offered_beside_no_answer():
    field = forms.CodeField([("a", "A")], unknown="?", required=False)

    assert field.clean("?") == "?"
    assert field.clean("") == ""


@pytest.mark.parametrize(("typed", "amount"), [("1 200,50", "1200.50"), ("120", "120"), ("0,5", "0.5")])
def test_money_is_read_with_spaces_and_commas(typed, amount):
    assert forms.DecimalMoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["-1", "1,234", "many"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(stock.ValidationError):
        forms.DecimalMoneyField().clean(typed)


class Choice(forms.Form):
    name = stock.CharField(label="Name")
    school = forms.SearchSelectField(
        label="School",
        find=lambda typed: [("1", f"First {typed}"), ("2", "Second")] if typed != "zzz" else [],
        label_of={"1": "First", "2": "Second"}.get,
    )


def test_searching_shows_the_matches_and_judges_nothing_yet():
    form = Choice(QueryDict("school_find=Min&school_search=1"))

    assert not form.is_valid()
    assert not form.errors
    assert "First Min" in str(form["school"])


def test_a_match_once_chosen_is_kept_and_valid():
    form = Choice(QueryDict("name=a&school=2"))

    assert form.is_valid()
    assert "checked" in str(form["school"])


def test_a_value_that_names_nothing_is_refused():
    assert "school" in Choice(QueryDict("name=a&school=9")).errors


@pytest.mark.parametrize(("name", "size"), [("a.exe", 5), ("a.pdf", 11), ("a.pdf", 0)])
def test_a_file_of_the_wrong_kind_or_size_is_refused(name, size):
    field = forms.UploadField(max_bytes=10, extensions=("pdf",))

    with pytest.raises(stock.ValidationError):
        field.clean(SimpleUploadedFile(name, b"x" * size))
