import HeartRate
import Practice
import Timekeeping

/// One line to be written, in terms of the file.
enum SessionRow: Sendable {
    case code(place: Int, Consent)
    case strap(number: Int, label: String)
    case description(strap: Int, StrapDescription)
    case adapter(KnownAdapter)
    case phase(number: Int, PhaseSequence.Span)
    case packet(place: Int, strap: Int, PacketRecord)
    case beat(place: Int, Beat, revises: Bool)
    case coherence(place: Int, CoherenceReading)
    case marker(place: Int?, MarkerRecord)
    case link(place: Int, strap: Int, LinkRecord)
    case rhythm(GroupRhythm, t: Double)
}

/// A line with its running number within the session.
///
/// Written twice under one number it is there once: so a batch can
/// be tried again whatever became of it.
struct NumberedRow: Sendable {
    let number: Int
    let row: SessionRow
}
