run-with:
	.venv/bin/python -m config.machine.with_services $(CMD)
.PHONY: run-with
