"""Publishing without betraying: tables from which nobody can tell who talked.

persons = read(path, Columns(by=("date", "facility:region")))
former = ledger.read(file, key, rules)
made = protect(persons, name="2026-11 report", key=key, former=former, rules=rules)
ledger.append(file, made.release, key, after=len(former))

What is published comes from `table`. Estimates are made from exact counts, never from a protected table.
"""

from throughgate.core.disclosure.errors import DisclosureError
from throughgate.core.disclosure.persons import Columns, Persons, of_rows, read
from throughgate.core.disclosure.protecting import Protected, protect
from throughgate.core.disclosure.release import Release
from throughgate.core.disclosure.rules import Rules

__all__ = ["Columns", "DisclosureError", "Persons", "Protected", "Release", "Rules", "of_rows", "protect", "read"]
