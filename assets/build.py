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
LIMIT = 20_000  # bytes, gzip -9

# Latin, Latin-1, Latin Extended-A, the Belarusian/Russian/Ukrainian part of Cyrillic, punctuation,
# and the few signs our pages use (arrows of sorting, the cross of a chosen filter, No, plus-minus).
RANGES = (
    "U+0020-007E,U+00A0-017F,U+02BC,U+0400-045F,U+0490-0491,U+2010-2015,U+2018-201E,U+2020-2022,"
    "U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2116,U+2122,U+2190-2193,U+2212,U+2248,"
    "U+2260,U+2264-2265,U+25B2,U+25BC"
)
WEIGHTS = {"400Regular": "noto-sans-400", "700Bold": "noto-sans-700"}


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
    target.write_text(css, "utf-8")
    return len(gzip.compress(css.encode(), 9))


def build_fonts() -> None:
    """Cut the two weights down to the letters of our languages, without hints."""
    folder = OUT / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for weight, name in WEIGHTS.items():
        (source,) = (FONT / weight).glob("*.ttf")
        subset.main([
            str(source), f"--unicodes={RANGES}", "--flavor=woff2", "--no-hinting",
            "--layout-features=kern,mark,mkmk,ccmp,locl,tnum", f"--output-file={folder / name}.woff2",
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
