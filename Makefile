# Two commands do all the set-up: `make demo` and `make test`.

PYTHON ?= python3
PORT ?= 8501
# How many processes run the tests; tests/conftest.py deals them. With 0 they run in the one you start.
WORKERS ?= 2
BIN := .venv/bin

.PHONY: demo test check bench-quality bench-story bench-speed bench-throughput bench-growth bench-queries bench-app bench-contract bench-fuzz bench-mutants bundles words wheel release docs notebooks clean

demo: .venv/ready
	$(BIN)/kb demo --port $(PORT)

test: .venv/ready-dev check
	$(BIN)/python -m pytest --numprocesses $(WORKERS)

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# DATA is the folder of gold sets; see docs/benchmarks.md. ONLY="times/timebank_dev" takes one set.
bench-quality: .venv/ready
	$(BIN)/python -m benchmarks.quality $(DATA) $(if $(ONLY),--only $(ONLY))

# Long stories from ingest to digest, and events in several articles; ONLY="timelines/mj" takes one set.
bench-story: .venv/ready
	$(BIN)/python -m benchmarks.stories $(DATA) $(if $(ONLY),--only $(ONLY))

bench-speed: .venv/ready
	$(BIN)/python -m benchmarks.speed

# Articles a second by one process and by two, and what writing costs beside bare UNWIND statements, some minutes.
bench-throughput: .venv/ready
	$(BIN)/python -m benchmarks.throughput
	$(BIN)/python -m benchmarks.unwind

# What adding one article costs in graphs of different sizes, most of an hour; SIZES="1000,10000" takes five minutes.
bench-growth: .venv/ready
	$(BIN)/python -m benchmarks.growth $(if $(SIZES),--sizes $(SIZES))

# What each question of each screen costs in graphs of two sizes, a quarter of an hour.
bench-queries: .venv/ready
	$(BIN)/python -m benchmarks.queries $(if $(SIZES),--sizes $(SIZES))

# What the screens cost in a browser, beside plain pages with the same data, ten minutes.
bench-app: .venv/ready-dev
	$(BIN)/python -m benchmarks.app $(if $(SIZES),--sizes $(SIZES))

# Whether kb api answers as its OpenAPI says, by schemathesis, which is fetched; a minute.
bench-contract: .venv/ready-dev
	$(BIN)/python -m benchmarks.contract

# Hostile sources and texts by the hundred thousand, told by the number of each; CASES="1000000" takes some hours.
bench-fuzz: .venv/ready
	$(BIN)/python -m benchmarks.fuzz $(if $(CASES),--cases $(CASES))

# Which share of small changes to the reading of times the specs notice, ten minutes.
bench-mutants: .venv/ready
	$(BIN)/python -m benchmarks.trials.mutation --survivors

bundles: .venv/ready
	$(BIN)/python frontend/build.py

# Every marked text of the code into the catalogues of kb/words/locale, which a person then completes.
words: .venv/ready
	$(BIN)/python deploy/catalogues.py update

wheel: .venv/ready-dev bundles
	$(BIN)/python -m hatchling build -t wheel

# The documentation as a site, in dist/site. MkDocs is fetched.
docs: .venv/ready-dev
	$(BIN)/python deploy/site.py

# The notebooks of docs/notebooks, run anew.
notebooks: .venv/ready
	$(BIN)/python deploy/notebooks.py

# The wheel, checked by twine, and `kb demo` in a clean environment; beside it the licences and the bill of materials.
release: .venv/ready-dev bundles
	$(BIN)/python deploy/release.py

# The environment: exact pins with hashes, then this project as it stands here.
.venv/ready: requirements.txt pyproject.toml package-lock.json $(wildcard frontend/*) $(wildcard kb/words/locale/*/LC_MESSAGES/*.po)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt
	$(BIN)/python frontend/build.py
	$(BIN)/python deploy/catalogues.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	touch $@

# Pins are made anew with these; no download address is written.
.PHONY: pins
pins:
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-header -o requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-dev.txt requirements-dev.in
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-node.txt requirements-node.in
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-release.txt requirements-release.in

clean:
	rm -rf .venv node_modules kb/components/static kb/words/locale/*/LC_MESSAGES/*.mo dist .cache
