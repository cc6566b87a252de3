import HRV

/// The definitions behind the numbers and their parameters, as session.json states them.
enum Algorithms {
    static let value: JSONValue = [
        "artefacts": artefacts,
        "coherence": coherence,
        "gate": [
            "window_s": 64, "full_clean": .number(Quality.full), "least_clean": .number(Quality.least),
            "irregular_share": 0.2,
        ],
        "phases": ["coherence": "mean and median over windows wholly inside the phase", "rmssd": "within segments"],
    ]

    private static let artefacts: JSONValue = [
        "definition": "Lipponen & Tarvainen 2019, doi 10.1080/03091902.2019.1640306",
        "alpha": 5.2, "c1": 0.13, "c2": 0.17, "quartile_beats": 91, "quantile_type": 7, "floor_ms": 10,
        "median_limit": 3,
        "live": "causal: median of i-5 to i+2, threshold over k-88 to k+2, label final four beats later",
        "files": "centred: median of i-5 to i+5, threshold over i-45 to i+45",
        "labels": ["N": "normal", "E": "ectopic", "S": "short", "L": "long", "M": "missed", "X": "extra"],
    ]

    private static let coherence: JSONValue = [
        "definition": .string(Coherence.definition),
        "window_s": 64, "update_s": 5, "resample_hz": 4, "interpolation": "natural cubic spline",
        "detrend": "linear", "taper": "periodic Hann", "fft_points": 4096,
        "peak_band_hz": [0.04, 0.26], "peak_half_width_hz": 0.015, "total_band_hz": [0.0033, 0.4],
        "score": "ln(1 + (PP/PB) * (PP/PA)), 0 when the peak lies on the edge of its band",
        "bands": [
            "medium_from": .number(CoherenceBands.standard.medium), "high_from": .number(CoherenceBands.standard.high),
            "words": .string(CoherenceBands.standard.description),
        ],
    ]
}
