"""Terms of code lists: what a list is made of, independent of where it is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LANGUAGES = ("en", "be", "ru")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a code list, worded in three languages.

    `extra` holds the further columns of the list's file as text (an empty string where unknown).
    """

    list: str
    code: str
    en: str
    be: str
    ru: str
    order: int = 0
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def label(self, language: str) -> str:
        """The wording in `language` ("be", "ru-RU", ...), in English where there is none."""
        match language[:2].lower():
            case "be":
                return self.be or self.en
            case "ru":
                return self.ru or self.en
            case _:
                return self.en


class Vocabulary:
    """One code list in its order. `version` is the day the wording was compiled, as an ISO date.

    `question` is the text a scale's answers reply to; None for lists that are not scales.
    """

    __slots__ = ("_by_code", "name", "question", "terms", "version")

    def __init__(self, name: str, version: str, terms: tuple[Term, ...], question: Term | None = None) -> None:
        self.name = name
        self.version = version
        self.terms = terms
        self.question = question
        self._by_code = {term.code: term for term in terms}

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._by_code)

    def get(self, code: str) -> Term | None:
        return self._by_code.get(code)

    def __getitem__(self, code: str) -> Term:
        """The term of a code. Raises KeyError for a code that is not in the list."""
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def choices(self, language: str) -> list[tuple[str, str]]:
        """(code, label) pairs in the order of the list, as a form wants them."""
        return [(term.code, term.label(language)) for term in self.terms]

    def label(self, code: str, language: str) -> str:
        """The wording of a code; the code itself when the list does not (or no longer) know it."""
        term = self._by_code.get(code)
        return term.label(language) if term else code
