"""A real export of 10,000 cells from the file to its proof (`inspect`), and to being stored (`import`): at most 300 ms each."""

import statistics

from common import OURS, databasfil, held, in_turn, line, machine, new_file


def main():
    data = databasfil(5_000)
    machine()
    store = new_file()
    proof = lambda: [[OURS, "inspect", data, "--file", store, "--json"]]
    storing = lambda: [[OURS, "import", new_file(), data, "--json"]]
    for name, command in (("proof", proof()), ("stored", storing())):
        print(f"{name:<10} {' '.join(command[0])}")
    # In turn, but never in the same file: each import starts from a new one.
    a = in_turn(proof)[0]
    b = in_turn(storing)[0]
    line("proof", a)
    held("proof", statistics.median(a) * 1000, 300, "ms")
    line("stored", b)
    held("stored", statistics.median(b) * 1000, 300, "ms")


if __name__ == "__main__":
    main()
