#!/bin/sh
# Writes .env with fresh secrets for docker-compose.yml; refuses to overwrite one.
set -eu
cd "$(dirname "$0")/.."
if [ -e .env ]; then
    echo ".env is there already; its secrets are kept. Move it away to make new ones." >&2
    exit 1
fi
# A letter first: NATS would read a word of digits as a number.
word() { printf s; od -An -tx1 -N24 /dev/urandom | tr -d ' \n'; }
umask 077
{
    cat deploy/.env.example | sed -n '/^#/p; /^$/p; /^[A-Z_]*=./p'
    for name in $(sed -n 's/^\([A-Z_]*\)=$/\1/p' deploy/.env.example); do
        case $name in
            KEYS_MASTER_KEY) echo "$name=$(head -c 32 /dev/urandom | base64)" ;;
            *) echo "$name=$(word)" ;;
        esac
    done
} > .env
echo "Wrote .env. Keep KEYS_MASTER_KEY somewhere safe as well: without it, sealed words stay sealed." >&2
