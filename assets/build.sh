#!/bin/sh
# What `make assets` runs: fetch the pinned sources, then build (see build.py).
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund
exec "${PYTHON:-../.venv/bin/python}" build.py
