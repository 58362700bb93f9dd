# `make demo` and `make test` need Python 3.11 or later and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO_INDEX ?= data/demo
DATA ?= ../shared/data

.PHONY: setup demo chat telegram-demo test check eval format clean

setup: $(READY)

# --no-deps: the lock is complete, so nothing that it does not name can come in.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pullquote needs Python 3.11 or later; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

demo: $(READY)
	$(BIN)/pullquote --index $(DEMO_INDEX) index build seeds
	@echo
	$(BIN)/pullquote --index $(DEMO_INDEX) ask "who leads the NRF?" \
	    "how many people live in Panjshir?" "Who won the 2018 World Cup?"

chat: $(READY)
	@test -e $(DEMO_INDEX)/CURRENT || $(BIN)/pullquote --index $(DEMO_INDEX) index build seeds
	@$(BIN)/pullquote --index $(DEMO_INDEX) chat

telegram-demo: $(READY)
	@test -e $(DEMO_INDEX)/CURRENT || $(BIN)/pullquote --index $(DEMO_INDEX) index build seeds
	$(BIN)/python -m docs.draw_telegram --index $(DEMO_INDEX)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(READY) check
	$(BIN)/pytest

# The table of docs/evaluation.md. Embedding all the articles takes most of an hour, once.
eval: $(READY)
	@$(BIN)/python -m benchmarks.evaluation $(DATA)

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) data/demo build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
