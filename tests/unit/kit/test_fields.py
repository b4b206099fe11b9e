import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from throughgate.core.dates import PartialDate
from throughgate.kit import forms
from throughgate.kit.fields import PartialDateField


def test_a_partial_date_is_stored_as_text_that_sorts_and_comes_back_whole():
    field = PartialDateField(null=True)
    date = PartialDate(2024, 5, about=True)

    assert field.get_prep_value(date) == "2024-05~"
    assert field.from_db_value("2024-05~", None, connection) == date
    assert field.from_db_value(None, None, connection) is None


def test_no_date_is_null_and_not_an_empty_text():
    assert PartialDateField().get_prep_value("") is None


def test_text_that_is_no_date_is_refused():
    with pytest.raises(ValidationError):
        PartialDateField().to_python("2024-13")


def test_a_migration_can_write_the_field_down():
    _name, path, _args, kwargs = PartialDateField("born", null=True).deconstruct()

    assert path == "throughgate.kit.fields.PartialDateField"
    assert kwargs == {"verbose_name": "born", "null": True}


def test_its_form_field_is_boxes():
    assert isinstance(PartialDateField("born", blank=True).formfield(), forms.PartialDateField)
    assert not PartialDateField("born", blank=True).formfield().required
