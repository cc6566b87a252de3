"""Reads an export of all formats with the programs of others and compares what they find with beats.csv.

Prints a line a reader, and exits 1 at the first that does not accept it.
"""

import csv
import glob
import gzip
import json
import math
import os
import subprocess
import sys
import warnings

warnings.filterwarnings("ignore")


def fail(sentence):
    print(f"FAILED {sentence}")
    sys.exit(1)


def tables(folder):
    """Every CSV of the own bundle, read strictly."""
    read = {}
    for path in sorted(glob.glob(f"{folder}/*.csv") + glob.glob(f"{folder}/redcap/*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file, strict=True))
        if any(len(row) != len(rows[0]) for row in rows):
            fail(f"csv: {path} has rows of different lengths")
        read[os.path.relpath(path, folder)] = [dict(zip(rows[0], row)) for row in rows[1:]]
    if len(read) < 11:
        fail(f"csv: only {len(read)} tables")
    print(f"python csv, strict: {len(read)} tables, {sum(len(rows) for rows in read.values())} rows")
    return read


def frictionless(folder, codebook):
    """Every table against a schema made of codebook.csv."""
    from frictionless import Resource, Schema, fields, system

    system.trusted = True
    kinds = {"text": fields.StringField, "number": fields.NumberField, "integer": fields.IntegerField}
    columns = {}
    for row in codebook:
        columns.setdefault(row["file"], []).append(kinds[row["type"]](name=row["column"]))
    for name, described in columns.items():
        report = Resource(path=f"{folder}/{name}", schema=Schema(fields=described)).validate()
        if not report.valid:
            fail(f"frictionless: {name}: {report.flatten(['rowNumber', 'fieldName', 'note'])[:3]}")
    print(f"frictionless: {len(columns)} tables keep to codebook.csv")


def sums(folder):
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        fail(f"sha256sum: {done.stdout}{done.stderr}")
    with open(f"{folder}/SHA256SUMS") as file:
        named = {line.split("  ", 1)[1].strip() for line in file}
    there = {os.path.relpath(os.path.join(place, name), folder) for place, _, names in os.walk(folder) for name in names}
    if there - named != {"SHA256SUMS"}:
        fail(f"sha256sum: not named: {there - named}")
    print(f"sha256sum -c: {len(named)} files")


def bids(folder):
    found = subprocess.run(
        ["bids-validator-deno", "--format", "json", f"{folder}/bids"], capture_output=True, text=True, timeout=300)
    try:
        issues = json.loads(found.stdout)["issues"]["issues"]
    except (ValueError, KeyError, TypeError):
        fail(f"bids-validator-deno: {found.stdout[:2000]}{found.stderr[:2000]}")
    errors = [issue for issue in issues if issue.get("severity") == "error"]
    for issue in errors[:5]:
        print("  ", json.dumps(issue)[:400])
    if errors or found.returncode != 0:
        fail(f"bids-validator-deno: {len(errors)} errors, exit {found.returncode}")
    leaks = [issue for issue in issues if "GZIP" in issue.get("code", "").upper()]
    if leaks:
        fail(f"bids-validator-deno: {leaks[0]}")
    print(f"bids-validator-deno: no error; warnings: {sorted({issue.get('code', '') for issue in issues})}")


def packed(folder, beats):
    """The packed tables of BIDS, read as its sidecars say."""
    import numpy

    count = 0
    for path in glob.glob(f"{folder}/bids/**/*_physioevents.tsv.gz", recursive=True):
        with open(path, "rb") as file:
            header = file.read(10)
        if header[3] != 0 or header[4:8] != bytes(4):
            fail(f"gzip: {path} has a name or a time in its header")
        with gzip.open(path, "rt") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
        code = os.path.basename(path).split("_")[0][4:]
        own = [b for b in beats if b["code"].replace("-", "S") == code and b["t_s"]]
        if len(own) != len(rows):
            fail(f"BIDS: {len(rows)} beats of {len(own)} in {path}")
        for beat, row in zip(own, rows):
            if abs(float(row[0]) - float(beat["t_s"])) > 0.0006 or abs(float(row[4]) - float(beat["rr_ms"])) > 0.0006:
                fail(f"BIDS: {row} is not {beat}")
        sidecar = json.load(open(path.replace("physioevents.tsv.gz", "physio.json")))
        grid = numpy.genfromtxt(path.replace("physioevents", "physio"), delimiter="\t", missing_values="n/a")
        if abs(grid[0, 0] - sidecar["StartTime"]) > 0.005 or abs(grid[1, 0] - grid[0, 0] - 0.25) > 0.011:
            fail(f"BIDS: the grid of {path} is not the sidecar's")
        count += 1
    if count == 0:
        fail("BIDS: no beats")
    print(f"BIDS: beats of {count} people are those of beats.csv")


def rmssd(intervals):
    steps = [b - a for a, b in zip(intervals, intervals[1:])]
    return math.sqrt(sum(step * step for step in steps) / len(steps))


def libraries(folder, beats):
    """Each library reads a file as its users would, and finds the mean and RMSSD that beats.csv has."""
    import hrvanalysis
    import neurokit2
    import numpy
    import pyhrv.time_domain
    import pyhrv.tools

    checked = 0
    for path in sorted(glob.glob(f"{folder}/kubios/*_time_rr.txt")):
        code = os.path.basename(path).removesuffix("_time_rr.txt")
        own = [float(b["rr_ms"]) for b in beats if b["code"] == code and b["t_s"]]
        times, rr = numpy.loadtxt(path, unpack=True)
        plain = numpy.loadtxt(path.replace("_time_rr", "_rr")) * 1000
        whole = numpy.loadtxt(glob.glob(f"{folder}/elite/{code}/*.txt")[0])
        expected = (sum(own) / len(own), rmssd(own))
        if len(own) != len(rr):
            fail(f"kubios: {len(rr)} of {len(own)} intervals in {path}")
        peaks = neurokit2.intervals_to_peaks(plain, sampling_rate=1000)
        nk = neurokit2.hrv_time(peaks, sampling_rate=1000)
        compare("neurokit2", code, (nk["HRV_MeanNN"].iloc[0], nk["HRV_RMSSD"].iloc[0]), expected, 1.5)
        features = hrvanalysis.get_time_domain_features(list(plain))
        compare("hrv-analysis", code, (features["mean_nni"], features["rmssd"]), expected, 0.01)
        nni = pyhrv.tools.nn_intervals(numpy.concatenate([[times[0] - rr[0]], times]))
        if gapless(beats, code):
            compare("pyhrv", code, (nni.mean(), pyhrv.time_domain.rmssd(nni)["rmssd"]), expected, 1.5)
        compare("pyhrv, elite", code, (whole.mean(), pyhrv.time_domain.rmssd(whole)["rmssd"]), expected, 1.5)
        checked += 1
    if checked == 0:
        fail("libraries: no code has beats")
    print(f"neurokit2, hrv-analysis, pyhrv: {checked} people, mean and RMSSD as in beats.csv")


def gapless(beats, code):
    return len({b["segment"] for b in beats if b["code"] == code and b["t_s"]}) == 1


def compare(reader, code, found, expected, tolerance):
    if any(abs(a - b) > tolerance for a, b in zip(found, expected)):
        fail(f"{reader}: {code} has mean and RMSSD {found}, not {expected}")


def main():
    folder = sys.argv[1]
    read = tables(folder)
    frictionless(folder, read["codebook.csv"])
    sums(folder)
    bids(folder)
    packed(folder, read["beats.csv"])
    libraries(folder, read["beats.csv"])
    print("all readers accept it")


main()
