#!/bin/sh
# Make the environment FOLDER with PYTHON, unless one that works is there: `environment.sh FOLDER
# PYTHON asked|default`. One of another Python, one that was moved and one that is broken are made
# anew; a Python that was not asked for by name changes none that works.
set -eu
folder=$1 python=$2 asked=$3
made=$folder/.made  # what it was made of, as `describe` says it
describe='import sys; print("%d.%d" % sys.version_info[:2]); print(sys.base_prefix)'
whole="$describe; import pip; print(sys.prefix)"
ask='name it, as in "make demo PYTHON=python3.13".'

if [ -f "$made" ]; then
    here=$("$folder/bin/python" -c "$whole" 2>/dev/null) || here=
    if [ "$here" = "$(cat "$made")" ]; then
        [ "$asked" = default ] && exit 0
        [ "$("$python" -c "$describe" 2>/dev/null)" = "$(head -n 2 "$made")" ] && exit 0
    fi
fi

if ! version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null); then
    if command -v "$python" >/dev/null; then version="broken"; else version="not to be found"; fi
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "cable-tui needs Python 3.11 or newer, and $python is $version." >&2
    for newer in python3.14 python3.13 python3.12 python3.11; do
        if "$newer" -c 'import sys' 2>/dev/null; then
            echo "There is a newer one here: make demo PYTHON=$newer" >&2
            exit 1
        fi
    done
    echo "Install one from your system's packages or python.org. If it is not python3, $ask" >&2
    exit 1
fi

if [ -e "$folder" ]; then
    echo "Setting up cable-tui in $folder anew: it is of another Python, was moved, or is broken."
else
    echo "Setting up cable-tui in $folder, once: this takes half a minute."
fi
"$python" -m venv --clear "$folder"
"$folder/bin/python" -c "$whole" >"$made"
