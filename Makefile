# Everything here works on a machine that has only Python 3.11 or newer and make.

PYTHON ?= python3
VENV ?= .venv
# Worker processes for the tests: a number, or "auto" for one more than there are cores.
WORKERS ?= auto
# Few enough for a first look within two minutes on two cores, enough for honest intervals.
REPLICATIONS ?= 10

BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

# Nothing may wait for an answer: there is not always somebody at the keyboard.
export PIP_NO_INPUT := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
# The processes that tests start need not compile again what others have compiled.
test test-all: export PYTHONDONTWRITEBYTECODE =
# All targets share one environment; with `make -j` two pips would write to it at the same time.
.NOTPARALLEL:
.PHONY: help demo compiled test test-all lint format pictures bench clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: $(INSTALLED) ## set up, then compare the policies of a shipped scenario
	$(BIN)/firstline compare retail-complaints --replications $(REPLICATIONS)

compiled: $(INSTALLED_DEV) ## compile the core of the simulation (needs a C compiler): same bits, sooner
	$(BIN)/python .ci/compile_core.py

test: $(INSTALLED_DEV) ## set up, then run every fast test
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

test-all: $(INSTALLED_DEV) ## the long tests as well
	EVERY_EXAMPLE=1 $(BIN)/pytest -n $(WORKERS) --dist worksteal -m "long or not long"

lint: $(INSTALLED_DEV) ## style, types, layers, circles of imports, dependencies
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python .ci/circles.py firstline scenarios sim results tui
	$(BIN)/deptry .

format: $(INSTALLED_DEV) ## lay out the code and fix what ruff can fix
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

pictures: $(INSTALLED_DEV) ## draw every picture of every scenario on sheets in build/pictures
	PYTHONPATH=. $(BIN)/python docs/picture_sheet.py $(ONLY)

bench: $(INSTALLED_DEV) ## print how fast the simulation is here, and what studies cost
	$(BIN)/python -m benchmarks

clean: ## remove the environment and every cache (run folders stay)
	rm -rf $(VENV) build dist sim/_compiled .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	rm -rf .hypothesis .benchmarks
	find firstline scenarios sim results tui tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml | $(BIN)/python
	@echo "Installing firstline into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(INSTALLED_DEV): pyproject.toml | $(BIN)/python
	@echo "Installing firstline and its tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --editable ".[browser,dev]"
	@touch $(INSTALLED) $@

NAME_ONE := Install one, or name it: make $(or $(firstword $(MAKECMDGOALS)),demo) PYTHON=python3.12

# Debian's Python can lack ensurepip; a half-made environment would look whole the next time.
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "firstline needs Python 3.11 or newer; there is no '$(PYTHON)' here. $(NAME_ONE)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "firstline needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). $(NAME_ONE)" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
