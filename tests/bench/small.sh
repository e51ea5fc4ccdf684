#!/bin/sh
# 10,000 cells from file to proof, and from file to stored.
exec python3 "$(dirname "$0")/small.py" "$@"
