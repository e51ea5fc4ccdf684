#!/bin/sh
# 1,000,000 rows of Databasfil, both value columns stored with their cells: ours against Python's sqlite3.executemany.
exec python3 "$(dirname "$0")/databasfil.py" "$@"
