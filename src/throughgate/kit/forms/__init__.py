"""Forms in our look: bases, the fields that the domain needs, and their widgets."""

from throughgate.kit.forms.base import Form, ModelForm, error_links
from throughgate.kit.forms.binding import bind
from throughgate.kit.forms.choices import CodeField, CodesField, SearchSelect, SearchSelectField
from throughgate.kit.forms.dates import DayField, PartialDateField
from throughgate.kit.forms.values import DecimalMoneyField, UploadField

__all__ = [
    "CodeField",
    "CodesField",
    "DayField",
    "DecimalMoneyField",
    "Form",
    "ModelForm",
    "PartialDateField",
    "SearchSelect",
    "SearchSelectField",
    "UploadField",
    "bind",
    "error_links",
]
