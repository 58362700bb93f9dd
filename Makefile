# `make demo` and `make test` need Python 3.11 or later and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUN_VENV ?= .venv-run
RUN_READY := $(RUN_VENV)/.ready
TORCH ?=
DEMO_INDEX ?= data/demo
DATA ?= ../shared/data

.PHONY: setup setup-run demo chat telegram-demo test quick golden mutants check eval format lock clean asked

# What the tests need, and what trains and measures. TORCH=cuda: torch with CUDA, not for the CPU.
setup: $(READY)

# What building, asking, chat and the Telegram bot need: less than a third of the size, without torch.
setup-run: $(RUN_READY)
	@echo "Try: $(RUN_VENV)/bin/pullquote --help"

$(READY): requirements.lock requirements-torch.lock pyproject.toml $(if $(TORCH),asked)
	$(call environment,$(VENV))
	$(BIN)/python -m tools.setup_env full --torch "$(TORCH)"
	@touch $@

$(RUN_READY): requirements-run.lock pyproject.toml
	$(call environment,$(RUN_VENV))
	$(RUN_VENV)/bin/python -m tools.setup_env run
	@touch $@

define environment
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pullquote needs Python 3.11 or later; try: make PYTHON=python3.12")'
$(PYTHON) -m venv $(1)
endef

# A torch that is asked for by name is looked at again.
asked:

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

# What needs no model, no process and no server: under a minute, for while you work.
quick: $(READY)
	$(BIN)/pytest -m "not model and not slow"

# Writes down anew what comes of the golden questions; tests/golden/test_golden.py says when.
golden: $(READY)
	PULLQUOTE_RENEW_GOLDEN=1 $(BIN)/pytest tests/golden
	git diff --stat tests/golden/signature.jsonl

# Whether a mistake in a line that matters is found by a test: one mistake after the other.
mutants: $(READY)
	$(BIN)/python -m tests.mutants

# The table of docs/evaluation.md. Embedding all the articles takes most of an hour, once.
eval: $(READY)
	@$(BIN)/python -m benchmarks.evaluation $(DATA)

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The locks anew, at the versions that they name; UPGRADE=1: at the newest.
lock: $(READY)
	$(BIN)/python -m tools.locks $(if $(UPGRADE),--upgrade)

clean:
	rm -rf $(VENV) $(RUN_VENV) data/demo build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
