# Everything a newcomer needs: `make run` and `make test`. Both set up their own virtual environment first.
PYTHON ?= python3
PORT ?= 8501
CAMPAIGN_RUNS ?= 500
FUZZ_SECONDS ?= 120
VENV := .venv
BIN := $(VENV)/bin
BENCH := benchmarks/.venv
BENCH_OPTIONS ?= --out docs/benchmarks
# One process more than cores, since many tests wait for a browser or a server; whoever is idle takes over what waits.
AT_ONCE = -n $$($(BIN)/python -c 'import os; print(min((os.cpu_count() or 1) + 1, 5))') --dist worksteal
# Whose coverage is measured: what sends, records and speaks HTTP. It costs half as much time again, so only there.
MEASURED = tests/runs tests/journal tests/webflow tests/test_settings.py

.PHONY: run test campaign fuzz bench check lock words clean

# Start the app on this computer, with the built-in demo site. It answers to names of this computer only, so that no page
# of another name reaches it from a browser here (DNS rebinding).
run: $(VENV)/.app-ready
	$(BIN)/streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT) --server.headless true \
		--server.allowedHosts 127.0.0.1 --server.allowedHosts localhost

# Run every test: those in a real browser and on both databases included, brought along where they are missing.
test: $(VENV)/.dev-ready
	CHROMIUM="$$($(BIN)/python -m tests.equipment)" && export CHROMIUM && \
	$(BIN)/python -m pytest $(AT_ONCE) $(addprefix --ignore=,$(MEASURED)) && \
	$(BIN)/python -m pytest $(AT_ONCE) --cov --cov-report=term:skip-covered -- $(MEASURED)

# Kill and freeze runs on both databases for about ten minutes; `make test` has a short form of it.
campaign: $(VENV)/.dev-ready
	CAMPAIGN_RUNS=$(CAMPAIGN_RUNS) $(BIN)/python -m pytest tests/campaign

# Let atheris look for files and cells that make a reader raise; what it finds, and what led it there, is kept in data/fuzz.
fuzz: $(VENV)/.dev-ready
	$(BIN)/python -m tests.fuzz readers --seconds $(FUZZ_SECONDS)
	$(BIN)/python -m tests.fuzz columns --seconds $(FUZZ_SECONDS)

# Measure beside peers, for an hour or so, in an environment of its own; BENCH_OPTIONS="--only csv --rows 10000" takes a part.
bench: $(BENCH)/.ready
	$(BENCH)/bin/python -m benchmarks $(BENCH_OPTIONS)

# Check style and types.
check: $(VENV)/.dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The newest releases that requirements.txt allows, with hashes, for every Python and system; and their licences.
lock: $(VENV)/.dev-ready
	$(BIN)/uv pip compile requirements.txt --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-emit-index-url --custom-compile-command "make lock" --quiet --output-file requirements.lock
	$(BIN)/python -m tests.licences

# What the code says, into the catalogues of translations: new texts come without one, and what is said no more goes.
words: $(VENV)/.app-ready
	$(BIN)/pybabel -q extract -k say -k later -k count:2,3 -k say_many:2,3 --add-location=file --sort-by-file \
		--project=Flowsheet -o $(VENV)/words.pot app.py pages lib
	for catalogue in lib/words/*.po; do \
		$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
			-i $(VENV)/words.pot -l $$(basename $$catalogue .po) -o $$catalogue; \
	done

$(VENV)/.app-ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Flowsheet needs Python 3.11 or newer, this is %d.%d. Try: make PYTHON=python3.12 ..." % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev-ready: requirements-dev.txt $(VENV)/.app-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(BENCH)/.ready: benchmarks/requirements.txt requirements.txt
	test -x $(BENCH)/bin/pip || $(PYTHON) -m venv --clear $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	if command -v npm; then npm install --silent --no-audit --no-fund --no-package-lock --prefix benchmarks/peers/node; fi
	touch $@

clean:
	rm -rf $(VENV) $(BENCH) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
