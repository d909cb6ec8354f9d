# Everything is one command; the first run of each also installs what it needs.
# Variables reach the programs: PORT=8001 make demo, PYTHON=python3.12 make test.
PYTHON ?= python3
RUN = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo test check bench messages

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

demo: export DEMO = true
demo: export HTTPS = false
demo: export SITE_URL ?= http://127.0.0.1:$(or $(PORT),8000)
demo: ## Start everything with invented data on http://127.0.0.1:8000/ (PORT=… for another)
	@$(PYTHON) -m marketplace.bootstrap run && exec $(RUN) manage.py demo

test: ## Run the tests
	@$(PYTHON) -m marketplace.bootstrap dev && exec $(RUN) -m pytest --numprocesses 2 $(ARGS)

check: ## Check style, types, layers, templates, migrations and deployment settings
	@$(PYTHON) -m marketplace.bootstrap dev
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check
	@find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	@$(RUN) -c 'from importlinter.cli import lint_imports_command as check; check()'
	@$(RUN) -m mypy
	@$(RUN) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@$(RUN) manage.py check --deploy --fail-level WARNING

bench: ## Time the pages of invented markets of 10,000 and 100,000 solutions (SIZE=… for another)
	@$(PYTHON) -m marketplace.bootstrap run && \
		MARKETPLACE_DATA=.data/bench DEMO=true HTTPS=false exec $(RUN) manage.py bench $(SIZE)

messages: ## Collect the texts to translate into locale/, and compile them
	@$(PYTHON) -m marketplace.bootstrap dev
	@$(RUN) -m babel.messages.frontend --quiet extract --mapping-file pyproject.toml --no-location \
		--keywords gettext_lazy --keywords ngettext_lazy:1,2 --keywords pgettext_lazy:1c,2 \
		--sort-output --omit-header --output-file .data/django.pot .
	@$(RUN) -m babel.messages.frontend --quiet update --domain django --locale en \
		--no-fuzzy-matching --ignore-obsolete --width 100 --input-file .data/django.pot --output-dir locale
	@$(PYTHON) -m marketplace.bootstrap dev
