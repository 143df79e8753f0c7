# Two commands need nothing but Python 3.11+, make and git:
#   make demo   sets up and grades an attempt
#   make test   sets up and runs the tests
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test long coverage lint bench prove lock clean

demo: .venv/kata.stamp
	@$(BIN)/kata grade reverse_linked_list --from docs/demo/solution.py || test $$? -eq 1

test: .venv/dev.stamp
	$(BIN)/python -m pytest -n auto

# What takes minutes: every seeded mistake made by somebody else, many writers at once.
long: .venv/dev.stamp
	$(BIN)/python -m pytest -n auto -m long

coverage: .venv/dev.stamp
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --fail-under=95

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp
	$(BIN)/python tests/bench/bench.py

# What was proved before and did not change is not graded again.
SEEDS ?= 5
prove: .venv/kata.stamp
	$(BIN)/kata dev check --seeds $(SEEDS)

.venv/kata.stamp: requirements.lock pyproject.toml
	@echo "setting up .venv (once, about half a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "error: Python 3.11 or newer is needed\ntip: make PYTHON=python3.12 demo")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) uninstall --yes setuptools 2>/dev/null  # its .pth file costs every start a millisecond
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/dev.stamp: .venv/kata.stamp requirements-dev.lock
	@echo "setting up what the tests need"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# Needs uv; the exported files are what everybody installs from.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv
