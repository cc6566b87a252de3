extension TimeMetric {
    /// The unit of its value; empty where it has none.
    public var unit: String {
        switch self {
        case .meanNN, .medianNN, .sdnn, .rmssd, .sdsd, .rangeNN, .tinn, .sdann, .sdnnIndex: "ms"
        case .meanHR, .minHR, .maxHR: "1/min"
        case .lnRMSSD: "ln ms"
        case .pnn50, .pnn20, .cvnn: "%"
        case .stressIndex: "s^-1"
        case .nn50, .nn20, .triangularIndex: ""
        }
    }
}

extension SpectralMetric {
    /// The unit of its value; empty where it has none.
    public var unit: String {
        switch self {
        case .vlf, .lf, .hf, .total: "ms^2"
        case .lfPeak, .hfPeak: "Hz"
        case .lfNormal, .hfNormal: "n.u."
        case .ratio: ""
        }
    }
}

extension NonlinearMetric {
    /// The unit of its value; empty where it has none.
    public var unit: String {
        switch self {
        case .sd1, .sd2: "ms"
        case .area: "ms^2"
        case .ratio, .sampleEntropy, .approximateEntropy, .alpha1, .alpha2: ""
        }
    }
}

extension BreathingMetric {
    /// The unit of its value; empty where it has none.
    public var unit: String {
        switch self {
        case .rate, .swing: "1/min"
        }
    }
}
