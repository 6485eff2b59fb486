#!/bin/sh
# Makes sure that the browser tests find Debian's Chromium, or says in one line that they will be skipped. Its headless
# shell is looked for first: the same browser without windows takes a third less of the processor.
set -eu
command -v chromium-headless-shell > /dev/null 2>&1 && exit 0
there=$(command -v chromium || command -v chromium-browser || true)
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null 2>&1; then
    [ -n "$there" ] || echo "The browser tests are skipped: they need chromium (on Debian: apt-get install chromium)." >&2
    exit 0
fi
log=$(mktemp)
installed() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$1" >> "$log" 2>&1; }
echo "Installing Chromium for the browser tests ..." >&2
apt-get update > "$log" 2>&1 || true
if installed chromium-headless-shell || [ -n "$there" ] || installed chromium; then
    rm -f "$log"
else
    echo "The browser tests are skipped: chromium could not be installed ($log says why)." >&2
fi
