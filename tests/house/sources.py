"""The sources as the house tests read them."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "throughgate"


@cache
def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file the repository keeps, or would keep; without Git (an unpacked archive), every source file."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    paths = [ROOT / name for name in names if name] or [*ROOT.glob("*.*"), *PACKAGE.rglob("*"), *ROOT.glob("docs/*")]
    return tuple(path for path in paths if path.is_file())


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Every text file with its name from the root."""
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content[:1024]:
            found.append((str(path.relative_to(ROOT)), content.decode("utf-8", "replace")))
    return tuple(found)


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the package but migrations, with its name from the package folder."""
    paths = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
    return tuple((str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def templates() -> list[Path]:
    return sorted(path for path in PACKAGE.glob("*/templates/**/*") if path.is_file())


def inside(tree: ast.AST, where: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Every node with the dotted name of the function or class it stands in."""
    for node in ast.iter_child_nodes(tree):
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        name = f"{where}.{node.name}".lstrip(".") if named else where  # type: ignore[attr-defined]
        yield where, node
        yield from inside(node, name)


def floors() -> list[set[str]]:
    """The rooms from the top floor down, as the import contract in pyproject.toml has them."""
    contracts = project()["tool"]["importlinter"]["contracts"]  # type: ignore[index]
    layers = next(contract for contract in contracts if contract["id"] == "floors")["layers"]
    return [{room.strip(" ()") for room in layer.split("|")} for layer in layers]


def floor_of(room: str) -> int:
    """0 is the top."""
    return next(number for number, rooms in enumerate(floors()) if room in rooms)
