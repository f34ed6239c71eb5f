"""Times whole commands side by side: each in turn, round after round, so that a noisy minute
hits all alike. Prints medians of wall time and of the largest memory, as a Markdown table.
Usage: side_by_side.py ROUNDS [PART...]   parts: xlsx million real (default: these), null simulate
null is no timing: how often surges are listed where none are, 16 studies of each kind made from
the released arrests (about ten minutes); simulate is rows a second of the simulation alone.
Needs the release build, and for the peers: R with readxl, data.table and dplyr; Python with
openpyxl, python-calamine, polars and fastexcel. A peer that is missing is left out, and said."""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
PROGRAM = os.path.join(TOP, "build", "release", "palladium")
DATA = os.path.join(TOP, "..", "shared", "data")
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
PARTS = sys.argv[2:] or ["xlsx", "million", "real"]


def once(command, fresh):
    for path in fresh:
        shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else (
            os.path.exists(path) and os.remove(path))
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        return None
    return time.monotonic() - start, usage.ru_maxrss / 1024


def table(title, rows):
    print(f"\n{title}\n\n| what | seconds, median | memory MB, median |\n|---|---|---|")
    results = {name: [] for name, _, _ in rows}
    for _ in range(ROUNDS):
        for name, command, fresh in rows:
            if results[name] is not None:
                one = once(command, fresh)
                results[name] = None if one is None else results[name] + [one]
    for name, _, _ in rows:
        if results[name] is None:
            print(f"| {name} | did not run | |")
        else:
            seconds = statistics.median(r[0] for r in results[name])
            memory = statistics.median(r[1] for r in results[name])
            print(f"| {name} | {seconds:.2f} | {memory:.0f} |", flush=True)


def bench(name, arguments):
    """A program of this folder, built when it is wanted; it prints for itself."""
    build = os.path.dirname(PROGRAM)
    subprocess.run(["cmake", "--build", build, "--target", name], check=True,
                   stdout=subprocess.DEVNULL)
    print(f"\n{name}\n", flush=True)
    subprocess.run([os.path.join(build, name), *arguments], check=True)


def workbook(folder, rows):
    path = os.path.join(folder, f"arrests-{rows}.xlsx")
    subprocess.run([sys.executable, os.path.join(HERE, "make_arrests_xlsx.py"), str(rows), path],
                   check=True)
    return path


def ours(path, study):
    return ("palladium import, into a study", [PROGRAM, "import", path, "--study", study,
                                               "--quiet"], [study])


with tempfile.TemporaryDirectory() as folder:
    study = os.path.join(folder, "study.duckdb")
    if "xlsx" in PARTS:
        path = workbook(folder, 300000)
        python = [sys.executable, os.path.join(HERE, "read_python.py")]
        table(f"300,000 rows x 25 columns, xlsx of {os.path.getsize(path) / 1e6:.0f} MB", [
            ours(path, study),
            ("python-calamine, bare read", python + ["calamine", path], []),
            ("polars, bare read", python + ["polars", path], []),
            ("readxl, bare read", ["Rscript", os.path.join(HERE, "read_readxl.R"), path], []),
            ("openpyxl, bare read", python + ["openpyxl", path], []),
        ])
    if "million" in PARTS:
        path = workbook(folder, 1000000)
        table(f"1,000,000 rows x 25 columns, xlsx of {os.path.getsize(path) / 1e6:.0f} MB", [
            ours(path, study)])
    if "real" in PARTS:
        out = os.path.join(folder, "out")
        table("the real study, from released files to report", [
            ("palladium run", [PROGRAM, "run",
                               os.path.join(TOP, "studies", "palladium-2020", "study.yaml"),
                               "--data", DATA, "--out", out, "--quiet"], [out]),
            ("palladium run, one thread", [PROGRAM, "run",
                               os.path.join(TOP, "studies", "palladium-2020", "study.yaml"),
                               "--data", DATA, "--out", out, "--quiet", "--threads", "1"], [out]),
            ("palladium, the steps of real_study.R alone", [
                "sh", os.path.join(HERE, "real_study.sh"), PROGRAM, DATA, study], [study]),
            ("R: data.table and readxl, the same tables", [
                "Rscript", os.path.join(HERE, "real_study.R"), DATA], []),
            ("R: data.table, with accounts, checks, rules, measures, figures", [
                "Rscript", os.path.join(HERE, "real_study_whole.R"), DATA, out], [out]),
            ("R: readr-like base reads, dplyr", [
                "Rscript", os.path.join(HERE, "real_study.R"), DATA, "dplyr"], []),
        ])
    if "null" in PARTS:
        arrests = os.path.join(DATA, "arrests")
        null = os.path.join(folder, "null.duckdb")
        if os.path.isdir(arrests):
            files = [os.path.join(arrests, name) for name in sorted(os.listdir(arrests))]
            subprocess.run([PROGRAM, "import", *files, "--study", null, "--quiet"], check=True,
                           stdout=subprocess.DEVNULL)
            bench("bench_surge_null", [null, "16"])
        else:
            print(f"\nnull: no released arrests in {arrests}, left out")
    if "simulate" in PARTS:
        bench("bench_simulate_columns", [])
