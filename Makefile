# Every verb installs what it needs first; `make` alone lists them. ARGS are handed on: make test ARGS="-k ripper".
.DEFAULT_GOAL := help
.PHONY: help setup run demo test check bench format

PYTHON := .venv/bin/python

help:  ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## install what is missing to serve and to rip
	@bin/setup run

run:  ## start the appliance
	@bin/setup run
	@exec $(PYTHON) main.py $(ARGS)

demo:  ## start the appliance on discs made for the occasion, in a temporary folder
	@bin/setup demo
	@exec $(PYTHON) -m bench.demo $(ARGS)

test:  ## run the tests, with real tools on tiny media
	@bin/setup test
	$(PYTHON) -m tests $(ARGS)

check:  ## check style, types and architecture
	@bin/setup test
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	PYTHONPATH=src .venv/bin/lint-imports --no-logo
	node_modules/.bin/tsc

bench:  ## measure beside peers and write bench/RESULTS.md
	@bin/setup bench
	$(PYTHON) -m bench $(ARGS)

format:  ## format the Python files and mend what can be mended
	@bin/setup test
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
