# make setup | run | test | bench | lock ... the same here and in CI.
PYTHON ?= python3
BIN := .venv/bin
HASHED := -q --disable-pip-version-check --require-hashes

.PHONY: setup run test bench bench-reading bench-sources bench-web bench-doors weights lock clean

.venv/run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Askwell needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install $(HASHED) -r requirements/run.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src/askwell
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	@$(BIN)/pip install $(HASHED) -r requirements/dev.txt
	@touch $@

setup: .venv/run

run: .venv/run
	@$(BIN)/askwell demo

test: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pytest -n 4 --dist worksteal

bench: .venv/dev
	@$(BIN)/python -m bench

bench-reading: .venv/dev
	@$(BIN)/python -m bench reading replies wording dates incoming language zones

bench-sources: .venv/dev
	@$(BIN)/python -m bench sources kills live

bench-web: .venv/dev
	@$(BIN)/python -m bench network web who

bench-doors: .venv/dev
	@$(BIN)/python -m bench doors assistants

# All weights anew from training/data, to the same bytes.
weights: .venv/dev
	@for one in training training.language training.wording training.replies training.incoming training.needs; do $(BIN)/python -m $$one; done

# Needs uv on the PATH. Writes exact versions and hashes, no addresses.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group dev pyproject.toml requirements/build.in -c requirements/run.txt -o requirements/dev.txt

clean:
	rm -rf .venv
