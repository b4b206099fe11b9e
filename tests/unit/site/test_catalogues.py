"""Compiling translations."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from throughgate.site import catalogues

SOURCE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "person"\nmsgstr "чалавек"\n'


def test_a_catalogue_is_compiled_once_and_again_after_a_change(tmp_path: Path) -> None:
    source = tmp_path / "room" / "locale" / "be" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE)

    compiled = catalogues.compile_all(tmp_path)

    assert compiled == [source.with_suffix(".mo")]
    with compiled[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("person") == "чалавек"
    assert catalogues.compile_all(tmp_path) == []
    later = compiled[0].stat().st_mtime + 5
    os.utime(source, (later, later))
    assert catalogues.compile_all(tmp_path) == compiled
