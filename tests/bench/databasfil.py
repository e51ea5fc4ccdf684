"""Reads and stores a large Databasfil with `lagesbild import` and with Python's sqlite3, in turn in one run.

The peer does the same job: decodes ISO-8859-1, splits the rows, reads both numbers the Swedish way, gives every series and
period an id, and stores each value with row and column in one table, in one transaction. It runs in its fastest documented
setting (no journal, no sync, https://www.sqlite.org/pragma.html); ours keeps its journal, its hash and the grid as read.
"""

import csv
import itertools
import os
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUT = os.path.join(ROOT, "out", "bench")
OURS = os.path.join(ROOT, "target", "release", "lagesbild")
ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
DATA = os.path.join(OUT, f"databasfil-{ROWS}.txt")


def generate():
    """290 areas × crimes × 20 years, deterministic; every tenth value is `..`, thousands get a no-break space."""
    if os.path.exists(DATA):
        return
    names = re.findall(r'\("\d{4}", "([^"]+)"', open(os.path.join(ROOT, "src", "reference", "table.rs"), encoding="utf-8").read())
    years = range(2006, 2026)
    crimes = [f"{k} kap. Brottstyp nummer {k}, påhittad för mätning ({k} §)" for k in range(1, ROWS // (len(names) * len(years)) + 2)]
    with open(DATA, "w", encoding="iso-8859-1", newline="") as file:
        file.write("Region;Brott;År;Period;Antal;/100 000 inv\r\n")
        cells = itertools.product(names, crimes, years)
        for index, (name, crime, year) in enumerate(itertools.islice(cells, ROWS)):
            number = (index * 7919) % 5000
            if index % 10 == 9:
                count, rate = "..", ".."
            else:
                count = f"{number // 1000}\u00a0{number % 1000:03}" if number >= 1000 else str(number)
                rate = f"{number // 7},{number % 10}"
            file.write(f"{name} kommun;{crime};År;{year};{count};{rate};\r\n")


def peer(path, store):
    def number(text):
        text = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
        try:
            return float(text)
        except ValueError:
            return None

    series, periods, numbers = {}, {}, {}

    def values():
        with open(path, encoding="iso-8859-1", newline="") as file:
            rows = csv.reader(file, delimiter=";")
            next(rows)
            for line, row in enumerate(rows, start=2):
                period = periods.setdefault(row[3], len(periods))
                for column, unit in ((4, "antal"), (5, "per 100 000 inv")):
                    key = series.setdefault((row[0], row[1], unit), len(series))
                    text = row[column]
                    if text not in numbers:
                        numbers[text] = number(text)
                    value = numbers[text]
                    yield key, period, 1, value, None if value is not None else text, 0, line, column + 1

    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(
        "CREATE TABLE observation (series_id, period_id, source_id, value, missing, preliminary, row, col, PRIMARY KEY (series_id, period_id, source_id)) WITHOUT ROWID"
    )
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values())
    connection.execute("CREATE TABLE series (id INTEGER PRIMARY KEY, area, crime, unit)")
    connection.executemany("INSERT INTO series VALUES (?, ?, ?, ?)", ((key, *names) for names, key in series.items()))
    connection.execute("COMMIT")
    print(connection.execute("SELECT COUNT(*), COUNT(value) FROM observation").fetchone())


def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    wall = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return wall, done.stdout


def peak(command):
    """Peak memory of one run in MiB."""
    code = "import resource,subprocess,sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    return int(subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True).stdout)


def fresh(name):
    path = os.path.join(OUT, name)
    for leftover in (path, path + "-journal"):
        if os.path.exists(leftover):
            os.remove(leftover)
    return path


def ours_command():
    store = fresh("ours.lagesbild")
    subprocess.run([OURS, "new", store, "--municipality", "Åsele"], check=True, capture_output=True)
    return [OURS, "import", store, DATA, "--json"], store


def main():
    os.makedirs(OUT, exist_ok=True)
    generate()
    peer_command = lambda: [sys.executable, os.path.abspath(__file__), "peer", DATA, fresh("peer.sqlite")]
    ours, theirs = [], []
    for _ in range(RUNS + 1):
        command, store = ours_command()
        wall, answer = timed(command)
        ours.append(wall)
        theirs.append(timed(peer_command())[0])
    ours, theirs = ours[1:], theirs[1:]
    ratios = [a / b for a, b in zip(ours, theirs)]
    command, store = ours_command()
    print(f"data      {ROWS} rows, {os.path.getsize(DATA) / 2**20:.1f} MiB")
    print("ours     ", " ".join(command))
    print("peer     ", " ".join(peer_command()), f"(CPython {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version})")
    print(f"ours      median {statistics.median(ours):.2f} s  ({min(ours):.2f}–{max(ours):.2f})")
    print(f"peer      median {statistics.median(theirs):.2f} s  ({min(theirs):.2f}–{max(theirs):.2f})")
    print(f"ratio     median {statistics.median(ratios):.2f}  ({min(ratios):.2f}–{max(ratios):.2f})  ours/peer, lower is better")
    print(f"memory    ours {peak(command)} MiB peak; file {os.path.getsize(store) / 2**20:.1f} MiB")
    print(f"answer    {answer.strip()[:200]}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["peer"]:
        peer(sys.argv[2], sys.argv[3])
    else:
        main()
