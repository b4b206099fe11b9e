"""The glossary as a page: docs/GLOSSARY.md is `render()` and nothing else.

Write it anew after a change of the data: `python -m throughgate.core.vocab.glossary > docs/GLOSSARY.md`.
"""

import sys

from throughgate.core.vocab.tables import all_vocabularies
from throughgate.core.vocab.terms import Term

HEAD = """\
# Glossary · Слоўнік · Глоссарий

Words of the screens and of the field, in English, Belarusian and Russian. Screens use these words and not those of
the last column. Made from `src/throughgate/core/vocab/data/glossary.csv`: change that file, not this one.

Словы інтэрфейсу і нашай працы. Апошні слупок называе словы, якіх мы пазбягаем, і тлумачыць чаму.

Слова интерфейса и нашей работы. Последний столбец называет слова, которых мы избегаем, и объясняет почему.

Draft wording of {version}, to be read by native speakers.

| English | Беларуская | Русский | Meaning | Avoid |
| --- | --- | --- | --- | --- |
"""


def render() -> str:
    """The glossary as Markdown, in the thematic order of the data, ending with a line break."""
    glossary = all_vocabularies()["glossary"]
    return HEAD.format(version=glossary.version) + "".join(map(_line, glossary))


def _line(term: Term) -> str:
    cells = (term.en, term.be, term.ru, term.extra["definition_en"], term.extra["avoid"])
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(render())
