#!/bin/sh
# Makes .cache/rivals ready: what we are measured against, never beside what we install ourselves. Done once per set of
# pins. Where it cannot be done, the rest is measured all the same, and the page says who is missing.
set -eu

venv=.cache/rivals
wanted=$(cat requirements/bench.txt | git hash-object --stdin)
if [ "$(cat "$venv/ready" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi
echo "Installing what requirements/bench.txt pins (once; some 500 MB)" >&2
rm -f "$venv/ready"
if .venv/bin/python -m venv "$venv" &&
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 \
        "$venv/bin/python" -m pip install --quiet --no-warn-script-location --require-hashes -r requirements/bench.txt; then
    printf '%s' "$wanted" >"$venv/ready"
else
    echo "lakemesh: the rivals could not be installed; see the lines above (no network?). Ours and DuckDB are measured." >&2
fi
