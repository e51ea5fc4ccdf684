#!/bin/sh
# 1,000,000 rows of Databasfil stored with their cells, and one question answered: ours, DuckDB, Python's sqlite3.executemany.
exec python3 "$(dirname "$0")/databasfil.py" "$@"
