# Two commands matter: `make run` and `make test`. Both set up whatever they need.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.PHONY: help run test check format machine bench lock clean

help:
	@echo "make run     set everything up, load the demonstration and serve it (PORT=8000)"
	@echo "make test    set everything up and run every check and every test"
	@echo "make check   format, lint, types and import rules"
	@echo "make format  put the code in the project's format"
	@echo "make bench   measure what docs/ states, as ratios in one run"
	@echo "make lock    renew requirements.lock (needs uv)"

.venv/.ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Hearback needs Python 3.11 or newer: install it, or run make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Hearback needs Python 3.11 or newer: run make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "[1/3] Making a Python environment in .venv"
	@$(PYTHON) -m venv .venv
	@echo "[2/3] Installing the locked packages (a minute or two the first time)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@echo "[3/3] Installing hearback itself"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: export HEARBACK_DATABASE_URL = sqlite:///data/demo.sqlite
run: export HEARBACK_BASE_URL = http://$(HOST):$(PORT)
run: .venv/.ready
	@$(BIN)/hearback demo --sign-in
	@$(BIN)/hearback serve --host $(HOST) --port $(PORT)

machine:
	@sh tests/machine.sh

check: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: .venv/.ready machine check
	$(BIN)/python -m pytest -n auto

bench: .venv/.ready
	$(BIN)/python -m tests.bench

lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--upgrade --output-file requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
