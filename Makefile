# `make help` lists the commands. CI calls the same ones.
SHELL := /bin/sh
.DEFAULT_GOAL := help
THROUGHGATE_HOME ?= $(CURDIR)/var
export THROUGHGATE_HOME
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest -q
# A worker that dies ends the run: without it the others wait for ever for their last test.
PARALLEL := -n auto --dist loadfile --max-worker-restart=0

.PHONY: help serve test venv app lint format types imports house unit db db-postgres security migrations browser \
	spark chromium assets catalogues bench bench-linkage soak wheel lock docs sizes clean

help: ## what can be asked for
	@awk -F':.*## ' '/^[a-z -]+:.*## / {printf "  make %-38s %s\n", $$1, $$2}' Makefile

serve: app catalogues ## start Throughgate here, with the demo unless DEMO=no
	@$(PYTHON) -m throughgate.site serve $(if $(filter no,$(DEMO)),,--demo)

# Migrations run before (PostgreSQL) and after (SQLCipher, the browser's demo); between them tables come from the models.
test: venv chromium catalogues lint types db-postgres ## everything that must hold
	$(PYTEST) $(PARALLEL) --nomigrations -m "not soak" tests --ignore=tests/browser --ignore=tests/spark
	$(PYTEST) $(PARALLEL) --nomigrations tests/browser

venv: ## the environment for development, from requirements/dev.txt
	@tools/prepare dev
app:
	@tools/prepare app
chromium:
	@tools/prepare chromium

lint: ## style of the sources
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
format: ## put the sources into style
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
types: ## mypy, strict
	$(PYTHON) -m mypy
imports: ## who may import whom
	PYTHONPATH=src .venv/bin/lint-imports
house unit security migrations browser: ## one part of the tests: house, unit, security, migrations, browser
	$(PYTEST) tests/$@
db: ## tests with the embedded database
	$(PYTEST) $(PARALLEL) tests/db
db-postgres: ## the same with PostgreSQL, in a server of its own
	THROUGHGATE_TEST_DATABASE=postgres $(PYTEST) $(PARALLEL) tests/db
spark: ## linking on Spark, with PySpark (460 MB) and Java, which it installs; no part of `make test`
	@tools/prepare spark
	$(PYTEST) tests/spark

catalogues: ## compile the translations
	@$(PYTHON) -m throughgate.site.catalogues
docs: ## write the tables that are made from the sources
	$(PYTHON) tools/docs.py
	$(PYTHON) -m throughgate.core.vocab.glossary > docs/GLOSSARY.md
assets: ## build the style sheet and fonts again (needs Node)
	assets/build.sh
bench: ## measure with 75,000 invented people
	$(PYTHON) bench/web.py
bench-linkage: build/bench/peers ## measure linking on invented lists, with other linkers
	$(PYTHON) bench/linkage/run.py --records 100000 --peers --blind --python $</bin/python
build/bench/peers: bench/linkage/peers.txt
	$(PYTHON) -m venv --clear $@ && $@/bin/pip install -q -r $< && touch $@
soak: ## kill the server in the middle of writes, 200 times; tests that take long
	$(PYTHON) bench/soak.py
	$(PYTEST) -m soak tests
	$(PYTEST) -m "not soak" --hypothesis-profile=searching tests/unit
wheel: venv catalogues ## build the wheel into dist/
	$(PYTHON) -m build --wheel --no-isolation
lock: ## compile requirements/*.in anew
	cd requirements && for set in app postgres linkage spark estimation dev; do ../.venv/bin/uv pip compile -q --universal --generate-hashes \
		--no-header --python-version 3.11 $$set.in -o $$set.txt; done
sizes: ## the longest files and functions
	@$(PYTHON) tools/sizes.py
clean: ## remove what was built; the database in var/ stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
