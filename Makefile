# The one command surface; .ci/run calls the same recipes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DIST := src/nhpf_web/core/static/dist
ADDRESS ?= 127.0.0.1:8000
# Two tests at once, each file's in one process, so that what a file makes is made once.
AT_ONCE := -n 2 --dist loadfile

.PHONY: run test prove bench bench-methods open-data lock clean

run: $(VENV)/.run $(DIST)/.built
	@$(BIN)/python manage.py set_up
	@echo "NHPF answers on http://$(ADDRESS)/"
	@$(BIN)/gunicorn --bind $(ADDRESS) --config python:nhpf_web.config.gunicorn nhpf_web.config.wsgi

test: $(VENV)/.test $(DIST)/.built
	@.ci/packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not prove" $(AT_ONCE)
	.ci/postgres $(BIN)/python -m pytest tests/web -m "not browser and not prove" $(AT_ONCE)
	.ci/bare-install $(BIN)

prove: $(VENV)/.test $(VENV)/.prove $(DIST)/.built
	$(BIN)/python .ci/proofs

# Ratios against named peers, each measured in the same run; the largest take minutes and gigabytes.
BENCHES := profile_html_json profile_page profile_documents gap_map search disclosure import_csv \
  record_events
bench: bench-methods
	@for bench in $(BENCHES); do echo "== $$bench"; $(BIN)/python benchmarks/$$bench.py || exit 1; done
	.ci/postgres $(BIN)/python benchmarks/search.py

bench-methods: $(VENV)/.bench
	@for bench in $(filter-out $(BENCHES),$(basename $(notdir $(wildcard benchmarks/*.py)))); do \
	  echo "== $$bench"; $(BIN)/python benchmarks/$$bench.py || exit 1; done

# Makes the shipped tables anew from a folder that holds the sources; only maintainers need it.
open-data: $(VENV)/.run
	$(BIN)/python -m nhpf.records.open_tables "$(SOURCES)"

COMPILE := uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet \
  --python-version 3.11
TESTED := --extra web --extra documents --extra linkage --extra spark --group build --group test
lock:
	$(COMPILE) pyproject.toml --output-file requirements/library.txt
	$(COMPILE) pyproject.toml --extra web --extra documents --group build --output-file requirements/run.txt
	$(COMPILE) pyproject.toml $(TESTED) --output-file requirements/test.txt
	$(COMPILE) pyproject.toml $(TESTED) --group bench --constraint requirements/test.txt --output-file requirements/bench.txt
	$(COMPILE) pyproject.toml $(TESTED) --group prove --constraint requirements/test.txt --output-file requirements/prove.txt
	$(COMPILE) --group node --output-file requirements/node.txt
	echo uv | $(COMPILE) - --output-file requirements/installer.txt

clean:
	rm -rf $(VENV) $(DIST) node_modules var

$(VENV)/.installer: requirements/installer.txt
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.run $(VENV)/.test $(VENV)/.bench $(VENV)/.prove: $(VENV)/.%: requirements/%.txt $(VENV)/.installer
	@echo "Installing what requirements/$*.txt locks"
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $<
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(DIST)/.built: package-lock.json package.json src/nhpf/reports/templates/report.css $(wildcard src/nhpf_web/core/assets/*) requirements/node.txt
	@.ci/node $(BIN) npm ci --silent --no-audit --no-fund
	@.ci/node $(BIN) npm run --silent build
	@touch $@
