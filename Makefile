# Everything a developer or a new user runs. Each target sets up what it needs in .venv first: Python 3.11 or newer,
# with its venv module, is all that must be there.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PEERS := .venv-peers
AUDIT := .venv-audit
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
EXAMPLE := examples/kapal-selat-bali
CLUSTERS ?= $(patsubst %/cluster.json,%,$(wildcard $(foreach folder,../shared/evaluation/clusters evaluation/clusters examples,$(folder)/*/cluster.json)))
FLOORS := evaluation/floors.json
# the processes of a worker pool share the cores; a pool of threads inside each would only get in their way
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help demo trial serve test check lint-contract evaluate floors docs bench bench-peers reliability fuzz fuzz-contract
.PHONY: measure openapi
.PHONY: release-contract client sbom audit lock image

help:  ## say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/it' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.service: requirements/build.txt requirements/service.txt pyproject.toml | $(BIN)/python
	@$(PIP) install --quiet --require-hashes -r requirements/build.txt
	@$(PIP) install --quiet --require-hashes -r requirements/service.txt
	@PYTHONWARNINGS=ignore $(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements/development.txt $(VENV)/.service
	@$(PIP) install --quiet --require-hashes -r requirements/development.txt
	@touch $@

demo: $(VENV)/.service  ## print the conflicts between the example articles
	@$(BIN)/kroscek analyze $(EXAMPLE)

trial:  ## time a new user: clone, make demo, a conflict on the screen, with nothing of this machine's set up
	@deploy/trial.sh

serve: $(VENV)/.service  ## serve on 127.0.0.1:$(PORT)
	@PORT=$(PORT) $(BIN)/kroscek serve

test: $(VENV)/.development  ## run the tests, on all cores
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(VENV)/.development  ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-contract: $(VENV)/.development  ## validate openapi.yaml, and lint it where npm is there
	$(BIN)/openapi-spec-validator openapi.yaml
	@if command -v npm >/dev/null; then \
		npm ci --prefix .ci/spectral --ignore-scripts --no-audit --no-fund --silent \
		&& .ci/spectral/node_modules/.bin/spectral lint openapi.yaml --ruleset .ci/spectral/ruleset.yaml --fail-severity warn; \
	else echo 'npm is not here: openapi.yaml was validated, not linted'; fi

evaluate: $(VENV)/.service  ## score the gold clusters and hold the figures against their floors
	@$(BIN)/kroscek evaluate --floors $(FLOORS) $(CLUSTERS)

floors: $(VENV)/.service  ## keep the figures as data, and raise the floors to those that rose
	@$(BIN)/kroscek evaluate --json --floors $(FLOORS) --raise-floors $(CLUSTERS) > evaluation/results/clusters.json

docs: $(VENV)/.service  ## run the examples of the docs, and write what they really print
	@$(BIN)/python -m docs.examples

bench: $(VENV)/.development  ## measure the cost of an article, stage by stage, and how checking grows with the claims
	@$(BIN)/python -m benchmarks.stages
	@$(BIN)/python -m benchmarks.growth
	@$(MAKE) --silent bench-peers

bench-peers: $(VENV)/.development  ## measure the service beside Presidio and a bare Flask server, in one run
	@$(MAKE) --silent $(PEERS)/.installed || echo 'the peers cannot be installed: the result says what is left out'
	@$(BIN)/python -m benchmarks.peers

$(PEERS)/.installed: requirements/peers.txt
	@$(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r $<
	@touch $@

reliability: $(VENV)/.development  ## try what goes wrong: load, kills, slow clients, a soak; figures are kept as data
	@$(BIN)/python -m benchmarks.reliability

fuzz: $(VENV)/.development  ## put 100,000 generated articles through every stage; figures are kept as data
	@$(BIN)/python -W ignore -m benchmarks.fuzzing

fuzz-contract: $(VENV)/.development  ## put over 5,000 generated requests to the service
	@KROSCEK_GENERATED_REQUESTS=1300 $(BIN)/python -m pytest -q tests/api/generated_requests.py

measure:  ## take all figures, one after the other, on a machine that does nothing else; says which fall short
	@failed=; for what in reliability bench-peers fuzz-contract fuzz; do \
		began=$$(date +%s); echo "--- $$what"; $(MAKE) --silent $$what || failed="$$failed $$what"; \
		echo "    $$what: $$(($$(date +%s) - began)) s"; \
	done; [ -z "$$failed" ] || { echo "failed:$$failed"; exit 1; }

openapi: $(VENV)/.service  ## write openapi.yaml out from schemas/ and service/api/
	@$(BIN)/python -m service.contract

client: $(VENV)/.development  ## make the typed Python client from openapi.yaml, as a wheel in dist/
	@$(BIN)/python -m clients.python.build dist

release-contract: $(VENV)/.service  ## make openapi.yaml the contract that later ones must not break
	@$(BIN)/python -m contracts --release

$(AUDIT)/.installed: requirements/audit.txt
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r $<
	@touch $@

sbom: $(AUDIT)/.installed  ## write what the service is made of to build/sbom.json (CycloneDX)
	@mkdir -p build
	@$(AUDIT)/bin/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application --output-reproducible \
		--of JSON --output-file build/sbom.json requirements/service.txt
	@echo 'build/sbom.json'

audit: $(AUDIT)/.installed  ## look for known faults in the dependencies, extras too; error 3 where nobody can be asked
	@AUDIT=$(AUDIT)/bin/pip-audit deploy/audit.sh requirements/telemetry.txt

COMPILE := $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: $(VENV)/.development  ## pin the dependencies with hashes
	@$(COMPILE) --build-deps-for editable --only-build-deps --output-file requirements/build.txt pyproject.toml
	@$(COMPILE) --output-file requirements/service.txt pyproject.toml
	@$(COMPILE) --extra development --output-file requirements/development.txt pyproject.toml
	@$(COMPILE) --extra telemetry --output-file requirements/telemetry.txt pyproject.toml
	@$(COMPILE) --output-file requirements/audit.txt requirements/audit.in
	@$(COMPILE) --output-file requirements/peers.txt requirements/peers.in

image:  ## build and try the container image with buildah
	@deploy/build-image.sh
