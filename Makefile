# Everything a person or the build server runs, from a fresh clone.
# Needs Python >= 3.11 (with its venv module), make and git; the rest is fetched
# by hash into .venv and web/assets/node_modules. Nothing is installed globally,
# but for Chromium, which `make test` asks the system's packages for when it is absent.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
DIST := web/static/dist
PORT ?= 8000
WEB_SOURCES := $(wildcard web/assets/*.json web/assets/*.mjs web/assets/.npmrc web/assets/src/* web/assets/src/*/*)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCKED := $(PIP) install --quiet --require-hashes -r
SAY := @printf '\033[1m==> %s\033[0m\n'

# An explicit PYTHON wins; otherwise the first interpreter that is new enough.
FIND_PYTHON = for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo "$$candidate"; break; fi; done

.PHONY: help setup run test check conformance soak bench web

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMPS)/run $(STAMPS)/package web ## Make .venv and the web assets; start nothing
	@echo "Ready: .venv/bin/motcua --help, or make run."

run: $(STAMPS)/run $(STAMPS)/package web ## Serve the demo on 127.0.0.1 (PORT=8000), with an SQLite file under var/
	@exec $(BIN)/motcua serve --demo --port $(PORT)

test: $(STAMPS)/test $(STAMPS)/package web ## Run all tests, tier by tier, with seconds per tier
	@$(BIN)/python -m tests.tiers $(if $(filter check,$(MAKECMDGOALS)),--without static)

check: $(STAMPS)/test $(STAMPS)/package ## Lint, types, import contract and the house rules
	@$(BIN)/python -m tests.tiers static

conformance: $(STAMPS)/test $(STAMPS)/package ## Run the BPMN, FEEL and DMN conformance tier alone
	@$(BIN)/python -m tests.tiers conformance
	@$(BIN)/python -m tests.conformance.scoreboard

soak: $(STAMPS)/test $(STAMPS)/package web ## Run the full counts that `make test` samples (hours)
	@$(BIN)/python -m tests.tiers --soak

bench: $(STAMPS)/test $(STAMPS)/package web ## Measure a real server over HTTP; writes bench/results and docs/bench.md
	@$(BIN)/python -m bench

web: $(DIST)/manifest.json ## Build the browser assets into web/static/dist

$(STAMPS)/venv:
	$(SAY) "making $(VENV)"
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then \
		echo "No Python >= 3.11 with venv and ensurepip was found. Install one (Debian: apt-get install python3 python3-venv)" >&2; \
		echo "or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; \
	fi; \
	"$$python" -m venv --clear $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/build: requirements/build.txt | $(STAMPS)/venv
	@$(LOCKED) $< && touch $@

$(STAMPS)/run: requirements/run.txt | $(STAMPS)/venv
	$(SAY) "installing what the server needs ($<); half a minute the first time"
	@$(LOCKED) $< && touch $@

$(STAMPS)/test: requirements/test.txt | $(STAMPS)/venv
	$(SAY) "installing what the tests need ($<); a minute the first time"
	@$(LOCKED) $< && touch $@ $(STAMPS)/run

$(STAMPS)/package: setup.cfg pyproject.toml $(STAMPS)/build
	$(SAY) "installing motcua itself, editable"
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable . && touch $@

# Node >= 20 with npm from the PATH, else the one that comes as a wheel.
$(DIST)/manifest.json: $(WEB_SOURCES) requirements/node.txt | $(STAMPS)/venv
	$(SAY) "building the web assets"
	@if ! { command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; } 2>/dev/null; then \
		echo "no Node >= 20 on the PATH: installing it into $(VENV)"; \
		$(LOCKED) requirements/node.txt; \
		PATH="$(CURDIR)/$(BIN):$$PATH"; export PATH; \
	fi; \
	if [ ! -w "$${HOME:-/nonexistent}" ]; then npm_config_cache="$(CURDIR)/$(VENV)/npm"; export npm_config_cache; fi; \
	cd web/assets && npm ci --ignore-scripts --no-progress --loglevel=error && node build.mjs
