# One door for people and for CI: `make demo`, `make run ARCHIVE=~/cables`, `make test`.
# `PYTHON=python3.13` chooses the Python of the environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
ARCHIVE ?= ~/cables
SECONDS ?= 600
TARGET ?= formats
export ARCHIVE

# Python keeps what it has compiled: the checks start the program some hundred times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo run install uninstall test check near generated without fuzz fuzz-bytes test-all test-installs lock screenshots bench docs clean FORCE

# It changes only if the environment is made again; then everything in it is installed again.
$(VENV)/.made: FORCE
	@sh scripts/environment.sh $(VENV) "$(PYTHON)" $(if $(filter file,$(origin PYTHON)),default,asked)

$(VENV)/.installed: pyproject.toml $(VENV)/.made
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml requirements-dev.txt $(VENV)/.made
	@echo "Installing what the checks need in $(VENV)."
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.installed $@

# Whoever tries the demo keeps nothing in their own caches, bookmarks and log.
demo: $(VENV)/.installed  ## the reading room on a small fictional archive, its folders in build/demo
	@CABLE_TUI_CACHE= CABLE_TUI_HOME="$$PWD/build/demo" $(BIN)/cable-tui demo
	@command -v cable-tui >/dev/null || echo "To type cable-tui anywhere: make install"

run: $(VENV)/.installed  ## the reading room on ARCHIVE; a ~ at its beginning is your home
	@$(BIN)/cable-tui -- "$$ARCHIVE"

install: $(VENV)/.installed  ## put cable-tui on your path: by uv or pipx, else as a link to this clone
	@sh scripts/install.sh install $(VENV)

uninstall:  ## remove what `make install` did
	@sh scripts/install.sh uninstall $(VENV)

test: $(VENV)/.dev  ## set up and pass every check
	@$(MAKE) --no-print-directory check

# mypy has one processor while the other compiles the tests, which each worker of pytest would do;
# what it finds is printed at the end. The status is that of the tests if they fail, else that of mypy.
check:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@$(BIN)/mypy >$(VENV)/mypy.txt 2>&1 & types=$$!; \
	$(BIN)/pytest -n 0 --collect-only >/dev/null 2>&1; \
	$(BIN)/lint-imports && $(BIN)/pytest -n auto; tests=$$?; \
	wait $$types; types=$$?; cat $(VENV)/mypy.txt; \
	exit $$((tests ? tests : types))

near: $(VENV)/.dev  ## the tests that the uncommitted change concerns, for a minute
	@$(BIN)/python -m tests.near

generated: $(VENV)/.dev  ## everything that is generated from the program, again
	@$(BIN)/python -m tests.generated

without: $(VENV)/.dev  ## remove the tool TOOL, its tests, and the tools that need it
	@$(BIN)/python scripts/without.py $(TOOL)

fuzz: $(VENV)/.dev  ## draw at random over all property tests, for SECONDS
	$(BIN)/python -m tests.fuzz $(SECONDS)

fuzz-bytes: $(VENV)/.dev  ## look for bytes that break the parser TARGET, for SECONDS; Linux only
	@$(PIP) install --editable ".[fuzz]"
	$(BIN)/python -m tests.fuzz_bytes $(TARGET) $(SECONDS)

test-all: $(VENV)/.dev  ## all tests on each Python from 3.11 to 3.14 that is here, and without each tool
	$(BIN)/nox --session tests without

test-installs: $(VENV)/.dev  ## install the wheel with pip, pipx and uv, and start the demo
	$(BIN)/nox --session installs

lock: $(VENV)/.dev  ## bring requirements-dev.txt up to pyproject.toml
	$(BIN)/nox --session lock

screenshots: $(VENV)/.dev  ## SVG pictures of the demo archive
	$(BIN)/python -m benchmarks.screenshots screenshots

bench: $(VENV)/.dev  ## the table of figures
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev  ## the documents as a site, in build/docs/site
	@$(BIN)/python docs/site/build.py

clean:
	rm -rf $(VENV)

.PHONY: release
release: $(VENV)/.dev  ## check, build and tag the version; uploads nothing
	@$(BIN)/python scripts/release.py
