# One command for each wish. Everything else is in config/machine/.
PYTHON ?= python3
OURS = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check format bench lock run-with set-up set-up-tests

help:
	@echo "make demo        open the demo clinic on this machine"
	@echo "make demo-reset  forget the demo clinic's data"
	@echo "make test        run the whole suite           (make test ARGS='tests/unit -k name')"
	@echo "make check       run every static check"
	@echo "make format      bring code and templates into shape"
	@echo "make bench       measure, as ratios in one run (make bench ARGS=diary)"
	@echo "make run-with    run a command beside private engines (make run-with CMD='python manage.py shell')"
	@echo "make lock        write both lock files anew"

set-up:
	@$(PYTHON) -m config.machine.environment

set-up-tests:
	@$(PYTHON) -m config.machine.environment --tests

demo: set-up
	@$(OURS) -m config.machine.demo --stop-with-parent

demo-reset: set-up
	@$(OURS) -m config.machine.demo --forget

test: set-up-tests
	@$(OURS) -m config.machine.suite $(ARGS)

check: set-up
	@$(OURS) -m config.machine.check $(ARGS)

format: set-up
	@$(OURS) -m config.machine.format

bench: set-up
	@$(OURS) -m config.machine.with_services python -m benchmarks $(ARGS)

run-with: set-up
	@$(OURS) -m config.machine.with_services $(CMD)

lock: set-up
	@$(OURS) -m config.machine.lock
