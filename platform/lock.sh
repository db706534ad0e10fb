#!/bin/sh
# Resolves requirements/*.txt from pyproject.toml: every package with its hashes, for every Python and system we know,
# and without the address it came from. Pins that still fit stay; say UPGRADE=1 to take the newest of everything.
set -eu

lock() { # name of the file, then what goes into it
    echo "requirements/$1.txt" >&2
    out=requirements/$1.txt
    shift
    .venv/bin/uv pip compile --quiet "$@" ${UPGRADE:+--upgrade} --output-file "$out" \
        --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header >/dev/null
}

# All that is tested comes first; what runs is then held to the same versions.
lock dev pyproject.toml --extra aws --extra quality --extra scaffold --group build --group dev
lock run pyproject.toml --group build --constraints requirements/dev.txt
lock spark pyproject.toml --extra spark --group build --constraints requirements/dev.txt
lock lock --group lock
lock bench benchmarks/rivals.in --constraints requirements/dev.txt
