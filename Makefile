# make serve   the web application on http://127.0.0.1:8000
# make test    everything that must hold before a change goes in
#
# Needs git, make and Python 3.11 or newer; another Python: make serve PYTHON=python3.12

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve test browser lint format catalogues clean

serve: $(VENV)/.installed
	@$(BIN)/kb index
	@$(BIN)/kb serve --port $(PORT)

test: lint browser
	$(BIN)/pytest -q

# Installs a browser for the tests that need one where it may: on Debian, as root. Where it may not, the tests tell at
# their end which of them were left out.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing Chromium for the tests." && \
		apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	} || echo "There is no Chromium here: the tests in a browser are left out." >&2

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Brings the translations of the interface up to the texts in the code; those still to be written are empty then.
CATALOGUES := webapp/translations
catalogues: $(VENV)/.installed-dev
	$(BIN)/pybabel -q extract -F pyproject.toml -k N_ -k counted:2,3 --no-wrap --no-location --sort-output \
		-o $(VENV)/messages.pot kb webapp
	$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d $(CATALOGUES) --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -d $(CATALOGUES)

clean:
	rm -rf $(VENV) var/index .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The stamps are written last: an installation that failed half-way is tried again.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.created
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.created
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(VENV)/.installed $@
