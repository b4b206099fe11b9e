"""Pages as a browser sees them: their title and their forms, and forms filled in without knowing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.security.everything import PNG

# What a search field answers when something was chosen in it.
CHOSEN = {"article": "criminal:342"}
DAY = {"_day": "3", "_month": "5", "_year": "2024"}
TEXTS = ("text", "textarea", "search", "email", "tel")

Words = Callable[[str], str]


@dataclass
class Box:
    """One thing to fill in; `options` are the answers it offers."""

    name: str
    kind: str
    value: str = ""
    longest: int | None = None
    options: list[str] = field(default_factory=list)


@dataclass
class FormSeen:
    action: str
    method: str
    boxes: dict[str, Box] = field(default_factory=dict)

    @property
    def texts(self) -> list[Box]:
        return [box for box in self.boxes.values() if box.kind in TEXTS]

    def answers(self, words: Words, **given: Any) -> dict[str, Any]:
        """An answer in every box; *words* gives the text for a name, "" where the box takes no free text."""
        found = {name: _answer(box, words) for name, box in self.boxes.items() if name not in given}
        found |= {name: value for name, value in CHOSEN.items() if f"{name}_find" in self.boxes}
        found |= given
        return {name: value for name, value in found.items() if value not in ("", None, [])}


def _answer(box: Box, words: Words) -> Any:
    ending = next((end for end in DAY if box.name.endswith(end)), "")
    if ending:
        return DAY[ending]
    if box.kind == "hidden":
        return box.value
    if box.kind in ("radio", "select"):
        return box.value or next((option for option in box.options if option), "")
    if box.kind == "checkbox":
        return box.value
    if box.kind == "file":
        return SimpleUploadedFile(f"{words('file_name')}.png", PNG)
    if box.name == "hour":
        return "14:30"
    if box.kind == "number" or box.name.endswith(("_find", "_about")):
        return "" if box.name.endswith(("_find", "_about")) else box.value or "3"
    found = words(box.name) or box.value
    return found[: box.longest] if box.longest else found


class Page(HTMLParser):
    """Title, forms and scripts of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title = ""
        self.forms: list[FormSeen] = []
        self.suspicious: list[str] = []
        self._inside = ""
        self._box: Box | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._look_for_scripts(tag, given)
        if tag == "title" and not self.title:
            self._inside = "title"
        elif tag == "form":
            self.forms.append(FormSeen(given.get("action", ""), given.get("method", "get").lower()))
        elif self.forms and self._inside != "svg":
            self._take(tag, given)

    def _look_for_scripts(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("script", "iframe", "object", "embed", "base"):
            self.suspicious.append(tag)
        for name, value in given.items():
            runs = name in ("href", "src", "action", "formaction") and value.lower().lstrip().startswith("javascript")
            if runs or name == "style" or name.startswith("on"):
                self.suspicious.append(f"{tag} {name}={value}")

    def _take(self, tag: str, given: dict[str, str]) -> None:
        boxes, name = self.forms[-1].boxes, given.get("name", "")
        if tag == "input" and name and given.get("type") not in ("submit", "button"):
            self._take_input(boxes, name, given)
        elif tag in ("select", "textarea") and name:
            longest = int(given["maxlength"]) if "maxlength" in given else None
            self._box = boxes[name] = Box(name, tag, longest=longest)
        elif tag == "option" and self._box is not None:
            self._box.options.append(given.get("value", ""))
            if "selected" in given:
                self._box.value = given.get("value", "")

    def _take_input(self, boxes: dict[str, Box], name: str, given: dict[str, str]) -> None:
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind in ("radio", "checkbox"):
            box = boxes.setdefault(name, Box(name, kind))
            box.options.append(value)
            if "checked" in given:
                box.value = value
        else:
            longest = int(given["maxlength"]) if "maxlength" in given else None
            boxes[name] = Box(name, kind, value, longest)

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._box is not None and self._box.kind == "textarea":
            self._box.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._inside = ""
        elif tag in ("select", "textarea"):
            self._box = None

    def main_form(self) -> FormSeen:
        """The form that the page is about: the one that posts most."""
        return max((form for form in self.forms if form.method == "post"), key=lambda form: len(form.boxes))
