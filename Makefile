# Two commands matter: `make serve` and `make test`. Each sets up what it needs, once.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve admin demo test lint bench bench-intake clean

PORT ?= 8000
WORKERS ?= 2
TEST_JOBS ?= 2
RECORD ?= fixtures
ADMIN ?= make admin
# The one without windows: the whole browser takes a third more of the machine for the same pages.
CHROMIUM := /usr/bin/chromium-headless-shell
BROWSER := tests/browser/node_modules/made.stamp

# Images often turn this off. But a test run starts some hundred processes, and each would compile all of Django anew.
export PYTHONDONTWRITEBYTECODE :=

N ?= 100000
DATABASE ?= postgresql
SECONDS ?= 5

PY := .venv/bin/python
MANAGE := $(PY) manage.py
DEMO := DATABASE_URL=sqlite:///chancery-demo.sqlite3
STATIC := $(shell find events timeline -path '*/static/*' -type f 2>/dev/null)

# Granian would share a port that another server of ours holds, and readers would meet now this one, now that.
define PORT_IS_FREE
import socket
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listener.bind(("127.0.0.1", int("$(PORT)")))
except (OverflowError, ValueError):
    raise SystemExit("PORT is '$(PORT)': write a number below 65536.")
except OSError as error:
    raise SystemExit(f"Port $(PORT) cannot be had ({error.strerror}): PORT=8080 make serve takes another.")
endef
export PORT_IS_FREE

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

serve: .venv/run.stamp .env staticfiles/staticfiles.json ## set up, load the record and serve it on 127.0.0.1 (PORT=8000)
	@$(PY) -c "$$PORT_IS_FREE"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_record $(RECORD)
	@$(MANAGE) project_pending
	@echo
	@echo "  Explorer  http://127.0.0.1:$(PORT)/"
	@echo "  API       http://127.0.0.1:$(PORT)/api/v1/"
	@echo "  Docs      http://127.0.0.1:$(PORT)/api/v1/docs/"
	@echo "  Admin     http://127.0.0.1:$(PORT)/admin/   (a user for it: $(ADMIN))"
	@echo "  Ctrl-C stops the server. A warning of 44 threads is no trouble: docs/operating.md has why."
	@echo
	@$(MANAGE) project_pending --follow & $(MANAGE) run_imports --follow & MALLOC_ARENA_MAX=2 exec $(PY) -m granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers $(WORKERS) \
		--blocking-threads 44 --backpressure 1024 --no-ws --respawn-failed-workers --workers-kill-timeout 5 \
		--log-level warning config.wsgi:application

admin: .venv/run.stamp .env ## make a user for the admin
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createsuperuser

demo: ## serve the record with the Trump–Kim example, on a database of its own
	@$(DEMO) $(MAKE) --no-print-directory serve ADMIN="$(DEMO) make admin" \
		RECORD="fixtures fixtures/examples/trump-kim-2018"

test: lint $(BROWSER) ## lint, then run the whole suite on SQLite, and on PostgreSQL what reaches the database
	@echo "== on SQLite"
	@DATABASE_URL= $(PY) -m pytest -q -n $(TEST_JOBS) --dist worksteal
	@echo "== on PostgreSQL, what reaches the database, but for the browser, which sees nothing of it"
	@$(PY) tests/postgres.py pytest -q -n $(TEST_JOBS) --dist worksteal -m database --ignore=tests/browser

lint: .venv/dev.stamp ## check style and the direction of imports
	@$(PY) -m ruff check .
	@$(PY) -m pytest -q tests/test_architecture.py

bench: .venv/dev.stamp staticfiles/staticfiles.json ## measure the API over N=100000 made events (DATABASE=sqlite, SECONDS=5, KEEP=1, ONLY="detail,tile")
	@$(PY) -m tests.scale.bench --events="$(N)" --database="$(DATABASE)" --seconds="$(SECONDS)" --only="$(ONLY)" \
		$(if $(filter-out 0,$(KEEP)),--keep)

bench-intake: .venv/dev.stamp ## measure how well articles are read (TEXT=article.txt ON=2018-06-04, MISSES=1)
	@$(PY) -m tests.events.intake.bench $(TEXT) $(ON) $(if $(MISSES),--misses)

clean: ## remove what was installed and collected; databases and .env stay
	rm -rf .venv staticfiles tests/browser/node_modules .pytest_cache .ruff_cache .hypothesis .schemathesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What follows is made once, and again only when what it is made from has changed.

.venv/made.stamp:
	@set -e; \
	for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$name"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Chancery needs Python 3.11 or newer: install it, or name it (make PYTHON=/path/to/python3.12)." >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$found lacks venv: install it first (Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; \
	fi; \
	echo "Making .venv with $$($$found --version) …"; \
	"$$found" -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check uv 2>/dev/null \
		|| echo "uv cannot be had here: pip will do, only slower."
	@touch $@

# uv where it is, for it takes a third of the time. It leaves compiling to the first start, unlike pip.
define install
	@echo "Installing $(1) …"
	@if $(PY) -m uv --version >/dev/null 2>&1 && $(PY) -m uv pip install --quiet --compile-bytecode --python $(PY) -r $(1); then :; \
	else $(PY) -m pip install --quiet --disable-pip-version-check -r $(1); fi
	@touch $@
endef

.venv/run.stamp: requirements.txt .venv/made.stamp
	$(call install,requirements.txt)

.venv/dev.stamp: requirements-dev.txt requirements.txt .venv/made.stamp
	$(call install,requirements-dev.txt)

# Chromium, and the widgets that the feeds are drawn with. What is missing is installed, or named where it cannot be.
$(BROWSER): tests/browser/package.json tests/browser/package-lock.json
	@command -v npm >/dev/null || { \
		echo "The browser tests need Node and npm: install them first (Debian and Ubuntu: apt-get install npm)." >&2; exit 1; }
	@[ -x $(CHROMIUM) ] || { \
		if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
			echo "The browser tests need Chromium at $(CHROMIUM): install it first (Debian: apt-get install $(notdir $(CHROMIUM)))." >&2; \
			exit 1; \
		fi; \
		echo "Installing $(notdir $(CHROMIUM)) …"; \
		apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -q --no-install-recommends $(notdir $(CHROMIUM)) fonts-dejavu-core >/dev/null; }
	@echo "Installing tests/browser/package-lock.json …"
	@cd tests/browser && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

.env:
	@umask 077; printf '# Written by make serve; .env.example explains each line.\nDEVELOPMENT=true\nSECRET_KEY=%s\n' \
		"$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@

staticfiles/staticfiles.json: .venv/run.stamp $(STATIC) | .env
	@$(MANAGE) collectstatic --noinput --clear --verbosity 0
	@touch $@
