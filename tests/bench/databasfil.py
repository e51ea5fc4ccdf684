"""Reads and stores a large Databasfil and asks one question: `lagesbild` beside DuckDB and beside Python's sqlite3, in turn.

The peers do the same job: decode ISO-8859-1, split the rows, read both numbers the Swedish way, keep the sign where one is
missing, store both value columns with the row each cell stands on, and answer one question.

- DuckDB with two threads (https://duckdb.org/docs/stable/data/csv/overview): dialect and types given, so that nothing is sniffed.
- sqlite3.executemany without journal and sync (https://www.sqlite.org/pragma.html).

Ours keeps its journal, its fingerprint and the grid as read.
"""

import csv
import os
import sqlite3
import sys
import time

from common import OURS, RUNS, databasfil, fresh, held, in_turn, line, machine, new_file, peak, ratio, run

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
AREA, CRIME = "Bjuv", "1 kap. Brottstyp nummer 1, påhittad för mätning (1 §)"


def duckdb_peer(path, store):
    import duckdb

    connection = duckdb.connect(store, config={"threads": 2})
    number = "TRY_CAST(replace(replace({0}, chr(160), ''), ',', '.') AS DOUBLE)"
    value = lambda column: f"{number.format(column)} AS {column}, CASE WHEN {number.format(column)} IS NULL THEN {column} END AS {column}_sign"
    columns = {name: "VARCHAR" for name in ("region", "brott", "year", "period", "antal", "rate")}
    connection.execute(
        f"CREATE TABLE observation AS SELECT region, brott, year, period, row_number() OVER () + 1 AS row, {value('antal')}, {value('rate')} "
        f"FROM read_csv('{path}', delim=';', header=true, encoding='latin-1', quote='', strict_mode=false, auto_detect=false, columns={columns})"
    )
    question = "SELECT period, antal, row FROM observation WHERE region = ? AND brott = ? ORDER BY period"
    print(connection.execute(question, [f"{AREA} kommun", CRIME]).fetchall())
    connection.close()


def sqlite_peer(path, store):
    def number(text):
        try:
            return float(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
        except ValueError:
            return None

    series, periods, numbers = {}, {}, {}

    def values():
        with open(path, encoding="iso-8859-1", newline="") as file:
            rows = csv.reader(file, delimiter=";")
            next(rows)
            for row_number, row in enumerate(rows, start=2):
                period = periods.setdefault((row[2], row[3]), len(periods))
                for column, unit in ((4, "antal"), (5, "per 100 000 inv")):
                    key = series.setdefault((row[0], row[1], unit), len(series))
                    text = row[column]
                    if text not in numbers:
                        numbers[text] = number(text)
                    value = numbers[text]
                    yield key, period, 1, value, None if value is not None else text, 0, row_number, column + 1

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
    key = series[(f"{AREA} kommun", CRIME, "antal")]
    print(connection.execute("SELECT period_id, value, row FROM observation WHERE series_id = ?", [key]).fetchall())


def main():
    data = databasfil(ROWS)
    text = os.path.getsize(data) / 2**20
    ask = lambda store: [OURS, "ask", store, "--indicator", CRIME, "--area", AREA, "--json"]
    reading = lambda store: [OURS, "import", store, data, "--answer", "confirm=yes", "--json"]
    ours = lambda: (lambda store: [reading(store), ask(store)])(new_file())
    duck = lambda: [[sys.executable, os.path.abspath(__file__), "duckdb", data, fresh("peer.duckdb")]]
    lite = lambda: [[sys.executable, os.path.abspath(__file__), "sqlite", data, fresh("peer.sqlite")]]
    machine()
    print(f"data       {ROWS} rows, {text:.1f} MiB")
    for name, commands in (("ours", ours()), ("duckdb", duck()), ("sqlite3", lite())):
        print(f"{name:<10} {'; '.join(' '.join(command) for command in commands)}")
    a, b, c = in_turn(ours, duck, lite)
    line("ours", a)
    line("duckdb", b)
    ratio(a, b, 2)
    line("sqlite3", c)
    ratio(a, c, 1)
    store = new_file()
    held("memory", peak(reading(store)), 200, "MiB")
    held("file", os.path.getsize(store) / 2**20, text, "MiB")
    print(f"memory     duckdb {peak(duck()[0])} MiB")
    print(f"answer     {run(ask(store))[1].strip()[:160]}")


if __name__ == "__main__":
    peers = {"duckdb": duckdb_peer, "sqlite": sqlite_peer}
    peers[sys.argv[1]](*sys.argv[2:4]) if sys.argv[1:2] and sys.argv[1] in peers else main()
