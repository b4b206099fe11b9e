"""The bench is scripts beside one another: they find each other by the folder they stand in."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "bench" / "linkage"))
