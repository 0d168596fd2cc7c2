# One door for people and for CI: `make demo`, `make run ARCHIVE=~/cables`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARCHIVE ?= ~/cables

.PHONY: demo run test check screenshots bench docs clean

$(VENV)/.installed: pyproject.toml
	@echo "Setting up cable-tui in $(VENV), once: this takes half a minute."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.installed
	@echo "Adding what the checks need."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/.installed  ## the reading room on a small fictional archive
	@$(BIN)/cable-tui demo

run: $(VENV)/.installed  ## the reading room on ARCHIVE
	@$(BIN)/cable-tui $(ARCHIVE)

test: $(VENV)/.dev check  ## set up and pass every check

check:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

screenshots: $(VENV)/.dev  ## SVG pictures of the demo archive
	$(BIN)/python -m benchmarks.screenshots screenshots

bench: $(VENV)/.dev  ## the table of figures
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev  ## the documents as a site, in build/docs/site
	@$(BIN)/python docs/site/build.py

clean:
	rm -rf $(VENV)
