# The first that runs: a name may be there without an interpreter behind it.
PYTHONS := python3.11 python3.12 python3.13
PYTHON ?= $(shell for name in $(PYTHONS) python3; do $$name -c '' 2>/dev/null && echo $$name && break; done)
VENV := .venv
BIN := $(VENV)/bin
# For development, unless the environment says otherwise; a SECRET_KEY in .env makes `make run` a production server.
ifeq ($(origin DEBUG),undefined)
DEBUG := 1
run: DEBUG := $(shell grep -qs '^SECRET_KEY=.' .env && { sed -n 's/^DEBUG=//p' .env | grep . || echo 0; } || echo 1)
endif
export DEBUG
# What pip leaves to its first use is compiled then and kept, even where the environment says otherwise, as CI's may:
# each of the many processes that tests start would compile Django anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test coverage test-slow test-postgresql check bench bench-pages bench-learning clients faults live format lint types schema record texts lock clean

help:  ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1\t/' | expand -t 25

run: $(VENV)/.installed  ## From a fresh clone to a running server
	@$(BIN)/python manage.py migrate --verbosity 0
	@case "$(DEBUG)" in 0|[Ff]alse|[Nn]o|[Oo]ff) $(BIN)/python manage.py collectstatic --noinput --verbosity 0;; esac
	@$(BIN)/python manage.py prepare_model
	@$(BIN)/python manage.py ensure_demo_account
	@nice -n 19 $(BIN)/python manage.py prepare_for_phones >/dev/null 2>&1 &
	@exec $(BIN)/python manage.py serve

test: $(VENV)/.installed-dev  ## Run the tests
	$(BIN)/python -m pytest -q --numprocesses 3

# Apart, because counting branches makes the tests take half as long again.
coverage: $(VENV)/.installed-dev  ## Run the tests, and list what they missed; fails below the floor in pyproject.toml
	$(BIN)/python -m pytest -q --numprocesses 3 --cov

test-slow: $(VENV)/.installed-dev  ## Run the tests that take minutes or gigabytes
	$(BIN)/python -m pytest -q -m slow

check: $(VENV)/.installed-dev lint types  ## All that CI runs
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	DEBUG=0 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=example.org \
		BEHIND_TLS_PROXY=1 $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null
	$(MAKE) test

# All others are refused a connection. The narrow windows of a browser show what the wide ones do, from the same rows.
test-postgresql: $(VENV)/.installed-dev  ## Run all tests that may meet a database on a PostgreSQL made for them
	.ci/with_postgresql $(BIN)/python -m pytest -q --numprocesses 3 -m "database and not slow" -k "not 390"

bench: $(VENV)/.installed-dev  ## Measure server and peers side by side, history, memory; about 25 minutes
	$(BIN)/python -m benchmarks.peers --save
	@for script in chart profile history endurance decoding photos_through_api on_phones answers quality \
		explanations comparison; do \
		$(BIN)/python -m benchmarks.$$script || exit 1; done

bench-pages: $(VENV)/.installed-dev  ## Measure each page with a million predictions; some minutes, 1 GB
	$(BIN)/python -m benchmarks.pages

bench-learning: $(VENV)/.installed-dev  ## Measure what corrections are worth, and what they make a model forget; about 15 minutes
	$(BIN)/python -m benchmarks.learning --save

clients: $(VENV)/.installed-dev  ## Generate clients from the schema, and try each on a real server; some minutes the first time
	$(BIN)/python -m clients

faults: $(VENV)/.installed-dev  ## Break the server in every way promised against; each case prints how long it took
	$(BIN)/python -m faults

live: $(VENV)/.installed-dev  ## Start nginx, gunicorn and PostgreSQL from deploy/, and try all of it; some minutes
	$(BIN)/python -m live

format: $(VENV)/.installed-dev  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/typos

types: $(VENV)/.installed-dev
	$(BIN)/mypy

schema: $(VENV)/.installed-dev  ## Write the API's schema anew
	$(BIN)/python manage.py spectacular --file docs/openapi.yaml

record: $(VENV)/.installed-dev  ## Write anew what settings, the API and its other clients' dialects are on record to say
	$(BIN)/python -m classifier_project.reference
	RECORD=1 $(BIN)/python -m pytest -q classifier/tests/compat -k sends
	RECORD=1 $(BIN)/python -m pytest -q classifier/tests/compat classifier/tests/api classifier/tests/test_errors.py \
		-k "answered or examples or page_of_errors"

texts: $(VENV)/.installed  ## Collect the texts to translate, and compile the translations; needs gettext
	@for folder in classifier/locale/*/LC_MESSAGES; do \
		language=$$(basename $$(dirname $$folder)); \
		$(BIN)/python manage.py makemessages --locale $$language --no-obsolete --add-location file --no-wrap \
			--ignore 'classifier/tests/*' --ignore $(VENV) || exit 1; \
		msgfmt --check-format --statistics --output-file $$folder/django.mo $$folder/django.po || exit 1; done

lock:  ## Write the lock files anew from the requirements; UPGRADE=--upgrade takes newer versions
	@PYTHON=$(PYTHON) .ci/lock $(UPGRADE)

clean:  ## Remove the virtual environment; data stays
	rm -rf $(VENV) staticfiles

$(VENV)/bin/python:
	@found=$$($(PYTHON) -c 'import sys; print("python%d.%d" % sys.version_info[:2])' 2>/dev/null); \
	case " $(PYTHONS) " in *" $$found "*) ;; *) echo "This needs one of $(PYTHONS); PYTHON is $${found:-none of them}."; \
		echo "Install one, or say where it is: make PYTHON=/path/to/python run"; exit 1;; esac
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock | $(VENV)/bin/python
	@echo "Installing the requirements into $(VENV); the first time takes some minutes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --no-compile --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.installed
