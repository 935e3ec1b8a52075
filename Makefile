# Everything a person does with this checkout. Each target sets up what it needs.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.set-up
COMPILE := $(VENV)/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: help setup demo tour run test everywhere race check format words pictures bench lock upgrade clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## install everything into .venv; a second time it does nothing
	@echo "Ready: $(VENV)/bin/storefront --help"

demo: $(STAMP) ## open a shop with pretend Telegram, Stripe, PayPal and Crypto Pay, and print the address to visit (ARGS=…)
	@$(VENV)/bin/storefront demo $(ARGS)

tour: $(STAMP) ## play the whole story on this terminal
	@$(VENV)/bin/storefront demo --tour $(ARGS)

run: $(STAMP) ## run the shop with config.toml
	@$(VENV)/bin/storefront run --config config.toml $(ARGS)

# Without what Python compiled before, each process that the tests start would compile the whole shop anew.
test everywhere race: export PYTHONDONTWRITEBYTECODE :=

test: $(STAMP) ## all tests, two at once on every core (ARGS="-k cart" for some)
	@$(PY) -m pytest -n auto $(ARGS)

everywhere: $(STAMP) ## all tests with every story on SQLite, PostgreSQL and MariaDB
	@STOREFRONT_TEST_EVERYWHERE=1 $(PY) -m pytest -n auto $(ARGS)

race: $(STAMP) ## what takes longer: a thousand buyers through two replicas, a big shop around all databases
	@$(PY) -m pytest -n0 -m nightly --durations=0 -o faulthandler_timeout=3600 $(ARGS)

check: $(STAMP) ## format, lint, types, import contracts: what must be clean before a commit
	$(VENV)/bin/ruff format --check --quiet .
	$(VENV)/bin/ruff check --quiet .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(STAMP) ## let ruff format and fix what it can
	@$(VENV)/bin/ruff format --quiet .
	@$(VENV)/bin/ruff check --quiet --fix .

words: $(STAMP) ## find every text of the bot, and list what the .po files in bot/words/locales do not translate yet
	@$(PY) -m bot.words.extract

pictures: $(STAMP) ## take the README's pictures of the running demo (ARGS=--gallery for every screen in every language)
	@$(PY) -m docs.pictures.take $(ARGS)

bench: $(STAMP) ## measure taps and checkouts against the bare framework (ARGS=--quick for a look)
	@$(PY) -m bench $(ARGS)

lock: $(VENV)/bin/uv ## write requirements/ anew from pyproject.toml, keeping the versions that still fit
	$(COMPILE) $(ARGS) -o requirements/run.txt
	$(COMPILE) $(ARGS) --group pyproject.toml:dev -o requirements/dev.txt

upgrade: ## the same, with every dependency at its newest
	@$(MAKE) --no-print-directory lock ARGS=--upgrade

clean: ## remove .venv and what the tools leave behind; the shop's data stays
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The lock file alone is installed, each file checked against its hash; then the project itself, as links to this folder.
$(STAMP): requirements/dev.txt pyproject.toml | $(PY)
	@echo "Installing into $(VENV) (once; takes a minute)…"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/bin/uv: | $(PY)
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt

$(PY):
	@for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			"$$candidate" -m venv $(VENV) && exit 0; \
			rm -rf $(VENV); \
			echo "$$candidate cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv" >&2; \
			exit 1; \
		fi; \
	done; \
	echo "This needs Python 3.11 or newer, and found none on the PATH. See https://www.python.org/downloads/" >&2; \
	exit 1
