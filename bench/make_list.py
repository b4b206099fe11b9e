"""Write a list of invented prisoners, of any size, the same for the same seed.

python bench/make_list.py --rows 8700 --layout machine --format csv --seed 1 list.csv
"""

import argparse
import datetime
from pathlib import Path

from throughgate.core.lists.invent import LAYOUTS, invent_rows, write_csv, write_ods, write_xlsx


def main() -> None:
    options = _options()
    content = invent_rows(options.rows, options.seed, options.layout, today=options.today, edition=options.edition)
    with options.out.open("wb") as out:
        if options.format == "xlsx":
            write_xlsx(content, out)
        elif options.format == "ods":
            write_ods(content, out)
        else:
            write_csv(content, out, encoding=options.encoding, delimiter=options.delimiter)
    print(f"{options.out}: {options.rows} invented people, {options.out.stat().st_size:,} bytes")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path, help="the file to write")
    parser.add_argument("--rows", type=int, default=8700)
    parser.add_argument("--layout", choices=LAYOUTS, default="machine")
    parser.add_argument("--format", choices=["csv", "xlsx", "ods"], default="csv")
    parser.add_argument("--encoding", default="utf-8-sig", help="of a CSV: utf-8-sig, cp1251, utf-16, ...")
    parser.add_argument("--delimiter", default=",", help="of a CSV")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edition", type=int, default=1, help="2: the same list some weeks later")
    parser.add_argument("--today", type=datetime.date.fromisoformat, default=datetime.date(2026, 11, 1))
    return parser.parse_args()


if __name__ == "__main__":
    main()
