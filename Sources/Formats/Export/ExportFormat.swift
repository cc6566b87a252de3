/// A way to write a session down that some program reads.
public enum ExportFormat: String, Sendable, Hashable, CaseIterable {
    /// The own bundle: every packet, beat and number, with what explains them.
    case csv
    /// Kubios, type 1 (RR) and type 2 (time and RR).
    case kubios
    /// Elite HRV and every reader of one interval a line.
    case elite
    /// HRV Logger: RR and events.
    case hrvlogger
    /// Polar Sensor Logger: RR, heart rate and markers.
    case polar
    /// HRVAS (time and RR) and RHRV (beat times).
    case hrvas
    /// OpenHRV: event, value, timestamp.
    case openhrv
    /// Brain Imaging Data Structure.
    case bids
    /// REDCap: data and data dictionary.
    case redcap
    /// One line a phase in the columns of HRV4Training.
    case measures

    /// The folder its files lie in; empty for the own bundle.
    public var folder: String { self == .csv ? "" : rawValue }
}
