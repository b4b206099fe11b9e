"""Prints the ten longest files and functions, to look at now and then; no limit hangs on it."""

import ast
from pathlib import Path

SOURCES = [path for path in sorted(Path("src").rglob("*.py")) if "migrations" not in path.parts]


def functions(path: Path) -> list[tuple[int, str]]:
    nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
    return [((node.end_lineno or node.lineno) - node.lineno + 1, f"{path}:{node.lineno} {node.name}") for node in nodes]


files = [(len(path.read_text().splitlines()), str(path)) for path in SOURCES]
for title, found in (("files", files), ("functions", [each for path in SOURCES for each in functions(path)])):
    print(f"{len(found)} {title}, {sum(lines for lines, _ in found)} lines; the longest:")
    for lines, where in sorted(found, reverse=True)[:10]:
        print(f"{lines:6} {where}")
