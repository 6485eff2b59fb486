#!/bin/sh
# Makes sure that the browser tests find Debian's Chromium, or says in one line that they will be skipped.
set -eu
command -v chromium > /dev/null 2>&1 && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null 2>&1; then
    echo "The browser tests are skipped: they need chromium (on Debian: apt-get install chromium)." >&2
    exit 0
fi
log=$(mktemp)
echo "Installing Chromium for the browser tests ..." >&2
if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } > "$log" 2>&1; then
    rm -f "$log"
else
    echo "The browser tests are skipped: chromium could not be installed ($log says why)." >&2
fi
