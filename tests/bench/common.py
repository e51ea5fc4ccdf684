"""What every measurement shares: the program, the data folder, timing in turn, peak memory, and the table at the end."""

import os
import re
import resource
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUT = os.path.join(ROOT, "out", "bench")
OURS = os.environ.get("BENCH_OURS", os.path.join(ROOT, "target", "release", "lagesbild"))
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
os.makedirs(OUT, exist_ok=True)


def municipalities():
    table = open(os.path.join(ROOT, "src", "reference", "table.rs"), encoding="utf-8").read()
    return re.findall(r'\("\d{4}", "([^"]+)"', table)


def databasfil(rows, periods=None):
    """A Databasfil of so many rows: areas × crimes × years, every tenth value `..`, thousands with a no-break space. Deterministic.

    With `periods` the areas and crimes stay as many as in a million rows, and the time series grow longer: months.
    """
    path = os.path.join(OUT, f"databasfil-{rows}{'-months' if periods else ''}.txt")
    if os.path.exists(path):
        return path
    names = municipalities()
    when = [(f"{2006 + n}", "År") for n in range(20)] if not periods else [(f"{n % 12 + 1:02}", f"{1990 + n // 12}") for n in range(periods)]
    if periods:
        months = ["Jan", "Feb", "Mars", "April", "Maj", "Juni", "Juli", "Aug", "Sep", "Okt", "Nov", "Dec"]
        when = [(months[int(month) - 1], year) for month, year in when]
    crimes = [f"{k} kap. Brottstyp nummer {k}, påhittad för mätning ({k} §)" for k in range(1, rows // (len(names) * len(when)) + 2)]
    with open(path + ".part", "w", encoding="iso-8859-1", newline="") as file:
        file.write("Region;Brott;År;Period;Antal;/100 000 inv\r\n")
        index = 0
        for name in names:
            for crime in crimes:
                for part, year in when:
                    if index == rows:
                        break
                    number = (index * 7919) % 5000
                    if index % 10 == 9:
                        count, rate = "..", ".."
                    else:
                        count = f"{number // 1000}\u00a0{number % 1000:03}" if number >= 1000 else str(number)
                        rate = f"{number // 7},{number % 10}"
                    # Yearly rows have the year in the period column, monthly ones in the year column.
                    first, second = ("År", part) if year == "År" else (year, part)
                    file.write(f"{name} kommun;{crime};{first};{second};{count};{rate};\r\n")
                    index += 1
    os.rename(path + ".part", path)
    return path


def fresh(name):
    path = os.path.join(OUT, name)
    for leftover in (path, path + "-journal", path + ".wal"):
        if os.path.exists(leftover):
            os.remove(leftover)
    return path


def new_file():
    store = fresh("ours.lagesbild")
    subprocess.run([OURS, "new", store, "--municipality", "Åsele"], check=True, capture_output=True)
    return store


def run(command):
    """Seconds, peak MiB and what was printed. Exit code 1 says that questions are open."""
    before = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        out, err = process.communicate()
    wall = time.perf_counter() - before
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\n{out}{err}")
    return wall, out


def peak(command):
    """Peak memory of one run in MiB."""
    code = "import resource,subprocess,sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    return int(subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True).stdout)


def in_turn(*steps):
    """Seconds of each step over RUNS rounds after a warm-up; each step makes ready (untimed) and gives its commands."""
    walls = [[] for _ in steps]
    for round_ in range(RUNS + 1):
        for step, kept in zip(steps, walls):
            wall = sum(run(command)[0] for command in step())
            if round_ > 0:
                kept.append(wall)
    return walls


def line(name, walls, note=""):
    print(f"{name:<10} median {statistics.median(walls):.3f} s  ({min(walls):.3f}–{max(walls):.3f}) {note}")


def ratio(ours, theirs, limit):
    ratios = [a / b for a, b in zip(ours, theirs)]
    median = statistics.median(ratios)
    print(f"ratio      median {median:.2f}  ({min(ratios):.2f}–{max(ratios):.2f})  at most {limit}: {'holds' if median <= limit else 'DOES NOT HOLD'}")


def held(name, value, limit, unit):
    print(f"{name:<10} {value:.0f} {unit}  at most {limit:.0f}: {'holds' if value <= limit else 'DOES NOT HOLD'}")


def machine():
    print(f"machine    {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {RUNS} rounds, CPython {sys.version.split()[0]}")
