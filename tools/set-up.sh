#!/bin/sh
# Sets up what a task needs, once: set-up.sh [platform|test|bench|web|suggest|lock]...
# A part is set up again when the file it was made from changes. What the tools say goes to .venv/set-up.log.
set -eu
cd "$(dirname "$0")/.."
log=.venv/set-up.log

say() { printf '%s\n' "$*" >&2; }

# The word of a failed step: one sentence, by what its output holds.
fail() {
    if grep -qiE 'No space left on device|os error 28' "$log" 2>/dev/null; then
        say "Rondo cannot be set up: the disk that holds $(pwd) is full. Make room on it and try again."
    elif grep -qiE 'dns error|failed to lookup|name resolution|connect(ion)? (error|refused|timed out|broken)|could not connect|error sending request|client error|Max retries|No matching distribution found for uv|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|network' "$log" 2>/dev/null; then
        say "Rondo cannot be set up: the package index cannot be reached. Check the network (or the proxy settings) and try again; it is needed this once."
    else
        say "Rondo cannot be set up: $1 failed. What it said is in $log."
    fi
    exit 1
}

python_of_the_machine() {
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    say "Rondo cannot be set up: it needs Python 3.11 or newer, and $("${PYTHON:-python3}" --version 2>/dev/null || echo none) was found. Install one, or name it: make PYTHON=/path/to/python3."
    exit 1
}

current() { [ -f ".venv/stamp-$1" ] && [ "$(cat ".venv/stamp-$1")" = "$2" ]; }
stamp() { echo "$2" > ".venv/stamp-$1"; }
digest() { cat "$@" | cksum; }

environment() {
    if [ ! -x .venv/bin/uv ]; then
        python=$(python_of_the_machine)
        say "Setting up Rondo (once; about a minute) ..."
        mkdir -p .venv 2>/dev/null || { say "Rondo cannot be set up: the folder $(pwd) is not writable or its disk is full."; exit 1; }
        "$python" -m venv .venv > "$log" 2>&1 || {
            if grep -q ensurepip "$log"; then
                say "Rondo cannot be set up: this Python has no venv module. Install it (on Debian: apt-get install python3-venv) and try again."
                exit 1
            fi
            fail "making the Python environment"
        }
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 \
            --require-hashes -r requirements/uv.txt >> "$log" 2>&1 || fail "installing uv"
    fi
}

packages() { # packages NAME: requirements/NAME.txt and Rondo itself, compiled: every process starts in a third of the time
    want=$(digest "requirements/$1.txt" pyproject.toml)
    current "$1" "$want" && return
    environment
    [ "$1" = platform ] || say "Installing what '$1' needs ..."
    UV_HTTP_RETRIES=1 .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes \
        -r "requirements/$1.txt" > "$log" 2>&1 || fail "installing packages"
    .venv/bin/uv pip install --quiet --python .venv/bin/python --offline --no-deps --no-build-isolation -e . \
        >> "$log" 2>&1 || fail "installing Rondo"
    # Some packages hold files that no Python can read; they are not ours to mend.
    .venv/bin/python -m compileall -q -j 0 -x '/tests?/' .venv/lib/python3*/site-packages shared services > /dev/null 2>&1 || true
    stamp "$1" "$want"
}

web() {
    [ -f web/package.json ] || return 0
    packages platform
    want=$(digest web/package-lock.json requirements/platform.txt)
    if ! current npm "$want" || [ ! -d web/node_modules ]; then
        say "Installing what the pages are built with ..."
        tools/npm.sh ci --no-audit --no-fund --fetch-retries=1 --fetch-retry-mintimeout=500 > "$log" 2>&1 ||
            fail "npm ci"
        stamp npm "$want"
    fi
    want=$(find web shared/catalogue shared/judging.json -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' \
        -not -path 'web/test-results/*' -exec cksum {} + 2>/dev/null | sort | cksum)
    if ! current web "$want" || [ ! -d web/dist ]; then
        say "Building the pages ..."
        tools/npm.sh run --silent build > "$log" 2>&1 || fail "building the pages"
        stamp web "$want"
    fi
}

lock() {
    environment
    compile() {
        out=$1
        shift
        .venv/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
            --no-emit-index-url --no-emit-find-links --no-annotate --no-header "$@" -o "requirements/$out.txt"
    }
    compile platform --group embedded --group set-up
    compile test --group embedded --group set-up --group dev -c requirements/platform.txt
    compile bench --group embedded --group set-up --group dev --group bench -c requirements/test.txt
    echo uv | .venv/bin/uv pip compile - --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header -o requirements/uv.txt
}

for part in "$@"; do
    case $part in
        platform | test | bench) packages "$part" ;;
        web) web ;;
        suggest)
            environment
            .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --require-hashes \
                -r requirements/suggest.txt > "$log" 2>&1 || fail "installing the extra for suggested groups"
            ;;
        lock) lock ;;
        *) say "set-up.sh: $part is not one of platform, test, bench, web, suggest, lock"; exit 2 ;;
    esac
done
