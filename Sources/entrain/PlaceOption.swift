import ArgumentParser
import Gateway

/// The option of commands that write heart data in the clear.
struct PlaceOption: ParsableArguments {
    @Flag(help: "In the clear also on a USB stick, or in a folder that is copied to other computers.")
    var unsealedAnyway = false

    /// Refuses a place that is not this computer's alone.
    /// - Parameters:
    ///   - path: where something is to be written.
    ///   - option: the option that chooses another place.
    ///   - sealing: how it could be sealed instead; empty when it cannot.
    /// - Throws: `Failure`, when nobody said that it is meant so.
    func refuseUnsafe(_ path: String, option: String, sealing: String = "") throws {
        guard !unsealedAnyway, let reason = Examination.unsafePlace(path) else { return }
        var lines = [
            "\(path) lies \(reason), and heart data would lie there in the clear.",
            "  Choose another place:  \(option)",
        ]
        if !sealing.isEmpty { lines.append("  Seal it:               \(sealing)") }
        lines.append("  If you mean it:        --unsealed-anyway")
        throw Failure(.refused, lines.joined(separator: "\n"))
    }

    /// Refuses a data folder that is not this computer's alone: beats stand in it in the clear, if only while a session
    /// runs.
    /// - Throws: `Failure`, when nobody said that it is meant so.
    func refuseUnsafeStore(_ global: GlobalOptions) throws {
        try refuseUnsafe(global.dataFolder, option: "--data FOLDER")
    }
}
