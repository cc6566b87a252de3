/// Whose file it is, as far as its contents tell.
public enum RRFormat: String, Sendable, Hashable, CaseIterable {
    /// One interval a line.
    case plain
    /// Time and interval, without a heading.
    case pairs
    /// One time of a beat a line.
    case beatTimes
    /// beats.csv of a session exported by this program.
    case ownBeats
    /// HRV Logger: date or timestamp, rr, since start.
    case hrvLogger
    /// Polar Sensor Logger, `_RR.txt`.
    case polarSensorLogger
    /// Polar Sensor Logger, `_PPI.txt`, intervals from an optical sensor.
    case polarSensorLoggerPPI
    /// OpenHRV: event, value, timestamp.
    case openHRV
    /// Empatica `IBI.csv`.
    case empatica
    /// A table whose heading names a column of intervals.
    case table
    /// Annotations as WFDB's `rdann` prints them.
    case annotations

    /// Its name for people.
    public var name: String {
        switch self {
        case .plain: "one interval a line (Kubios type 1, Elite HRV, plain)"
        case .pairs: "time and interval (Kubios type 2, HRVAS, Polar Flow)"
        case .beatTimes: "times of beats (RHRV)"
        case .ownBeats: "beats.csv of entrain"
        case .hrvLogger: "HRV Logger"
        case .polarSensorLogger: "Polar Sensor Logger, RR"
        case .polarSensorLoggerPPI: "Polar Sensor Logger, PPI"
        case .openHRV: "OpenHRV"
        case .empatica: "Empatica IBI"
        case .table: "table with a heading"
        case .annotations: "annotations as rdann prints them"
        }
    }
}
