import HRV

/// The definitions behind the numbers and their parameters, as session.json states them.
enum Algorithms {
    static let value: JSONValue = [
        "artefacts": artefacts,
        "coherence": coherence,
        "group_coherence": groupCoherence,
        "gate": [
            "window_s": .number(CoherenceWindow.seconds), "full_clean": .number(Quality.full),
            "least_clean": .number(Quality.least), "irregular_share": .number(Quality.irregularShare),
        ],
        "phases": ["coherence": "mean and median over windows wholly inside the phase", "rmssd": "within segments"],
    ]

    private static let artefacts: JSONValue = [
        "definition": "Lipponen & Tarvainen 2019, doi 10.1080/03091902.2019.1640306",
        "alpha": .number(ArtifactRule.alpha), "c1": .number(ArtifactRule.c1), "c2": .number(ArtifactRule.c2),
        "quartile_beats": .integer(ArtifactRule.quartileBeats), "quantile_type": 7,
        "floor_ms": .number(ArtifactRule.floorMilliseconds), "median_limit": .number(ArtifactRule.medianLimit),
        "live": "causal: median of i-5 to i+2, threshold over k-88 to k+2, label final four beats later",
        "files": "centred: median of i-5 to i+5, threshold over i-45 to i+45",
        "labels": ["N": "normal", "E": "ectopic", "S": "short", "L": "long", "M": "missed", "X": "extra"],
    ]

    private static let coherence: JSONValue = [
        "definition": .string(Coherence.definition),
        "window_s": .number(CoherenceWindow.seconds), "update_s": .number(CoherenceWindow.interval),
        "resample_hz": .number(CoherenceWindow.rate), "interpolation": "natural cubic spline",
        "detrend": "linear", "taper": "periodic Hann", "fft_points": .integer(CoherenceWindow.points),
        "peak_band_hz": [
            .number(CoherenceWindow.peakBand.lowerBound), .number(CoherenceWindow.peakBand.upperBound),
        ],
        "peak_half_width_hz": .number(CoherenceWindow.halfWidth),
        "total_band_hz": [.number(CoherenceWindow.lowest), .number(CoherenceWindow.highest)],
        "score": "ln(1 + (PP/PB) * (PP/PA)), 0 when the peak lies on the edge of its band",
        "bands": [
            "medium_from": .number(CoherenceBands.standard.medium), "high_from": .number(CoherenceBands.standard.high),
            "words": .string(CoherenceBands.standard.description),
        ],
    ]

    private static let groupCoherence: JSONValue = [
        "definition": .string(GroupCoherenceMeter.definition),
        "phase": .string(
            "arg of sum x[k] w[k] exp(-2 pi i f k/4) over the window of the score, f the pacer's rate, turned back to "
                + "the session's clock by 2 pi f times the window's begin"),
        "locking": "mean over pairs of |mean over updates of exp(i (a - b))|",
        "resultant": "mean over updates of |mean over codes of exp(i phase)|",
        "slot_s": .number(CoherenceWindow.interval), "least_codes": .integer(GroupCoherence.leastMembers),
        "least_updates": .integer(GroupCoherence.leastUpdates),
        "note": "windows of 64 s every 5 s overlap, so short phases come out higher: compare phases of equal length",
    ]
}
