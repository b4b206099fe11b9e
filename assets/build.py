#!/usr/bin/env python3
"""Build theme.css and the font subsets into src/throughgate/kit/static/kit.

Needs `npm ci` in this folder (Sass, the two style kits, the font) and fontTools with brotli. The
results are committed, so nobody needs Node to run or to install the product.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "throughgate" / "kit" / "static" / "kit"
FONT = HERE / "node_modules" / "@expo-google-fonts" / "noto-sans"
LIMIT = 12_000  # bytes, gzip -9

# What headings are written in: ASCII, the letters of Polish and both Belarusian Latin alphabets, the Cyrillic of
# Belarusian, Russian and Ukrainian, punctuation, and the few signs our pages use. Others: from the reader's machine.
RANGES = (
    "U+0020-007E,U+00A0,U+00AB,U+00B1,U+00B7,U+00BB,U+00D3,U+00D7,U+00F3,U+0104-0107,U+010C-010D,U+0118-0119,"
    "U+0141-0144,U+015A-015B,U+0160-0161,U+016C-016D,U+0179-017E,U+02BC,U+0401,U+0404,U+0406-0407,U+040E,U+0410-044F,"
    "U+0451,U+0454,U+0456-0457,U+045E,U+0490-0491,U+2010-2015,U+2018-201E,U+2026,U+202F,U+2116,U+2212"
)
WEIGHTS = {"700Bold": "noto-sans-700"}

# Classes that no file of ours spells out: their ends are put together where they are used.
COMPOSED = re.compile(r"tg-|w-\d|govuk-(checkboxes|radios|input--|select--|textarea--)|moj-sub-navigation|moj-timeline")
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")


def build_css() -> int:
    """Compile theme.scss; return the size of the result under gzip."""
    sass = HERE / "node_modules" / ".bin" / "sass"
    target = OUT / "theme.css"
    subprocess.run(
        [str(sass), "--no-source-map", "--style=compressed", "--quiet-deps", "--load-path=.",
         "--load-path=node_modules", "theme.scss", str(target)],
        cwd=HERE, check=True,
    )  # fmt: skip
    css = target.read_text("utf-8").removeprefix("\ufeff")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    # The kit's document icon is a picture we do not ship, and meaning never sits in a picture.
    css = re.sub(r"\.moj-timeline__document[^{}]*\{[^{}]*\}", "", css)
    css = without_unused(css)
    target.write_text(css, "utf-8")
    return len(gzip.compress(css.encode(), 9))


def without_unused(css: str) -> str:
    """The rules that can meet something on our pages: selectors with a class that none of them has are dropped."""
    package = OUT.parents[2]
    sources = "".join(path.read_text("utf-8") for path in sorted(package.rglob("*")) if path.suffix in (".html", ".py"))
    known = set(re.findall(r"[a-zA-Z][\w-]*", sources))

    def meets(selector: str) -> bool:
        return all(name in known or COMPOSED.match(name) for name in CLASS.findall(selector))

    def kept(rule: re.Match[str]) -> str:
        selectors = [one for one in re.split(r",(?![^(]*\))", rule[1]) if meets(one)]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""

    css = re.sub(r"([^{}@;]+)\{([^{}]*)\}", kept, css)
    return re.sub(r"@(?:media|supports)[^{}]*\{\}", "", css)  # what is empty now


def build_fonts() -> None:
    """Cut the font down to the letters of our languages, without hints."""
    folder = OUT / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for weight, name in WEIGHTS.items():
        (source,) = (FONT / weight).glob("*.ttf")
        subset.main([
            str(source), f"--unicodes={RANGES}", "--flavor=woff2", "--no-hinting",
            "--layout-features=kern", f"--output-file={folder / name}.woff2",
        ])  # fmt: skip
    shutil.copyfile(FONT / "LICENSE_FONT", folder / "OFL.txt")


def main() -> int:
    """Build everything; 1 when the style sheet has grown past its limit."""
    OUT.mkdir(parents=True, exist_ok=True)
    build_fonts()
    size = build_css()
    sys.stdout.write(f"theme.css: {size} bytes under gzip\n")
    return 0 if size <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
