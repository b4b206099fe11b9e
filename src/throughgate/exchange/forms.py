"""What may be said about a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists.codes import language
from throughgate.core.lists.mapping import Target
from throughgate.exchange.models import Profile, Reading
from throughgate.kit import show
from throughgate.kit.forms import CodeField, Form, UploadField
from throughgate.people.forms.persons import SCRIPTS

EXTENSIONS = ("csv", "tsv", "txt", "xlsx", "xlsb", "xls", "ods")
# The fields of a list in the order in which one looks for them.
GROUPS: tuple[tuple[Any, tuple[Target, ...]], ...] = (
    (_("The person"), (Target.NAME, Target.SURNAME, Target.GIVEN, Target.PATRONYMIC, Target.OTHER_NAMES, Target.SEX,
                       Target.BIRTH_DATE, Target.BIRTH_PLACE, Target.CITIZENSHIP, Target.RESIDENCE, Target.PROFESSION,
                       Target.CATEGORY, Target.DOCUMENT_NUMBER, Target.FAMILY, Target.HEALTH, Target.DIED)),
    (_("Contacts"), (Target.PHONE, Target.EMAIL, Target.RELATIVE_CONTACT, Target.LAWYER)),
    (_("Custody and release"), (Target.DETAINED_ON, Target.FACILITY, Target.FACILITY_ADDRESS, Target.STATUS,
                                Target.DECLARATION, Target.RELEASE_DATE, Target.RELEASE_EXPECTED)),
    (_("Court and sentence"), (Target.ARTICLES, Target.SENTENCE, Target.REGIME, Target.VERDICT_DATE,
                               Target.HEARING_DATE, Target.COURT, Target.DECISION, Target.JUDGE,
                               Target.PROSECUTOR, Target.CASE_NUMBER)),
    (_("The list itself"), (Target.LIST_ID, Target.ROW_NUMBER, Target.URL, Target.CLUSTERS, Target.STATE_LIST,
                            Target.NOTE)),
)  # fmt: skip


class UploadForm(Form):
    """A list as it came."""

    file = UploadField(
        label=_("File with the list"),
        max_bytes=settings.FILE_UPLOAD_MAX_MEMORY_SIZE,
        extensions=EXTENSIONS,
        help_text=_("CSV in any encoding, XLSX, XLSB, XLS or ODS. Nothing is taken over before you confirm it."),
    )


def target_choices() -> list[tuple[Any, Any]]:
    now = language()
    groups = [(str(label), [(target.value, target.label(now)) for target in targets]) for label, targets in GROUPS]
    return [("", gettext("Keep as a note")), *groups]


class ColumnsForm(Form):
    """What each column holds; the fields `c0`, `c1` ... are the columns in their order."""

    script = CodeField(label=_("Language of the names"), choices=SCRIPTS, required=False)
    previous = forms.ChoiceField(
        label=_("Earlier copy of the same list"),
        required=False,
        help_text=_("Then only what is new or changed is taken over, and what is gone is marked."),
    )
    save_as = forms.CharField(
        label=_("Remember these columns as"),
        max_length=80,
        required=False,
        help_text=_("A name of your choice: lists with the same headings are then recognised."),
    )

    def __init__(self, *args: Any, reading: Reading, samples: Sequence[Sequence[str]], **kwargs: Any) -> None:
        mapping = [str(reading.mapping.get(heading, "")) for heading in reading.headings]
        initial = {f"c{number}": code for number, code in enumerate(mapping)}
        initial |= {"script": reading.script, "previous": str(reading.previous_id or "")}
        initial["save_as"] = reading.profile.name if reading.profile else ""
        super().__init__(*args, initial=initial, **kwargs)
        self.reading, self.samples, self.choices = reading, samples, target_choices()
        for number, heading in enumerate(reading.headings):
            self.fields[f"c{number}"] = forms.ChoiceField(
                choices=self.choices,
                required=False,
                label=heading,
                widget=forms.Select(attrs={"class": "govuk-select"}),
            )
        self.fields["previous"].choices = previous_choices(reading)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Heading, examples and the choice of each column, for the table of the page."""
        return [
            {
                "heading": heading,
                "samples": [breakable(one) for one in self.samples[number]],
                "field": self[f"c{number}"],
            }
            for number, heading in enumerate(self.reading.headings)
        ]

    @property
    def others(self) -> list[forms.BoundField]:
        return [self[name] for name in ("previous", "script", "save_as")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        mapping = {heading: data.get(f"c{number}", "") for number, heading in enumerate(self.reading.headings)}
        previous = Reading.objects.filter(id=data["previous"]).first() if data.get("previous") else None
        return {
            "mapping": mapping,
            "script": data.get("script", ""),
            "previous": previous,
            "save_as": data.get("save_as", ""),
        }


def breakable(text: str) -> SafeString:
    """Long words, such as links, may be broken anywhere: else they would push a phone's page out of its frame."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((piece,) for piece in re.findall(r".{1,16}", text)))


def previous_choices(reading: Reading) -> list[tuple[str, str]]:
    """The newest reading of each list that was imported."""
    found = Reading.objects.newest_of_their_list().exclude(id=reading.id).order_by("-finished_at")
    return [("", gettext("None: a list of its own")), *((str(one.id), words_of(one)) for one in found[:100])]


def words_of(reading: Reading) -> str:
    words = {
        "date": show.date_words(reading.today, style="short"),
        "rows": reading.row_count,
        "name": reading.file_name,
    }
    return gettext("%(name)s, %(date)s, rows: %(rows)s") % words


class ConfirmForm(Form):
    """The last question before an import."""

    although_smaller = forms.BooleanField(
        label=_("I have looked: the list really is that much smaller, and no broken copy"), required=False
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reading.shrank:
            del self.fields["although_smaller"]


def profiles() -> list[Profile]:
    return list(Profile.objects.order_by("name"))
