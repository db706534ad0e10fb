#!/bin/sh
# Makes .venv ready for what `make` is about to do: `run` for the platform itself, `dev` for its tests, `lock` for pins.
# Done once per set of pinned requirements; after that it costs two comparisons and needs no network.
set -eu

kind=$1
venv=.venv

stop() {
    echo "lakemesh: $1" >&2
    exit 1
}

fits() { # a Python that starts and is new enough: a shim may be there and start nothing
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || stop "PYTHON=$PYTHON is not a Python 3.11 or later; install one from python.org or your package manager."
        echo "$PYTHON"
        return
    fi
    for name in python3.13 python3.12 python3.11 python3; do
        if fits "$name"; then
            echo "$name"
            return
        fi
    done
    stop "Python 3.11 or later is needed and none was found; install python3 (and python3-venv on Debian), or say PYTHON=/path/to/it."
}

version() {
    "$1" -c 'import sys; print(sys.version_info[:2])'
}

command -v git >/dev/null 2>&1 || stop "git is needed and was not found; install git 2.25 or later."
case $(git version) in
    "git version "[01].* | "git version 2."[0-9].* | "git version 2."1[0-9].* | "git version 2."2[0-4].*)
        stop "git 2.25 or later is needed and this is $(git version); install a newer git."
        ;;
esac

# What is installed follows from these files and from where this folder lies, not from anybody's clock.
wanted="$(cat "requirements/$kind.txt" pyproject.toml platform/setup.sh | git hash-object --stdin) $(pwd -P)"
ready="$venv/ready-for-$kind"
if [ -x "$venv/bin/python" ] && [ "$(cat "$ready" 2>/dev/null)" = "$wanted" ]; then
    [ -n "${PYTHON:-}" ] || exit 0
    python=$(find_python)
    [ "$(version "$python")" != "$(version "$venv/bin/python")" ] || exit 0
fi

python=$(find_python)
again=
if [ -e "$venv" ]; then
    lies=$(cat "$venv/lies-in" 2>/dev/null || pwd -P)
    fits "$venv/bin/python" || again=--clear
    [ "$lies" = "$(pwd -P)" ] || again=--clear
    [ -z "${PYTHON:-}" ] || [ "$(version "$python")" = "$(version "$venv/bin/python" 2>/dev/null)" ] || again=--clear
fi
if [ ! -e "$venv" ] || [ -n "$again" ]; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "this Python cannot make virtual environments; install python3-venv (Debian, Ubuntu) for $python."
    echo "Setting up .venv with $("$python" --version)" >&2
    "$python" -m venv $again "$venv" || stop "the virtual environment could not be made; install python3-venv (Debian, Ubuntu) for $python."
    pwd -P >"$venv/lies-in"
fi
rm -f "$ready"

pip() { # a person's own settings must not move the installation elsewhere
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 \
        "$venv/bin/python" -m pip install --quiet --no-warn-script-location "$@"
}
echo "Installing what requirements/$kind.txt pins (once; a minute or two where nothing is cached)" >&2
pip --require-hashes -r "requirements/$kind.txt" ||
    stop "the installation did not finish; see the lines above (no network?), then run the same make again."
[ "$kind" = lock ] || pip --no-deps --no-index --no-build-isolation --editable . ||
    stop "lakemesh itself could not be installed; see the lines above."
printf '%s' "$wanted" >"$ready"
