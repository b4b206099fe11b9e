"""Articles, rules and entitlements: dated data that comes with the product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughgate.codelists.codes import language
from throughgate.core import jurisdiction
from throughgate.core.jurisdiction import Article, Entitlement, Rule
from throughgate.custody.forms.sentences import own_articles
from throughgate.custody.models.sentences import LawCode
from throughgate.custody.screens.common import Row, Rows, verified_tag
from throughgate.kit import show

CONFIRMED: Mapping[str, Any] = {
    "yes": _("confirmed"),
    "partly": _("partly confirmed"),
    "no": _("not confirmed"),
}
# Regimes of entitlements by the state of a person; those of a sentence by its regime.
_BY_STATE = {
    "state_remand": ("remand_prison",),
    "state_administrative_arrest": ("administrative_arrest",),
    "state_serving_open": ("open_type_institution",),
    "state_serving_home": ("home_restriction",),
}
_BY_REGIME = {
    "general": ("general", "any_colony"),
    "reinforced": ("reinforced", "any_colony"),
    "strict": ("strict", "any_colony"),
    "special": ("special", "any_colony"),
    "prison": ("prison_general", "prison_strict"),
}


def regime_of(state: str, sentence_regime: str) -> tuple[str, ...]:
    """Under which regimes of the table of entitlements somebody is."""
    if state == "state_serving":
        return _BY_REGIME.get(sentence_regime, ())
    return _BY_STATE.get(state, ())


def mark(verified: str) -> SafeString:
    """The mark as a word with a colour; the confirmed ones too, where all are compared."""
    return verified_tag(verified) or show.tag(CONFIRMED["yes"], "good")


def span(one: Rule | Article) -> SafeString:
    """From when until when it is in force; without an end while it is."""
    start = show.day(one.valid_from, style="short") if one.valid_from else show.unknown()
    return format_html("{} – {}", start, show.day(one.valid_to, style="short")) if one.valid_to else start


def article_rows() -> list[Rows]:
    """The articles by code; the organisation's own last."""
    speaking = language()
    made = []
    for law in LawCode:
        rows = [
            Row([_number(one), one.label(speaking), ", ".join(one.iccpr), span(one), mark(one.verified)])
            for one in jurisdiction.articles()
            if one.code == law
        ]
        heads = [_("Article"), _("Working label"), _("Articles of the ICCPR affected"), _("In force"), _("Confirmed")]
        made.append(Rows(law.label, heads, rows))
    own = [Row([number, words]) for number, words in own_articles()]
    made.append(
        Rows(
            _("Added by your organisation"),
            [_("Article"), _("Working label")],
            own,
            empty=_("Nothing was added. Articles are added to the code list “article”."),
        )
    )
    return made


def _number(one: Article) -> Any:
    if not one.former_number:
        return one.number
    former = gettext("formerly %(number)s") % {"number": one.former_number}
    return format_html('{} <span class="tg-muted">({})</span>', one.number, former)


TOPICS: Mapping[str, Any] = {
    "CNT": _("Counting"),
    "CRD": _("Credit for custody"),
    "CON": _("Several crimes or sentences"),
    "PAR": _("Early release"),
    "RPL": _("Replacement, minors, illness, pardon"),
    "AMN": _("Amnesty"),
    "EXT": _("New terms in custody"),
    "DSC": _("Discipline"),
    "ADM": _("Administrative arrest"),
    "REM": _("Remand"),
    "AFT": _("After release"),
    "LST": _("Lists of extremists and terrorists"),
    "REL": _("On the day of release"),
    "HLT": _("Health"),
    "OPN": _("Open type and home restriction"),
}


def rule_rows() -> list[Rows]:
    """The rules by topic, with the day from which each is in force and whether it is confirmed."""
    by_topic: dict[str, list[Row]] = {}
    speaking = language()
    for one in jurisdiction.rules().values():
        words = format_html("{}<br>{}", one.label(speaking), _law(one))
        by_topic.setdefault(one.id.partition("-")[0], []).append(Row([one.id, words, span(one), mark(one.verified)]))
    heads = [_("Rule"), _("What it says"), _("In force"), _("Confirmed")]
    return [Rows(TOPICS.get(topic, topic), heads, rows) for topic, rows in by_topic.items()]


def _law(one: Rule) -> SafeString:
    said = ", ".join(filter(None, [one.law, one.article]))
    return format_html('<span class="tg-muted" lang="en">{}</span>', said)


def entitlement_rows(regimes: Iterable[str]) -> Rows:
    """What the regimes allow; a number nobody found is "not known", never nought."""
    rows = [_entitlement(one) for regime in regimes for one in jurisdiction.entitlements(regime)]
    heads = [_("Regime"), _("Conditions"), _("What"), _("How much"), _("Confirmed")]
    note = _("As far as the rules could be read. A lawyer has to confirm what is not marked as confirmed.")
    return Rows(_("What the regime allows"), heads, rows, note=note)


def _entitlement(one: Entitlement) -> Row:
    cells = [_word("regime", one.regime), _word("condition", one.condition), _word("item", one.item)]
    return Row([*cells, _how_much(one), mark(one.verified)])


def _how_much(one: Entitlement) -> Any:
    if one.unlimited:
        return gettext("without limit")
    if one.number is None:
        return show.UNKNOWN
    if one.unit == "yes_no":
        return bool(one.number)
    return " ".join(filter(None, [_figure(one.number), _word("unit", one.unit), _word("per", one.per)]))


def _figure(number: Decimal) -> str:
    whole = number == number.to_integral_value()
    return str(localize(int(number) if whole else number, use_l10n=True))


def _word(list_name: str, code: str) -> str:
    found = jurisdiction.labels().get((list_name, code))
    return found.label(language()) if found else code


def all_entitlements() -> list[Rows]:
    regimes = dict.fromkeys(one.regime for one in jurisdiction.entitlements())
    return [_titled(regime) for regime in regimes]


def _titled(regime: str) -> Rows:
    found = entitlement_rows([regime])
    return Rows(_word("regime", regime), found.heads[1:], [Row(row.cells[1:]) for row in found.rows])
