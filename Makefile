# `make run` starts Coach and `make test` passes the tests, each after installing what is missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench picture lock system system-test clean
.DEFAULT_GOAL := run

run: system $(VENV)/run.stamp
	@$(BIN)/coach

test: system-test $(VENV)/test.stamp
	$(BIN)/python -m pytest

check: $(VENV)/test.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.bench

picture: $(VENV)/test.stamp
	$(BIN)/python -m tests.tui.picture docs/practice.svg

# Libraries that only the system has. Where they may not be installed, the command is named and Coach goes on
# without sound.
system:
	@sh .ci/system libportaudio.so.2=libportaudio2 libespeak-ng.so.1=libespeak-ng1

# The tests' own sound card and voices; the tests that need them are skipped where they are missing.
system-test: system
	@sh .ci/system flite sox tmux pulseaudio pactl=pulseaudio-utils libasound_module_pcm_pulse.so=libasound2-plugins

$(VENV)/bin/python:
	@sh .ci/system --python $(PYTHON)
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@echo "Preparing the measures of pitch, once; this takes about half a minute."
	@$(BIN)/python -c 'from coach.warming import warm_up; warm_up()'
	@touch $@

$(VENV)/test.stamp: tests/requirements.txt $(VENV)/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@

# Needs uv.
lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url --quiet --output-file requirements.txt
	uv pip compile pyproject.toml --group build --group dev --constraint requirements.txt --universal \
	    --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet \
	    --output-file tests/requirements.txt

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
