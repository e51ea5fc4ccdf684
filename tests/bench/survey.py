"""A survey workbook of 20,000 answers to 40 questions beside the bare streaming read of the same file by calamine."""

import json
import os
import subprocess
import sys

from common import OUT, OURS, ROOT, in_turn, line, machine, new_file, peak, ratio, run

ANSWERS, QUESTIONS = 20_000, 40
BARE = os.environ.get("BENCH_BARE", os.path.join(ROOT, "target", "release", "examples", "bare_calamine"))


def workbook():
    path = os.path.join(OUT, f"enkat-{ANSWERS}x{QUESTIONS}.xlsx")
    if os.path.exists(path):
        return path
    from openpyxl import Workbook

    scale = ["Mycket trygg", "Ganska trygg", "Varken eller", "Ganska otrygg", "Mycket otrygg", "Vet ej"]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Svar")
    places = ["Centrum", "Stationen", "Skolan", "Parken", "Hemmet"]
    sheet.append(["Svarsnummer"] + [f"Hur trygg eller otrygg känner du dig i situation {n}, {places[n % 5]}?" for n in range(1, QUESTIONS)])
    for row in range(ANSWERS):
        sheet.append([row + 1] + [scale[(row * 31 + n * 17 + row // 7) % 6] if (row + n) % 23 else None for n in range(1, QUESTIONS)])
    book.save(path)
    return path


def main():
    data = workbook()
    if "BENCH_BARE" not in os.environ:
        subprocess.run(["cargo", "build", "--quiet", "--release", "--package", "lagesbild", "--example", "bare_calamine"], check=True)
    # The file says neither year nor municipality: both questions are answered, so that every answer is read and kept.
    told = ["--answer", "year=2025", "--answer", "area=Åsele", "--json"]
    inspect, bare = [OURS, "inspect", data, *told], [BARE, data]
    storing = lambda: [[OURS, "import", new_file(), data, *told]]
    machine()
    print(f"data       {ANSWERS} × {QUESTIONS}, {os.path.getsize(data) / 2**20:.1f} MiB")
    for name, command in (("proof", inspect), ("stored", storing()[0]), ("calamine", bare)):
        print(f"{name:<10} {' '.join(command)}")
    a, b, c = in_turn(lambda: [inspect], storing, lambda: [bare])
    tally = json.loads(run(inspect)[1])["tally"]
    print(f"read       {tally['read']} answers, {tally['stored']} stored, {tally['rejected']} rejected")
    if tally["stored"] == 0:
        sys.exit("nothing was stored: the comparison says nothing")
    line("calamine", c)
    line("proof", a)
    ratio(a, c, 2)
    line("stored", b)
    ratio(b, c, 2)
    print(f"memory     proof {peak(inspect)} MiB, stored {peak(storing()[0])} MiB, calamine {peak(bare)} MiB")


if __name__ == "__main__":
    main()
