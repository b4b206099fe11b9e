"""Words met in written dates, in Belarusian, Russian and English, folded for comparison."""

import unicodedata

_FOLD = str.maketrans({"і": "и", "ў": "у", "ё": "е", "ґ": "г", "’": "", "ʼ": "", "`": ""})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def fold(text: str) -> str:
    """Lower case, one kind of space and dash, and the letters people swap (і/и, ў/у, ё/е)."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(plain.translate(_DASHES).translate(_FOLD).split())


def _index(rows: dict[int, str]) -> dict[str, int]:
    return {fold(word): number for number, words in rows.items() for word in words.split()}


MONTHS = _index(
    {
        1: "студзень студзеня студзеню студзенем студзені студня студ студз"
        " январь января январю январем январе янв january jan",
        2: "люты лютага лютаму лютым лют февраль февраля февралю февралем феврале февр фев february feb",
        3: "сакавік сакавіка сакавіку сакавіком сак март марта марту мартом марте мар march mar",
        4: "красавік красавіка красавіку красавіком крас красав апрель апреля апрелю апрелем апреле апр april apr",
        5: "май мая маю маем маі мае травень траўня траўню траўнем траўні трав may",
        6: "чэрвень чэрвеня чэрвеню чэрвенем чэрвені чэрв чэр июнь июня июню июнем июне июн june jun",
        7: "ліпень ліпеня ліпня ліпеню ліпню ліпенем ліпені ліп июль июля июлю июлем июле июл july jul",
        8: "жнівень жніўня жніўню жніўнем жніўні жнів жн август августа августу августом августе авг august aug",
        9: "верасень верасня верасню вераснем верасні верас вер верасьня верасьню верасьні"
        " сентябрь сентября сентябрю сентябрем сентябре сент сен september sept sep",
        10: "кастрычнік кастрычніка кастрычніку кастрычнікам кастр каст"
        " октябрь октября октябрю октябрем октябре окт october oct",
        11: "лістапад лістапада лістападу лістападам лістападзе ліст"
        " ноябрь ноября ноябрю ноябрем ноябре нояб ноя november nov",
        12: "снежань снежня снежню снежнем снежні снеж сьнежань сьнежня сьнежню сьнежнем сьнежні сьнеж"
        " декабрь декабря декабрю декабрем декабре дек december dec",
    }
)

_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
ROMAN_MONTHS = {word: number for number, word in enumerate(_ROMAN, start=1)}

WEEKDAYS = _index(
    {
        0: "панядзелак панядзелка понедельник понедельника пн monday mon",
        1: "аўторак аўторка вторник вторника аўт вт tuesday tue tues",
        2: "серада сераду серады среда среду среды ср wednesday wed",
        3: "чацвер чацвярга четверг четверга чц чт thursday thu thur thurs",
        4: "пятніца пятніцу пятніцы пятница пятницу пятницы пт friday fri",
        5: "субота суботу суботы суббота субботу субботы сб saturday sat",
        6: "нядзеля нядзелю нядзелі воскресенье воскресенья нд нядз вс sunday sun",
    }
)


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


ABOUT = _set(
    "каля прыблізна прыкладна недзе кала около ок приблизительно примерно прибл"
    " ориентировочно где-то about around circa ca approximately approx roughly abt"
)
SEASONS = _set(
    "зіма зімы зіму зімой зімою зіме вясна вясны вясну вясной вясною вясне лета летам леце"
    " восень восені восенню увосень улетку увесну узімку"
    " зима зимы зиму зимой зиме весна весны весну весной весне лето летом лете"
    " осень осени осенью winter spring summer autumn fall"
)
PARTS = _set(
    "пачатак пачатку пачаткам напачатку канец канцы канца канцом сярэдзіна сярэдзіне сярэдзіны"
    " начало начале начала конец конце конца середина середине середины"
    " early late mid middle beginning start end"
    " першая другая палова палове паловы первая вторая первой второй половина половине половины"
    " first second half паўгоддзе полугодие полугодии квартал квартале quarter"
)
OPEN_ENDED = _set("да до пасля после раней ранее позже пазней before after until till by")
NOISE = _set(
    "г гг год года году годзе годам годом гады р year yr of the on in at from since"
    " у ў в во на з с со ад от числа число дня день дзень дата date"
    " го га ге ое ае е я й ый га-е st nd rd th ad"
)
RELATIVE_DAYS = {
    fold(word): shift
    for shift, words in {
        0: "сёння сення сегодня today",
        -1: "учора вчера yesterday",
        -2: "пазаўчора заўчора позавчера",
        1: "заўтра завтра tomorrow",
    }.items()
    for word in words.split()
}
RELATIVE_YEARS = {
    fold(words): shift
    for shift, variants in {
        0: ("сёлета", "у гэтым годзе", "в этом году", "this year"),
        -1: ("летась", "у мінулым годзе", "в прошлом году", "last year"),
        1: ("налета", "у наступным годзе", "в следующем году", "next year"),
    }.items()
    for words in variants
}
