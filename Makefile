# Every target sets up what it needs by itself; see tools/set-up.sh.
# PORT=8080 serves at another port; EMPTY=1 starts without the demo district; PYTHON=... names the Python to use.
PORT ?= 8000
export PYTHON

.PHONY: up demo test test-webkit lint bench clean lock types

up:
	@tools/set-up.sh platform web
	@exec .venv/bin/rondo up --port $(PORT) $(if $(EMPTY),--empty)

demo:
	@tools/set-up.sh platform
	@exec .venv/bin/rondo demo sign-ins

test:
	@tools/set-up.sh test web
	@tools/browser.sh
	@tools/npm.sh run --silent test
	@exec .venv/bin/$(if $(ARGS),pytest $(ARGS),python tools/tests.py $(if $(AGAIN),--again))

# Taking notes in WebKit, as on an iPad: needs Debian's webkit2gtk-driver and xvfb.
test-webkit:
	@tools/set-up.sh test web
	@RONDO_TEST_WEBKIT=1 exec .venv/bin/pytest tests/web/test_webkit.py -rs $(ARGS)

lint:
	@tools/set-up.sh test web
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@tools/npm.sh run --silent lint
	@.venv/bin/python tools/hygiene.py

bench:
	@tools/set-up.sh bench web
	@exec .venv/bin/python -m tests.bench $(ARGS)

# The web's API types, from the services' own OpenAPI documents.
types:
	@tools/set-up.sh test
	@.venv/bin/python -m services.openapi
	@tools/npm.sh run --silent types

# New versions of everything that is installed from an index.
lock:
	@tools/set-up.sh lock

# Everything that was made here, except the platform's data in .rondo/.
clean:
	rm -rf .venv web/node_modules web/dist web/test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
