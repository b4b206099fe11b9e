"""In which language a list writes its names, told by the letters."""

from __future__ import annotations

import re

from throughgate.core.lists.mapping import ColumnMapping, Target
from throughgate.core.lists.reading import Sheet, cell_text

CYRILLIC = re.compile(r"[а-яёіў]", re.IGNORECASE)
# Letters that the other of the two languages lacks.
BELARUSIAN, RUSSIAN = re.compile(r"[іўІЎ]"), re.compile(r"[ищъИЩЪ]")
LACINKA = re.compile(r"[łŭśćźčšžŁŬŚĆŹČŠŽ]")
NAMES = (Target.NAME, Target.SURNAME, Target.GIVEN, Target.PATRONYMIC)


def guess(sheet: Sheet, mapping: ColumnMapping) -> str:
    """A code of the spellings of names: "be", "ru", "lacinka", or "" where it is not clear."""
    columns = [index for index, heading in enumerate(sheet.headings) if mapping.target(heading) in NAMES]
    text = " ".join(cell_text(row.cells[index]) for row in sheet.first(100) for index in columns)
    if not CYRILLIC.search(text):
        return "lacinka" if LACINKA.search(text) else ""
    belarusian, russian = len(BELARUSIAN.findall(text)), len(RUSSIAN.findall(text))
    if belarusian == russian:
        return ""
    return "be" if belarusian > russian else "ru"
