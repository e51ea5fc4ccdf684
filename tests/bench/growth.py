"""From one to ten million rows of Databasfil: time must grow with the rows, and memory hardly at all."""

import os
import statistics

from common import OURS, databasfil, in_turn, line, machine, new_file, peak

SIZES = [1, 2, 5, 10]


def main():
    machine()
    reading = lambda store, data: [OURS, "import", store, data, "--answer", "confirm=yes", "--json"]
    for million in SIZES:
        # The areas and crimes of a million rows over 36 months for each: series grow longer, as years of files do.
        data = databasfil(million * 1_000_000, periods=36 * million)
        walls = in_turn(lambda: [reading(new_file(), data)])[0]
        store = new_file()
        memory = peak(reading(store, data))
        size, text = os.path.getsize(store) / 2**20, os.path.getsize(data) / 2**20
        line(f"{million} million", walls, f"{statistics.median(walls) / million:.3f} s per million, {memory} MiB peak, file {size:.0f} of {text:.0f} MiB text")


if __name__ == "__main__":
    main()
