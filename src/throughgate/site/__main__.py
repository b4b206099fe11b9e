"""``python -m throughgate.site`` is the ``throughgate`` command, for a clone that is not installed."""

import sys

from throughgate.site.cli import main

sys.exit(main())
