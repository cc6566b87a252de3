"""One table of values and times: each library beside entrain, on the same series, in the same run."""
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import numpy as np

import libraries

LIMIT_S = float(os.environ.get("ENTRAIN_PEERS_SECONDS", "120"))
LIMIT_BYTES = 6 << 30
DURATIONS = [("5 minutes", 300), ("1 hour", 3600), ("24 hours", 86400)]


def made_series(seconds, seed=20260804):
    """Intervals in whole ms by formula and seed: breathing, a 0.1 Hz wave, slow waves and beat noise; no artefact."""
    draw = np.random.Generator(np.random.PCG64(seed))
    rates = np.array([0.25, 0.1, 0.03, 0.008, 0.0005])
    depths = np.array([25.0, 30.0, 15.0, 20.0, 40.0])
    phases = draw.uniform(0, 2 * np.pi, rates.size)
    t, slow, rr = 0.0, 0.0, []
    while t < seconds:
        slow = 0.98 * slow + draw.normal(0, 2)
        value = 850 + slow + float(depths @ np.sin(2 * np.pi * rates * t + phases)) + draw.normal(0, 6)
        rr.append(round(min(max(value, 500), 1400)))
        t += rr[-1] / 1000
    return np.array(rr, dtype=float)


def all_series():
    """Name and intervals of every series."""
    folder = os.environ.get("ENTRAIN_RECORDINGS")
    if not folder:
        return [(name, made_series(seconds)) for name, seconds in DURATIONS]
    files = sorted(Path(folder).glob("*.rr.txt"), key=lambda file: file.stat().st_size)
    if not files:
        sys.exit(f"peers: there is no *.rr.txt in {folder}")
    return [(file.name.removesuffix(".rr.txt"), np.loadtxt(file)) for file in files]


def timed(function, rr):
    """The values, and the processor time of the median run, ms; the first run, which imports, does not count."""
    values = function(rr)
    times = []
    while len(times) < 3 or (sum(times) < 0.5 and len(times) < 50):
        start = time.process_time()
        function(rr)
        times.append(time.process_time() - start)
        if times[0] > 10:
            break
    return values, sorted(times)[len(times) // 2] * 1000


def work(function, rr, pipe):
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    try:
        # What they print on the way is not part of the table.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        pipe.send(timed(function, rr))
    except MemoryError as error:
        pipe.send(f"out of memory: {str(error)[:60]}" if str(error) else "out of memory")
    except BaseException as error:  # Whatever a library raises is a result of the comparison.
        pipe.send(f"{type(error).__name__}: {str(error)[:60]}")


def in_child(function, rr):
    """Values and ms, or a sentence why there are none; a process of its own, with limits of time and memory."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=work, args=(function, rr, theirs))
    child.start()
    theirs.close()
    try:
        if not ours.poll(LIMIT_S):
            return f"over {LIMIT_S:.0f} s"
        return ours.recv()
    except EOFError:
        return "died (6 GiB are not enough)"
    finally:
        child.terminate()
        child.join()


def entrain(folder, path):
    """Our values, our times in this process, and the time of a whole process, ms."""
    command = [f"{folder}/entrain", "analyze", str(path), "--artifacts", "keep", "--json"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    document = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    wall = (time.perf_counter() - start) * 1000
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
    bench = subprocess.run(
        [f"{folder}/entrain-bench", "analyze", str(path), "keep"], check=True, capture_output=True).stdout
    values = {}
    for domain in ("time", "frequency", "nonlinear"):
        values |= {name: value for name, value in document[domain].items() if value is not None}
    return values, json.loads(bench)["milliseconds"], wall, busy


def figure(value):
    return f"{value:.6g}"


def ms(value):
    return f"{value:.3g} ms" if value < 1000 else f"{value / 1000:.3g} s"


def ratio(value):
    return f"{value:.0f} x" if value >= 10 else f"{value:.2g} x"


def print_values(values, found):
    libraries_found = [name for name in found if found[name]]
    print(f"  {'value':<10}{'entrain':>12}" + "".join(f"{name:>18}" for name in libraries_found))
    used = []
    for name, ours in values.items():
        row = []
        for library in libraries_found:
            theirs = found[library].get(name)
            if theirs is None:
                row.append("")
            elif abs(theirs - ours) <= 1e-6 * max(abs(ours), 1e-12):
                row.append("same    ")
            else:
                reason = libraries.REASONS.get((library, name), "not known to us")
                if reason not in used:
                    used.append(reason)
                row.append(f"{figure(theirs)} [{used.index(reason) + 1}]".ljust(5))
        if any(row):
            print(f"  {name:<10}{figure(ours):>12}" + "".join(f"{cell:>18}" for cell in row))
    for number, reason in enumerate(used, 1):
        print(f"   [{number}] {reason}")


def main(folder):
    print("entrain beside neurokit2, hrv-analysis, pyhrv and antropy: the same series, the same run, one thread each.")
    print("Times are processor time inside the process, imports and start-up not counted; 'same' is within 1e-6.")
    print("The libraries correct no artefacts, so the figures beside theirs are without that step, which is listed.")
    for name, rr in all_series():
        print(f"\n{name}: {rr.size} beats, {rr.sum() / 1000:.0f} s")
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "series.txt"
            np.savetxt(path, rr, fmt="%.10g")
            values, times, wall, busy = entrain(folder, path)
        found, lines = {}, []
        for library, job, function, counterpart, words in libraries.JOBS:
            result = in_child(function, rr)
            found.setdefault(library, {})
            ours = max(times[counterpart] - times["artefacts_alone"], 1e-6)
            if isinstance(result, str):
                lines.append((library, job, result, words, ours, "-"))
            else:
                found[library] |= result[0]
                lines.append((library, job, ms(result[1]), words, ours, ratio(result[1] / ours)))
        print_values(values, found)
        print(f"\n  {'library':<14}{'job':<11}{'its time':>12}   {'entrain':<15}{'time':>10}{'ratio':>10}")
        for library, job, text, words, ours, times_faster in lines:
            print(f"  {library:<14}{job:<11}{text:>12}   {words:<15}{ms(ours):>10}{times_faster:>10}")
        print(f"  entrain, artefact step alone: {ms(times['artefacts_alone'])}")
        print(f"  entrain, time, frequency, Poincare and DFA with it: {ms(times['time_frequency_poincare_dfa'])}")
        print(f"  entrain, everything with entropies, Lomb-Scargle and the coherence list: {ms(times['everything'])}")
        print(f"  entrain analyze as a whole process, reading and printing included: {ms(wall)}, busy {ms(busy)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: compare.py FOLDER  (with the programs entrain and entrain-bench in it; see peers/run)")
    main(sys.argv[1])
