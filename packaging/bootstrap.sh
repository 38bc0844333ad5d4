#!/bin/sh
# Finds a Python that is new enough, and hands over to bootstrap.py (which looks for itself, too).
# PYTHON=... chooses one. -E -S: neither the user's Python settings nor packages matter here.
set -u
packaging=${0%/*}
venv=$packaging/../.venv

# The Python of an environment that was set up is the quickest to start.
if [ -z "${PYTHON:-}" ] && [ -x "$venv/bin/python" ]; then
    for stamp in "$venv"/beseda-*.stamp; do
        if [ -f "$stamp" ]; then
            exec "$venv/bin/python" -E -S "$packaging/bootstrap.py" "$@"
        fi
    done
fi

if [ -n "${PYTHON:-}" ]; then
    exec "$PYTHON" -E -S "$packaging/bootstrap.py" "$@"
fi
for python in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" -E -S "$packaging/bootstrap.py" "$@"
    fi
done
echo "Beseda needs Python 3.11 or newer, and found none. Install one, or name it: PYTHON=... $*" >&2
exit 3
