import BlueZ
import Formats
import Gateway
import Practice
import Store
import VirtualStraps

/// What the program's exit status says.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case stopped = 2
    case bluetooth = 3
    case notFound = 4
    case partial = 5
    case notEnough = 6
    case refused = 7
    case usage = 64
    case internalFault = 70

    /// The one table from errors to statuses.
    init(_ error: any Error) {
        switch error {
        case is GatewayError, is BlueZError, is PretendError: self = .bluetooth
        case let error as StoreError: self = Self.status(of: error.kind)
        case let error as PracticeError: self = Self.status(of: error)
        case let error as SurveyError: self = Self.status(of: error)
        default: self = .failed
        }
    }

    private static func status(of kind: StoreError.Kind) -> ExitStatus {
        switch kind {
        case .unknownGroup, .unknownCode, .unknownSession: .notFound
        case .badSessionName: .usage
        case .strapTaken, .strapElsewhere, .labelTaken, .accountTaken, .badImport, .badReassignment, .sealed,
            .otherKey, .mustKeep:
            .refused
        case .unwritableFolder, .diskFull, .newerSchema, .olderSchema, .upgradeFailed, .damaged, .busy, .folderInUse,
            .inputOutput, .groupExists, .groupFull, .sessionRunning, .groupRunning, .sessionInterrupted:
            .failed
        }
    }

    private static func status(of error: PracticeError) -> ExitStatus {
        switch error {
        case .badGroupName, .badCode, .badCoach, .badGroupSize, .badLength, .badLabel: .usage
        case .unknownScript: .notFound
        }
    }
}

extension ExitStatus {
    fileprivate static func status(of error: SurveyError) -> ExitStatus {
        switch error {
        case .unknownInstrument, .unknownWave, .unknownItem, .unknownCodes: .notFound
        case .severalInstruments, .severalWaves: .usage
        case .withdrawn: .refused
        case .instrumentExists, .answersWouldBeLost, .answeredAlready, .unlinkedThere: .failed
        }
    }
}

/// The end of a command that did not do all it was asked for: a sentence on stderr and an exit status.
struct Failure: Error {
    var status: ExitStatus
    /// What to tell; empty when everything was told.
    var message: String

    init(_ status: ExitStatus, _ message: String = "") {
        self.status = status
        self.message = message
    }

    init(_ error: any Error) {
        self.init(ExitStatus(error), "\(error)")
    }

    /// Says it on stderr; what a terminal would take for a command, which may stand in other people's files, is left out.
    func tell() {
        guard !message.isEmpty else { return }
        let isPlain = { (scalar: Unicode.Scalar) in
            scalar == "\n" || (scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value))
        }
        let plain = String(String.UnicodeScalarView(message.unicodeScalars.map { isPlain($0) ? $0 : "?" }))
        StandardError.write("entrain: \(plain)\n")
    }
}
