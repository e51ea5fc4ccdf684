#!/bin/sh
# From 1 to 10 million rows: time and memory.
exec python3 "$(dirname "$0")/growth.py" "$@"
