#!/bin/sh
# A 20,000 × 40 survey workbook: ours beside the bare streaming read.
exec python3 "$(dirname "$0")/survey.py" "$@"
