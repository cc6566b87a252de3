import Formats
import Gateway
import Practice
import Store

/// Finds the strap that a person means.
enum StrapFinder {
    /// Finds a strap by printed ID, name, label or address: among the known ones first, then over the air.
    ///
    /// An address means its strap also when that is not heard, without its name then.
    /// - Parameters:
    ///   - text: what the person typed.
    ///   - seconds: how long to listen, session time.
    ///   - needsName: whether a strap whose address is given is listened for all the same, to learn its name.
    ///   - global: where known straps are kept.
    /// - Returns: the strap.
    /// - Throws: `Failure` when there is none, or more than one.
    static func find(
        _ text: String, seconds: Double, needsName: Bool = true, global: GlobalOptions
    ) async throws -> StrapIdentity {
        if let known = try await known(text, global: global) { return known.identity }
        let bare = bare(text)
        if let bare, !needsName { return bare }
        let seen = try await StrapScan.run(
            seconds: seconds, clock: Environment.clock(),
            until: { found in
                found.contains { $0.identity.matches(text) }
            })
        guard let match = try only(seen.map(\.identity).filter { $0.matches(text) }, text) else {
            if let bare { return bare }
            throw Failure(
                .notFound,
                """
                No strap '\(text)' was heard in \(Int(seconds)) s.
                  Wet the pads, put it on, close phone apps that use it, and see who is there:  entrain strap scan
                """)
        }
        return match
    }

    /// The known strap that a person means; nil when there is none.
    /// - Throws: `Failure` when there is more than one.
    static func known(_ text: String, global: GlobalOptions) async throws -> KnownStrap? {
        guard global.hasStore else { return nil }
        let matches = try await global.openStore().knownStraps().filter { $0.matches(text) }
        let identity = try only(matches.map(\.identity), text)
        return matches.first { $0.identity == identity }
    }

    /// Refuses a strap that the room's kit gives to another room.
    ///
    /// Not inlined: swiftc 6.3.1 -O ends with signal 11 when it inlines this into `strap test`.
    @inline(never)
    static func refuseElsewhere(_ identity: StrapIdentity, global: GlobalOptions) async throws {
        guard global.hasStore else { return }
        try await global.openStore().refuseElsewhere(identity)
    }

    /// The one strap that a text means; nil when it means none.
    /// - Throws: `Failure` when it means more than one.
    static func only(_ matches: [StrapIdentity], _ text: String) throws -> StrapIdentity? {
        if matches.count > 1 {
            let names = matches.map { "\($0.label) at \($0.address)" }.joined(separator: ", ")
            throw Failure(.notFound, "'\(text)' means more than one strap: \(names). Give the address.")
        }
        return matches.first
    }

    /// The strap that an address means, without its name; nil when the text is no address.
    static func bare(_ text: String) -> StrapIdentity? {
        isAddress(text) ? StrapIdentity(address: text.uppercased(), name: "") : nil
    }

    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isHexDigit) }
    }

    /// Straps in JSON: the members that every command about straps writes first.
    static func json(_ identity: StrapIdentity, label: SchoolLabel?) -> [JSONValue.Member] {
        [
            JSONValue.Member("id", .string(identity.printedID)), JSONValue.Member("name", .string(identity.name)),
            JSONValue.Member("address", .string(identity.address)),
            JSONValue.Member("label", JSONValue(label?.text)),
        ]
    }
}
