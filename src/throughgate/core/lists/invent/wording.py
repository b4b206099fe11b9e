"""How lists in three languages word what happened."""

import random
from collections.abc import Sequence
from functools import cache

from throughgate.core.dates import format_term
from throughgate.core.geo import Institution
from throughgate.core.jurisdiction import Article
from throughgate.core.lists.invent.lives import InventedLife
from throughgate.core.lists.messages import data_rows

_ARTICLE = {
    "be": ("Арт. {n} КК", "Арт. {n} ч. {p} КК"),
    "ru": ("Ст. {n} УК", "Ст. {n} ч. {p} УК"),
    "en": ("Art. {n} of the Criminal Code", "Art. {n}, part {p} of the Criminal Code"),
}
_KIND = {
    "be": {
        "deprivation_colony": "{t} калоніі {r}",
        "deprivation_prison": "{t} турэмнага рэжыму",
        "restriction_open": "{t} абмежавання волі з накіраваннем",
        "restriction_home": "{t} абмежавання волі без накіравання",
        "arrest_criminal": "{t} арышту",
        "fine": "штраф {f} базавых велічынь",
        "compulsory_treatment": "прымусовае лячэнне",
    },
    "ru": {
        "deprivation_colony": "{t} колонии {r}",
        "deprivation_prison": "{t} тюремного режима",
        "restriction_open": "{t} ограничения свободы с направлением в ИУОТ",
        "restriction_home": "{t} ограничения свободы без направления",
        "arrest_criminal": "{t} ареста",
        "fine": "штраф {f} базовых величин",
        "compulsory_treatment": "принудительное лечение",
    },
    "en": {
        "deprivation_colony": "{t} in a {r} colony",
        "deprivation_prison": "{t} of prison regime",
        "restriction_open": "{t} of restriction of liberty in an open-type institution",
        "restriction_home": "{t} of restriction of liberty at home",
        "arrest_criminal": "{t} of arrest",
        "fine": "fine of {f} base units",
        "compulsory_treatment": "compulsory treatment",
    },
}
_REGIME = {
    "be": {"general": "агульнага рэжыму", "reinforced": "узмоцненага рэжыму", "strict": "строгага рэжыму"},
    "ru": {"general": "общего режима", "reinforced": "усиленного режима", "strict": "строгого режима"},
    "en": {"general": "general regime", "reinforced": "reinforced regime", "strict": "strict regime"},
}
_SPOKEN = {"be": ("хімія", "хатняя хімія"), "ru": ("химия", "домашняя химия"), "en": ("“khimiya”", "home restriction")}
_NO_PLACE = {
    "released": {"be": "Вызвалены", "ru": "Освобождён", "en": "Released"},
    "home": {"be": "На волі", "ru": "На свободе", "en": "At liberty"},
    "died": {"be": "Памёр", "ru": "Умер", "en": "Died"},
    "unknown": {"be": "Невядома", "ru": "Неизвестно", "en": "Unknown"},
}
_SHORT_KIND = {
    "be": {"IK": "ПК", "SIZO": "СІЗА", "T": "Турма", "IUOT": "ПУАТ", "IKP": "ПКП"},
    "ru": {"IK": "ИК", "SIZO": "СИЗО", "T": "Тюрьма", "IUOT": "ИУОТ", "IKP": "ИКП"},
    "en": {"IK": "IK", "SIZO": "SIZO", "T": "Prison", "IUOT": "IUOT", "IKP": "IKP"},
}
_SEX = {
    "be": {"male": "Мужчынскі", "female": "Жаночы"},
    "ru": {"male": "Мужской", "female": "Женский"},
    "en": {"male": "Male", "female": "Female"},
}
_STATUS = {
    "be": {"active": "палітвязень", "former": "былы палітвязень", "np": "не прызнаны"},
    "ru": {"active": "политзаключённый", "former": "бывший политзаключённый", "np": "не признан"},
    "en": {"active": "political prisoner", "former": "former political prisoner", "np": "not recognised"},
}


def articles_text(life: InventedLife, language: str, rng: random.Random) -> str:
    """Joined with ";", and now and then with what a hurried hand types."""
    pieces = [_article(article, part, language) for article, part in life.articles]
    if rng.random() < 0.02:
        return ", ".join(article.number for article, _ in life.articles)
    return ";".join(pieces) if rng.random() < 0.5 else "; ".join(pieces)


def _article(article: Article, part: int | None, language: str) -> str:
    plain, with_part = _ARTICLE[language]
    number = with_part.format(n=article.number, p=part) if part else plain.format(n=article.number)
    return f"{number} - {article.label(language)}"


def sentence_text(life: InventedLife, language: str, rng: random.Random) -> str:
    if not life.kind:
        return ""
    if life.kind in {"restriction_open", "restriction_home"} and rng.random() < 0.1:
        return _SPOKEN[language][life.kind == "restriction_home"]
    term = format_term(life.term, language) if life.term else ""
    if life.kind.startswith("deprivation") and rng.random() < 0.02:
        return term
    regime = _REGIME[language].get(life.regime, "")
    text = _KIND[language][life.kind].format(t=term, r=regime, f=life.fine)
    if life.fine and life.kind != "fine":
        text += ", " + _KIND[language]["fine"].format(f=life.fine)
    return text


def place_text(life: InventedLife, language: str, rng: random.Random) -> str:
    if life.place is None:
        state = "unknown" if life.state == "serving" else life.state
        return _NO_PLACE.get(state, _NO_PLACE["unknown"])[language]
    chance = rng.random()
    name, town = life.place.name(language), life.place.place(language)
    if chance < 0.05:
        return ""
    if chance < 0.08:
        return _NO_PLACE["unknown"][language]
    if chance < 0.2 and life.place.kind in _SHORT_KIND[language] and life.place.number:
        return f"{_SHORT_KIND[language][life.place.kind]}-{life.place.number}, {town}".strip(", ")
    if chance < 0.22:
        name = _slip(name, rng)
    return _joined(life.place, name, town, rng)


def _joined(place: Institution, name: str, town: str, rng: random.Random) -> str:
    if not town:
        return name
    address = f"{town}, 1" if place.coord_precision == "site" else town
    return f"{name}\n{address}" if rng.random() < 0.7 else f"{name};{address}"


def sex_text(life: InventedLife, language: str) -> str:
    return _SEX[language][life.person.sex]


def status_code(life: InventedLife) -> str:
    if not life.recognised:
        return "np"
    return "former" if life.state in {"released", "died"} else "active"


def status_text(life: InventedLife, language: str) -> str:
    return _STATUS[language][status_code(life)]


def word(group: str, language: str, rng: random.Random) -> str:
    """A word of a group of `data/invented_words.csv`."""
    rows = _words(group)
    return rng.choices(rows, [int(row["weight"]) for row in rows])[0][language]


@cache
def _words(group: str) -> Sequence[dict[str, str]]:
    return [row for row in data_rows("invented_words.csv") if row["group"] == group]


def _slip(text: str, rng: random.Random) -> str:
    """Two letters changed places."""
    at = rng.randrange(1, max(2, len(text) - 2))
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
