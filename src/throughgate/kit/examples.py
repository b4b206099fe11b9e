"""Examples of every component, in Belarusian, with invented content.

They are the gallery, the snapshots and what the accessibility test looks at. Each value is made when it is
shown, so that words of the kit itself appear in the language of the page.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as stock
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from throughgate.core.dates import PartialDate
from throughgate.kit import forms, show
from throughgate.kit.panels import Action, Item, Panel
from throughgate.kit.tables.filters import Chosen


@dataclass(frozen=True)
class Example:
    """One component: the name of its template and what it is given."""

    name: str
    context: Callable[[], dict[str, Any]]
    template: str = ""

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        path = self.template or f"kit/components/{self.name}.html"
        html = render_to_string(path, self.context(), request=request)
        return {"name": self.name, "title": self.name.replace("_", " "), "html": html}


class Closed:
    """What the vault hands out for a value whose key this member does not hold."""

    locked = True


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = stock.CharField(label="Імя і прозвішча", max_length=100, help_text="Так, як чалавек сам сябе называе.")
    born = forms.PartialDateField(label="Дата нараджэння")
    met = forms.DayField(label="Дзень сустрэчы", required=False)
    road = forms.CodeField([("bus", "Аўтобус"), ("car", "Машына"), ("walk", "Пешшу")], label="Як дабіраецца")
    place = forms.CodeField(
        [("Мінская вобласць", [(f"m{i}", f"Мястэчка {i}") for i in range(4)]),
         ("Гродзенская вобласць", [(f"g{i}", f"Вёска {i}") for i in range(4)])],
        label="Куды едзе", required=False,
    )  # fmt: skip
    needs = forms.CodesField(choices=[("home", "Жытло"), ("doc", "Дакументы")], label="Што патрэбна", required=False)
    told = stock.BooleanField(label="Родныя ведаюць", required=False)
    school = forms.SearchSelectField(
        label="Школа", required=False, find=lambda typed: [("1", f"Школа {typed}")], label_of=lambda _v: "Школа 1"
    )
    fare = forms.DecimalMoneyField(label="Кошт дарогі", required=False)
    paper = forms.UploadField(label="Копія даведкі", max_bytes=1_000_000, extensions=("pdf", "jpg"), required=False)
    note = stock.CharField(label="Нататка", widget=stock.Textarea, required=False)


def _tags() -> dict[str, Any]:
    words = ("Тэрмін прайшоў", "Неўзабаве", "У працы", "Зроблена", "Чарнавік")
    return {"tags": [{"text": t, "meaning": m} for t, m in zip(words, show.MEANINGS, strict=True)]}


def _identity() -> dict[str, Any]:
    return {
        "name": "Прыкладаў Узор Неіснуючы",
        "tags": [show.tag("У СІЗА", "progress"), show.tag("Даўно няма вестак", "danger")],
        "facts": ["TG-4K7M", "нар. каля 1991 г.", "вядзе: Вымышленная Т."],
        "actions": [
            {"label": "Запісаць падзею", "url": "#identity_bar"},
            {"label": "Друк", "url": "#identity_bar", "kind": "secondary"},
        ],
    }


def _timeline() -> dict[str, Any]:
    return {
        "entries": [
            {"title": "Ліст атрыманы", "by": "Вымышленная Т.", "when": datetime.date(2026, 6, 11),
             "text": "Першы ліст за чатыры месяцы.", "url": "#timeline"},
            {"title": "Перавод", "when": PartialDate(2026, 1, about=True), "text": "Са слоў маці.",
             "tag": show.tag("не пацверджана", "warn")},
            {"title": "Медыцынская нататка", "when": PartialDate(2025), "text": Closed()},
        ]
    }  # fmt: skip


def _tasks() -> dict[str, Any]:
    return {
        "tasks": [
            {"title": "Патэлефанаваць маці", "url": "#task_list", "status": show.tag("Пратэрмінавана", "danger"),
             "hint": "да 5 верасня 2026 г."},
            {"title": "Даведка аб вызваленні", "url": "#task_list", "status": show.tag("У працы", "progress")},
            {"title": "Білет на цягнік", "url": "#task_list", "status": "Зроблена"},
        ]
    }  # fmt: skip


def _facts() -> dict[str, Any]:
    change = [Action("Змяніць", "#summary_list")]
    rows = [
        Item("Нарадзіўся", PartialDate(1991, about=True), actions=change),
        Item("Установа", show.Uncertain("Калонія № 0", "са слоў маці"), actions=change),
        Item("Ёсць пашпарт", value=False),
        Item("Ёсць дзе жыць", show.UNKNOWN),
        Item("Тэлефон", None),
        Item("Дыягназ", Closed()),
        Item("Мовы", ["беларуская", "руская"]),
    ]
    return {"panel": Panel("Асноўнае", rows=rows, actions=[Action("Гісторыя змен", "#summary_list")])}


def _pager() -> dict[str, Any]:
    links: list[dict[str, Any]] = [{"number": n, "url": f"?page={n}", "current": n == 4} for n in (1, 3, 4, 5, 24)]
    links.insert(1, {"gap": True})
    links.insert(5, {"gap": True})
    return {"pager": {"pages": 24, "page_links": links, "before": "?page=3", "after": "?page=5"}}


def _map() -> dict[str, Any]:
    bars = [
        {"label": "Мінск", "percent": 100, "text": "12"},
        {"label": "Гродна", "percent": 42, "text": "5"},
        {"label": "Брэст", "percent": 25, "text": "3"},
    ]
    context = {"caption": "Хто куды едзе", "what": "Горад", "how_many": "Людзей", "bars": bars, "total": 20}
    return {
        "src": "/static/kit/mark.svg",
        "width": 160,
        "height": 160,
        "alt": "Карта: Мінск — 12, Гродна — 5, Брэст — 3",
        "caption": "Тое самае, што ў табліцы побач.",
        "table": render_to_string("kit/components/bar_table.html", context),
    }


def _bars() -> dict[str, Any]:
    parts = (("Ёсць адказны", 90, "18", "good"), ("Ёсць дата", 45, "9", "warn"), ("Няма плана", 10, "2", "danger"))
    bars = [{"label": w, "percent": p, "text": t, "meaning": m} for w, p, t, m in parts]
    return {"caption": "Гатоўнасць да вызвалення, верасень 2026 г.", "what": "Прыкмета", "how_many": "Людзей",
            "bars": bars, "total": 20}  # fmt: skip


def _steps() -> dict[str, Any]:
    return {
        "steps": [
            {"when": datetime.date(2026, 9, 5), "title": "Сустрэць ля варот", "url": "#plan_steps",
             "who": "Вымышленная Т.", "note": "дзень вызвалення; рухаецца разам з ім",
             "status": show.tag("Не прызначана", "warn")},
            {"when": datetime.date(2026, 9, 8), "title": "Паўторны кантакт: 72 гадзіны", "who": "Узораў К.",
             "status": show.tag("Заплянавана", "progress")},
            {"when": datetime.date(2026, 8, 1), "title": "Ліст у калонію", "done": True, "status": "Зроблена"},
        ]
    }  # fmt: skip


def _dates() -> dict[str, Any]:
    dates = [
        datetime.date(2026, 9, 5),
        PartialDate(2026, 9),
        PartialDate(2026),
        PartialDate(2026, 9, about=True),
        show.Uncertain(datetime.date(2026, 9, 5), "вылічана, не пацверджана"),
    ]
    return {"when": dates}


def _answers() -> dict[str, Any]:
    values = (True, False, show.UNKNOWN, None, show.Uncertain("так", "са слоў брата"), Closed())
    return {"text": format_html_join("", "<p>{}</p>", ((show.value(one),) for one in values))}


def _cards() -> dict[str, Any]:
    return {
        "cards": [
            {"title": "Узорава Ганна", "url": "#card_list", "tags": [show.tag("маці")],
             "text": "Званіць увечары, пасля сямі."},
            {"title": "Прыкладаў Пётр", "tags": [show.tag("рызыка", "danger")], "text": "Не паведамляць нічога."},
        ]
    }  # fmt: skip


def _stats() -> dict[str, Any]:
    return {
        "stats": [
            {"number": 4, "words": "дата вызвалення прайшла", "meaning": "danger", "url": "#stats"},
            {"number": 11, "words": "вызваляюцца на працягу 30 дзён", "meaning": "warn", "url": "#stats"},
            {"number": 27, "words": "з гатовым планам", "meaning": "good", "url": "#stats"},
        ]
    }


def _chosen() -> dict[str, Any]:
    words = ("Стан: зняволены", "Вобласць: Мінская")
    return {"chosen": [Chosen(w, "#filter_tags") for w in words], "clear": "#filter_tags"}


def _form(*, wrong: bool) -> SafeString:
    data = QueryDict("born_day=31&born_month=2&born_year=1991&road=bus&school_find=&note=Тэкст") if wrong else None
    prefix = "wrong" if wrong else "form"
    form = ExampleForm(data, auto_id=f"id_{prefix}_%s")
    form.full_clean()
    return SafeString(str(form))


EXAMPLES = [
    Example("tag", _tags),
    Example("identity_bar", lambda: {**_identity(), "level": 2}),
    Example(
        "sub_navigation",
        lambda: {
            "tabs": [
                {"label": "Агляд", "url": "#sub_navigation", "current": True},
                {"label": "Падзеі", "url": "#sub_navigation", "count": 12},
                {"label": "Кантакты", "url": "#sub_navigation"},
            ]
        },
    ),
    Example("stats", _stats),
    Example("summary_list", _facts),
    Example("timeline", _timeline),
    Example("task_list", _tasks),
    Example("plan_steps", _steps),
    Example("card_list", _cards),
    Example("bar_table", _bars),
    Example("map_figure", _map),
    Example("date", _dates),
    Example("lock", lambda: {"locked": Closed()}),
    Example("answers", _answers, "kit/components/notice.html"),
    Example("filter_tags", _chosen),
    Example("pagination", _pager),
    Example("flash", lambda: {"text": "Кантакт запісаны.", "kind": "success", "undo": "/undo/"}),
    Example("flash_error", lambda: {"text": "файл завялікі.", "kind": "error"}, "kit/components/flash.html"),
    Example("notice", lambda: {"text": "Дата вылічана, вырак яшчэ не бачылі."}),
    Example("warning", lambda: {"text": "Пра гэтага чалавека нічога не паведамляюць па тэлефоне."}),
    Example("details", lambda: {"summary": "Адкуль мы гэта ведаем", "text": "Ліст ад 11 чэрвеня 2026 г."}),
    Example(
        "empty_state",
        lambda: {
            "title": "Дакументаў пакуль няма",
            "text": "Спачатку пашпарт або даведка аб вызваленні.",
            "action": "Дадаць дакумент",
            "url": "#empty_state",
        },
    ),
    Example("form", lambda: {"text": _form(wrong=False)}, "kit/components/bare.html"),
    Example("form_with_errors", lambda: {"text": _form(wrong=True)}, "kit/components/bare.html"),
]
