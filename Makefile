# 一窗 OneWindow. `make help` explains; every target can be run again without harm.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := var/make
AS_ROOT := $(filter 0,$(shell id -u))
BUILT := src/onewindow/look/static/built/look.css

.PHONY: help setup up test check unit journeys faults soak states messages lock clean

help: ## Explain the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */\1\t/' | expand -t 12

setup: $(STAMPS)/python $(BUILT) $(STAMPS)/messages ## Prepare without starting; then .venv/bin/onewindow is the command line

up: setup ## Prepare and start everything on http://127.0.0.1:8000 ; Ctrl-C stops it, data is kept
	@exec $(BIN)/onewindow up

test: setup $(STAMPS)/dev $(STAMPS)/system ## Install what tests need and run all of them (under fifteen minutes on two cores)
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n 2 --dist loadfile src tests/properties tests/meta
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/faults
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/journeys

check: $(STAMPS)/dev ## Style, types, layers, catalogue, generated pages
	$(BIN)/ruff check src tests conftest.py
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache > var/make/contracts.txt || { cat var/make/contracts.txt; exit 1; }
	$(BIN)/onewindow catalogue check

unit: $(STAMPS)/dev ## Unit, property and meta-tests only
	$(BIN)/python -m pytest -n 2 --dist loadfile src tests/properties tests/meta

faults: $(STAMPS)/dev $(STAMPS)/system ## Races, kills, full disks
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/faults

journeys: $(STAMPS)/dev $(STAMPS)/system ## Browser journeys
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/journeys

soak: setup $(STAMPS)/dev $(STAMPS)/system ## The large runs: long benches and races
	$(BIN)/python -m pytest -m soak tests/soak tests/journeys
	$(BIN)/onewindow bench mainline --full --json

states: setup ## Draw docs/states/ anew from the state machines
	$(BIN)/onewindow docs states

messages: $(STAMPS)/dev ## Find what is not yet translated
	$(BIN)/onewindow messages check

lock: ## Renew the lock files after a change of dependencies
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/runtime.lock
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements/dev.lock

clean: ## Remove what was built; data in var/ stays
	rm -rf $(VENV) $(STAMPS) web/node_modules src/onewindow/look/static/built

$(VENV)/pyvenv.cfg:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新 · Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/python: $(VENV)/pyvenv.cfg requirements/runtime.lock pyproject.toml
	@mkdir -p $(STAMPS)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.lock
	echo "$(CURDIR)/src" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/onewindow.pth"
	printf '#!%s\nfrom onewindow.config.command_line import main\nmain()\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/onewindow
	chmod +x $(BIN)/onewindow
	@touch $@

$(STAMPS)/dev: $(STAMPS)/python requirements/dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

$(STAMPS)/node: web/package-lock.json
	@mkdir -p $(STAMPS)
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT): $(STAMPS)/node $(shell find web/src src/onewindow/look/static/look -type f 2>/dev/null)
	cd web && npm run --silent build
	@touch $@

$(STAMPS)/messages: $(STAMPS)/python $(wildcard src/onewindow/config/locale/*/LC_MESSAGES/django.po)
	$(BIN)/onewindow messages compile
	@touch $@

# What tests need from the system: a browser, Chinese fonts, Debian's own PostgreSQL for the smoke test.
$(STAMPS)/system:
	@mkdir -p $(STAMPS)
ifeq ($(AS_ROOT),0)
	@dpkg -s chromium fonts-noto-cjk postgresql-15 >/dev/null 2>&1 || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk postgresql-15 >/dev/null; }
else
	@for p in chromium fonts-noto-cjk postgresql-15; do dpkg -s $$p >/dev/null 2>&1 || { echo "测试需要 Debian 软件包 $$p（请以 root 安装）· tests need the Debian package $$p (install it as root)"; exit 1; }; done
endif
	@touch $@
