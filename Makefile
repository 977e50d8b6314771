# Short names for the two commands of the README.
.PHONY: demo test format docs

demo: ; bash .ci/demo
test: ; bash .ci/test
format: ; .venv/bin/ruff check --fix . ; .venv/bin/ruff format .
docs: ; .venv/bin/python docs/make.py
