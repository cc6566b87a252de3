"""What each library computes, by the names that entrain uses. Each job answers {name: value}."""
import os

os.environ.setdefault("MPLBACKEND", "Agg")
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"

import warnings

import numpy as np

warnings.filterwarnings("ignore")


def _pick(table, names):
    return {ours: float(table[theirs]) for ours, theirs in names.items() if theirs in table}


# neurokit2 ------------------------------------------------------------------------------------------------------------
def _neurokit(rr):
    return {"RRI": rr, "RRI_Time": np.cumsum(rr) / 1000}


def neurokit_time(rr):
    import neurokit2 as nk

    row = nk.hrv_time(_neurokit(rr), sampling_rate=1000).iloc[0]
    found = _pick(row, {
        "mean_nn": "HRV_MeanNN", "median_nn": "HRV_MedianNN", "sdnn": "HRV_SDNN", "rmssd": "HRV_RMSSD",
        "sdsd": "HRV_SDSD", "pnn50": "HRV_pNN50", "pnn20": "HRV_pNN20", "hrv_ti": "HRV_HTI", "tinn": "HRV_TINN",
    })
    return found | {"cvnn": 100 * float(row["HRV_CVNN"])}


def neurokit_frequency(rr):
    import neurokit2 as nk

    row = nk.hrv_frequency(_neurokit(rr), sampling_rate=1000, normalize=False).iloc[0]
    return _pick(row, {"vlf": "HRV_VLF", "lf": "HRV_LF", "hf": "HRV_HF", "lf_hf": "HRV_LFHF"})


def neurokit_nonlinear(rr):
    import neurokit2 as nk

    row = nk.hrv_nonlinear(_neurokit(rr), sampling_rate=1000).iloc[0]
    return _pick(row, {
        "sd1": "HRV_SD1", "sd2": "HRV_SD2", "area": "HRV_S", "sampen": "HRV_SampEn", "apen": "HRV_ApEn",
        "dfa_a1": "HRV_DFA_alpha1", "dfa_a2": "HRV_DFA_alpha2",
    })


# hrv-analysis ---------------------------------------------------------------------------------------------------------
def hrvanalysis_time(rr):
    import hrvanalysis as ha

    names = {
        "mean_nn": "mean_nni", "median_nn": "median_nni", "sdnn": "sdnn", "sdsd": "sdsd", "rmssd": "rmssd",
        "nn50": "nni_50", "pnn50": "pnni_50", "nn20": "nni_20", "pnn20": "pnni_20", "range_nn": "range_nni",
        "mean_hr": "mean_hr", "min_hr": "min_hr", "max_hr": "max_hr",
    }
    table = ha.get_time_domain_features(rr)
    found = _pick(table, names) | {"cvnn": 100 * table["cvnni"]}
    return found | {"hrv_ti": float(ha.get_geometrical_features(rr)["triangular_index"])}


def hrvanalysis_frequency(rr):
    import hrvanalysis as ha

    table = ha.get_frequency_domain_features(rr)
    return _pick(table, {"vlf": "vlf", "lf": "lf", "hf": "hf", "lf_nu": "lfnu", "hf_nu": "hfnu", "lf_hf": "lf_hf_ratio"})


def hrvanalysis_poincare(rr):
    import hrvanalysis as ha

    return _pick(ha.get_poincare_plot_features(rr), {"sd1": "sd1", "sd2": "sd2", "sd2_sd1": "ratio_sd2_sd1"})


def hrvanalysis_sampen(rr):
    import hrvanalysis as ha

    return _pick(ha.get_sampen(rr), {"sampen": "sampen"})


# pyhrv ----------------------------------------------------------------------------------------------------------------
def pyhrv_time(rr):
    import pyhrv.time_domain as td

    rates = td.hr_parameters(rr)
    found = {
        "mean_nn": td.nni_parameters(rr)["nni_mean"], "sdnn": td.sdnn(rr)["sdnn"], "rmssd": td.rmssd(rr)["rmssd"],
        "sdsd": td.sdsd(rr)["sdsd"], "mean_hr": rates["hr_mean"], "min_hr": rates["hr_min"], "max_hr": rates["hr_max"],
        "hrv_ti": td.triangular_index(rr, plot=False, show=False)["tri_index"],
    }
    found |= _pick(td.nn50(rr).as_dict(), {"nn50": "nn50", "pnn50": "pnn50"})
    found |= _pick(td.nn20(rr).as_dict(), {"nn20": "nn20", "pnn20": "pnn20"})
    return {name: float(value) for name, value in found.items()}


def pyhrv_frequency(rr):
    import pyhrv.frequency_domain as fd

    table = fd.welch_psd(rr, show=False, mode="dev")[0]
    vlf, lf, hf = table["fft_abs"][-3:]
    return {"vlf": vlf, "lf": lf, "hf": hf, "lf_hf": table["fft_ratio"]}


def pyhrv_sampen(rr):
    import pyhrv.nonlinear as nl

    return {"sampen": nl.sample_entropy(rr)["sampen"]}


def _without_pictures(work):
    """Their pictures are made whatever is asked; they are shut so that memory does not grow, and their time counts."""
    import matplotlib.pyplot as plt

    try:
        return work()
    finally:
        plt.close("all")


def pyhrv_poincare(rr):
    import pyhrv.nonlinear as nl

    table = _without_pictures(lambda: nl.poincare(rr, show=False))
    return {"sd1": table["sd1"], "sd2": table["sd2"], "area": table["ellipse_area"]}


def pyhrv_dfa(rr):
    import pyhrv.nonlinear as nl

    table = _without_pictures(lambda: nl.dfa(rr, show=False))
    return {"dfa_a1": table["dfa_alpha1"], "dfa_a2": table["dfa_alpha2"]}


# antropy --------------------------------------------------------------------------------------------------------------
def antropy_sampen(rr):
    import antropy

    return {"sampen": antropy.sample_entropy(rr, order=2, tolerance=0.2 * rr.std(ddof=1))}


def antropy_apen(rr):
    import antropy

    return {"apen": antropy.app_entropy(rr, order=2, tolerance=0.2 * rr.std(ddof=1))}


# Library, job of the library, function, and the jobs of entrain-bench that give the same or more, in words.
JOBS = [
    ("neurokit2", "time", neurokit_time, "time", "time"),
    ("neurokit2", "frequency", neurokit_frequency, "frequency", "frequency"),
    ("neurokit2", "nonlinear", neurokit_nonlinear, "poincare_dfa_entropies", "nonlinear"),
    ("hrv-analysis", "time", hrvanalysis_time, "time", "time"),
    ("hrv-analysis", "frequency", hrvanalysis_frequency, "frequency", "frequency"),
    ("hrv-analysis", "Poincare", hrvanalysis_poincare, "poincare_dfa", "Poincare, DFA"),
    ("hrv-analysis", "SampEn", hrvanalysis_sampen, "poincare_dfa_entropies", "nonlinear"),
    ("pyhrv", "time", pyhrv_time, "time", "time"),
    ("pyhrv", "frequency", pyhrv_frequency, "frequency", "frequency"),
    ("pyhrv", "Poincare", pyhrv_poincare, "poincare_dfa", "Poincare, DFA"),
    ("pyhrv", "SampEn", pyhrv_sampen, "poincare_dfa_entropies", "nonlinear"),
    ("pyhrv", "DFA", pyhrv_dfa, "poincare_dfa", "Poincare, DFA"),
    ("antropy", "SampEn", antropy_sampen, "poincare_dfa_entropies", "nonlinear"),
    ("antropy", "ApEn", antropy_apen, "poincare_dfa_entropies", "nonlinear"),
]

_MEAN_OF_RATES = "mean of the single rates; ours is 60000 / mean interval"
_NEUROKIT_WELCH = (
    "neurokit2 interpolates by parabolas to 100 Hz, takes its own window length and subtracts no slow trend; "
    "ours: cubic spline to 4 Hz, smoothness priors, Welch 300 s"
)
_HRVANALYSIS_WELCH = (
    "hrv-analysis interpolates linearly, which damps HF by a quarter, in pieces of 64 s, and subtracts no slow trend"
)
_PYHRV_WELCH = "pyhrv takes a Hamming window, pieces of 75 s from 5 minutes on, VLF from 0 Hz, and subtracts no slow trend"
_PYHRV_POINCARE = "standard deviations over n; ours over n - 1"

# Why a value differs from ours; read in the libraries' own source.
REASONS = {
    ("hrv-analysis", "mean_hr"): _MEAN_OF_RATES,
    ("pyhrv", "mean_hr"): _MEAN_OF_RATES,
    ("hrv-analysis", "sdsd"): "over n; ours over n - 1",
    ("pyhrv", "sdsd"): "standard deviation of the absolute differences",
    ("neurokit2", "pnn50"): "share of all intervals; ours of all differences, one fewer",
    ("neurokit2", "pnn20"): "share of all intervals; ours of all differences, one fewer",
    ("neurokit2", "tinn"): "tries every right end for the first left end only, and no error above 16384, which long series exceed",
    ("neurokit2", "sd2"): "from the pairs themselves; ours sqrt(2 SDNN^2 - SDSD^2 / 2)",
    ("neurokit2", "area"): "from the pairs themselves; ours sqrt(2 SDNN^2 - SDSD^2 / 2)",
    ("pyhrv", "sd1"): _PYHRV_POINCARE,
    ("pyhrv", "sd2"): _PYHRV_POINCARE,
    ("pyhrv", "area"): _PYHRV_POINCARE,
    ("neurokit2", "dfa_a1"): "boxes of 4 to 11 beats that overlap by half; ours 4 to 16, side by side",
    ("neurokit2", "dfa_a2"): "boxes from 12 beats on that overlap by half; ours 16 to 64, side by side",
    ("pyhrv", "dfa_a1"): "mean of the boxes' deviations and a RANSAC line (nolds); ours root of the mean square, least squares",
    ("pyhrv", "dfa_a2"): "mean of the boxes' deviations and a RANSAC line (nolds), 17 to 64 beats",
} | {
    (library, metric): reason
    for library, reason in (
        ("neurokit2", _NEUROKIT_WELCH), ("hrv-analysis", _HRVANALYSIS_WELCH), ("pyhrv", _PYHRV_WELCH))
    for metric in ("vlf", "lf", "hf", "lf_nu", "hf_nu", "lf_hf")
}
