import Synchronization
import VirtualStraps

/// Every notification a simulator really sent.
final class TruthLog: Sendable {
    private let state = Mutex<[TruthRecord]>([])

    var records: [TruthRecord] { state.withLock { $0 } }

    func note(_ record: TruthRecord) {
        state.withLock { $0.append(record) }
    }
}
