"""Places and institutions are whole, and the right institution is found in free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.core.geo import (
    PLACE_KINDS,
    institution,
    institutions,
    match_institution,
    oblasts,
    raions,
    settlements,
)
from throughgate.core.geo import tables as geo_tables
from throughgate.core.vocab import vocabulary

OBLASTS = {oblast.code for oblast in oblasts()}


def test_the_tables_are_whole() -> None:
    assert (len(oblasts()), len(raions()), len(settlements()), len(institutions())) == (7, 118, 314, 40)
    assert {raion.adm1 for raion in raions()} | {place.adm1 for place in settlements()} <= OBLASTS
    assert {each.adm1 for each in institutions()} <= OBLASTS | {""}
    assert len({each.code for each in institutions()}) == len(institutions())


def test_everything_lies_in_the_country() -> None:
    spots = [(place.lat, place.lon) for place in settlements()] + [(raion.lat, raion.lon) for raion in raions()]
    spots += [(each.lat, each.lon) for each in institutions() if each.lat and each.lon]
    assert [(lat, lon) for lat, lon in spots if not (51 < lat < 56.5 and 23 < lon < 33)] == []


def test_every_kind_is_a_place_kind_of_the_vocabulary() -> None:
    assert set(PLACE_KINDS.values()) <= set(vocabulary("place_kind").codes)
    assert {each.kind for each in institutions()} <= PLACE_KINDS.keys()


def test_coordinates_say_how_exact_they_are() -> None:
    for each in institutions():
        assert (each.coord_precision == "none") == (each.lat is None) == (each.lon is None)
        assert each.verified in {"yes", "partly", "no"}


def test_an_institution_speaks_three_languages() -> None:
    colony = institution("IK-2")
    assert (colony.name("be"), colony.place("ru"), colony.place("en")) == (
        "Папраўчая калонія № 2",
        "Бобруйск",
        "Babrujsk",
    )
    assert colony.is_verified
    assert not institution("IK-9").is_verified
    with pytest.raises(KeyError):
        institution("IK-99")


def test_the_product_works_without_the_file_of_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    assert institution("IK-2").source
    real = geo_tables._rows
    monkeypatch.setattr(
        geo_tables, "_rows", lambda name, *, optional=False: () if optional else real(name, optional=False)
    )
    assert {each.source for each in institutions.__wrapped__()} == {""}


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("ИК-2", "IK-2", "number"),
        ("ПК №2 Бабруйск", "IK-2", "number_and_place"),
        ("IK-2 Bobruisk", "IK-2", "number_and_place"),
        ("Penal colony No. 15, Mahiliou", "IK-15", "number_and_place"),
        ("Тюрьма №8, Жодино", "T-8", "number_and_place"),
        ("Prison No. 8 Zhodzina", "T-8", "number_and_place"),
        ("СТ-8", "T-8", "number"),
        ("Турма № 4, Магілёў", "T-4", "number_and_place"),
        ("Исправительная колония №4\n000000, г. Гомель, ул. Примерная, 3", "IK-4", "number_and_place"),
        ("Исправительная колония № 24; Заречье, Речицкий район", "IK-24", "number_and_place"),
        ("Воспитательная колония №2, Бобруйск", "VK-2", "number_and_place"),
        ("Калонія-пасяленне №21", "IKP-21", "number"),
        ("Исправительное учреждение открытого типа №55, Минск", "IUOT-55", "number_and_place"),
        ("ПУАТ-55", "IUOT-55", "number"),
        ("ЛТП №8", "LTP-8", "number"),
        ("СІЗА №7, Брэст", "SIZO-7", "number_and_place"),
        ("СИЗО КГБ", "SIZO-KGB", "kind"),
        ("ИВС, Минск", "IVS-MINSK", "kind_and_place"),
        ("ЦИП Окрестина", "CIP-MINSK", "other_name"),
        ("колония в Гомеле", "IK-4", "kind_and_place"),
        ("Пружаны", "IUOT-7", "place"),
    ],
)
def test_an_institution_is_found(text: str, code: str, reason: str) -> None:
    best, *others = match_institution(text)
    assert (best.institution.code, best.reason) == (code, reason)
    assert all(other.score < best.score for other in others)


@pytest.mark.parametrize("text", ["", "на свободе", "на волі", "released", "неизвестно", "ИК-99, Гомель", "17"])
def test_nothing_is_found_where_nothing_is_meant(text: str) -> None:
    assert match_institution(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("колония, Орша", {"IK-8", "IK-12"}),
        ("Акрэсціна", {"CIP-MINSK", "IVS-MINSK"}),
        ("Бобруйск", {"IK-2", "VK-2"}),
    ],
)
def test_a_text_that_fits_several_gives_all_of_them_as_unsure(text: str, codes: set[str]) -> None:
    matches = match_institution(text)
    assert {match.institution.code for match in matches} == codes
    assert len({match.score for match in matches}) == 1
    assert matches[0].score <= 0.75


def test_the_moved_remand_prison_is_found_in_its_old_and_new_place() -> None:
    assert [m.institution.code for m in match_institution("СИЗО-1, Минск")] == ["SIZO-1-OLD", "SIZO-1"]
    assert match_institution("СИЗО-1")[0].institution.code == "SIZO-1"


def test_a_former_number_leads_to_what_is_there_now() -> None:
    assert [(m.institution.code, m.reason) for m in match_institution("ИК-5")] == [
        ("IK-5", "number"),
        ("LTP-8", "former_number"),
    ]


def test_every_institution_is_found_by_its_own_name_in_three_languages() -> None:
    for each in institutions():
        for language in ("be", "ru", "en"):
            best = match_institution(f"{each.name(language)}\n{each.place(language)}")[0]
            assert (best.institution.code, best.score >= 0.8) == (each.code, True), language


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert all(0 < match.score <= 1 for match in match_institution(text))
