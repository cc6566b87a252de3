public import Practice

/// What changes while straps are given to a group, as JSON objects: one a line, every one with `"v":1` and a `type`.
///
/// `question` says whose turn it is and how it stands, `place` what became of a place, `message` what people are told,
/// `end` how it ended.
public enum PairingJSON {
    /// Version of the shapes.
    static let version = 1

    /// The lines that lead from one moment to the next.
    /// - Parameters:
    ///   - old: the earlier moment; nil at the beginning, when only what differs from an empty group is told.
    ///   - new: the later one.
    /// - Returns: the lines without line breaks at their ends.
    public static func lines(from old: PairingView?, to new: PairingView) -> [String] {
        var values: [JSONValue] = []
        for (index, place) in new.places.enumerated() {
            let before = old.flatMap { $0.places.indices.contains(index) ? state(of: $0.places[index]) : nil } ?? .open
            if state(of: place) != before { values.append(line(state(of: place), place.code)) }
        }
        if new.message != old?.message ?? "", !new.message.isEmpty {
            values.append(["v": .integer(version), "type": "message", "text": .string(new.message)])
        }
        let hasAsked = old.map { $0.code == new.code && question($0) == question(new) } ?? false
        if new.code != nil, !hasAsked { values.append(.object(question(new))) }
        return values.map(\.line)
    }

    /// The last line: how many places have a strap, of how many that take part, and which have none.
    public static func end(_ roster: Roster) -> String {
        let round = PairingRound(roster.members)
        let value: JSONValue = [
            "v": .integer(version), "type": "end", "group": .string(roster.group.text),
            "done": .integer(round.doneCount), "of": .integer(round.size),
            "open": .array(round.openCodes.map { .string($0.description) }),
        ]
        return value.line
    }

    /// A place that was given a strap by a file.
    public static func given(_ strap: StrapIdentity, to code: Code) -> String { line(.given(strap), code).line }

    // MARK: - Parts

    private enum State: Hashable {
        case open, later, absent, lost(StrapIdentity), given(StrapIdentity)
    }

    private static func state(of place: PairingView.Place) -> State {
        switch place.seat {
        case .open: .open
        case .later: .later
        case .absent: .absent
        case .given(let strap), .worn(let strap, _, _): .given(strap)
        case .lost(let strap): .lost(strap)
        }
    }

    private static func line(_ state: State, _ code: Code) -> JSONValue {
        let (word, strap): (String, StrapIdentity?) =
            switch state {
            case .open: ("open", nil)
            case .later: ("later", nil)
            case .absent: ("absent", nil)
            case .given(let strap): ("given", strap)
            case .lost(let strap): ("lost", strap)
            }
        var members: [JSONValue.Member] = [
            .init("v", .integer(version)), .init("type", "place"), .init("code", .string(code.description)),
            .init("state", .string(word)),
        ]
        if let strap { members += Self.members(of: strap) }
        return .object(members)
    }

    private static func members(of strap: StrapIdentity) -> [JSONValue.Member] {
        [.init("strap", .string(StrapLabel.withoutAddress(strap.label))), .init("id", .string(strap.printedID))]
    }

    private static func question(_ view: PairingView) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("v", .integer(version)), .init("type", "question"), .init("code", JSONValue(view.code?.description)),
        ]
        switch view.stage {
        case .looking: members.append(.init("stage", "looking"))
        case .waitingForStart: members.append(.init("stage", "waiting_for_start"))
        case .waitingForID: members.append(.init("stage", "waiting_for_id"))
        case .close(let straps):
            members.append(.init("stage", "close"))
            members.append(.init("ids", .array(straps.map { .string($0.printedID) })))
        case .checking(let strap):
            members.append(.init("stage", "checking"))
            members += Self.members(of: strap)
        case .offered(let strap, _):
            members.append(.init("stage", "offered"))
            members += Self.members(of: strap)
        case .done: members.append(.init("stage", "done"))
        }
        return members
    }
}
