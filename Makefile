# The commands a newcomer needs. `make` alone lists them.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run code test test-all lint format bench assets messages setup clean

help: ## List these commands
	@echo "Usage: make COMMAND"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/  make \1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

run: ## Install what is missing, prepare a demonstration, serve it at http://localhost:8000 (PORT=…)
	@$(PYTHON) tools/setup.py run
	@.venv/bin/python tools/serve_demo.py --port $(PORT) --workers $(WORKERS)

code: ## Print the one-time codes with which the demonstration's staff sign in
	@.venv/bin/python tools/demo_codes.py

test: ## Install what is missing, then run the gate that every change passes (ARGS="tests/areas -x" for some)
	@$(PYTHON) tools/setup.py test
	@.venv/bin/python -m pytest -n 2 --dist loadfile $(ARGS)

test-all: ## The same for the whole product: every page in a browser at every level, crowds, long properties
	@$(PYTHON) tools/setup.py test
	@.venv/bin/python -m pytest -n 2 --dist loadfile --whole $(ARGS)

lint: ## Check style, types and who imports whom
	@$(PYTHON) tools/setup.py packages
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

format: ## Put the code in the house layout
	@$(PYTHON) tools/setup.py packages
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

bench: ## Measure speed and size, print the table, write instance/bench.json
	@$(PYTHON) tools/setup.py bench
	@.venv/bin/python -m bench.run $(ARGS)

assets: ## Build styles, scripts and pictures into static/build
	@$(PYTHON) tools/setup.py assets

messages: ## Collect the words to translate, and compile the translations
	@$(PYTHON) tools/setup.py packages
	@.venv/bin/python -m tools.messages

setup: ## Install everything that running and testing need, and stop
	@$(PYTHON) tools/setup.py test

clean: ## Remove what these commands built (your data under instance/ stays)
	rm -rf .venv node_modules static/build
