import FoundationEssentials
import Formats
import Glibc
import Practice
import Store
import Timekeeping

/// A folder that sessions are collected from.
struct CollectSource {
    private enum Kind {
        case store
        /// Folders of exported sessions.
        case bundles([String])
    }

    let path: String
    private let kind: Kind

    /// - Throws: `Failure` when it holds no session, or is the study itself.
    init(_ path: String, target: String) throws {
        self.path = path
        guard Self.real(path) != Self.real(target) else {
            throw Failure(.usage, "\(path) is the study itself. Name the folders of the rooms.")
        }
        guard access(path, R_OK | X_OK) == 0 else {
            throw Failure(.notFound, "cannot read \(path): \(String(cString: strerror(errno))). Check the name.")
        }
        if access("\(path)/entrain.sqlite", F_OK) == 0 {
            kind = .store
            return
        }
        let inside = try FileManager.default.contentsOfDirectory(atPath: path).sorted().map { "\(path)/\($0)" }
        let bundles = ([path] + inside).filter { access("\($0)/session.json", F_OK) == 0 }
        guard !bundles.isEmpty else {
            throw Failure(
                .notFound,
                "\(path) holds neither a data folder (entrain.sqlite) nor exported sessions (session.json). "
                    + "Export them in their room:  entrain export SESSION --to FOLDER")
        }
        kind = .bundles(bundles)
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Takes every session over that is not in the study yet.
    /// - Parameters:
    ///   - study: where they go.
    ///   - key: what opens those that are sealed.
    /// - Returns: what became of each.
    /// - Throws: `Failure` or `StoreError` when the source cannot be read.
    func collect(into study: Study, key: FacilitatorPrivateKey?) async throws -> [Study.Outcome] {
        switch kind {
        case .store: return try await collectStore(into: study, key)
        case .bundles(let folders):
            var outcomes: [Study.Outcome] = []
            for folder in folders { outcomes += try await collectBundle(folder, into: study) }
            return outcomes
        }
    }

    private func collectStore(into study: Study, _ key: FacilitatorPrivateKey?) async throws -> [Study.Outcome] {
        let room = try Store(folder: path)
        var outcomes: [Study.Outcome] = []
        for listing in try await room.sessions() {
            guard listing.state != .running else {
                outcomes.append(
                    .init(
                        kind: .unreadable, session: listing.name, source: path,
                        detail: "it is still running. Stop it first: entrain session stop"))
                continue
            }
            do {
                let mended = try await room.record(named: listing.name, key: key)
                let original = try await room.original(named: listing.name, key: key)
                outcomes.append(try await study.take(mended, original: original, from: path))
            } catch {
                guard let error = error as? StoreError, error.kind == .sealed || error.kind == .otherKey else {
                    throw error
                }
                outcomes.append(
                    .init(kind: .unreadable, session: listing.name, source: path, detail: error.description))
            }
        }
        for roster in try await room.rosters() { try await study.take(roster) }
        return outcomes + (try await study.takeSurveys(of: room, from: path))
    }

    private func collectBundle(_ folder: String, into study: Study) async throws -> [Study.Outcome] {
        let name = String(folder.split(separator: "/").last ?? "")
        do {
            let reader = BundleReader(name: folder) { file in
                FileManager.default.contents(atPath: "\(folder)/\(file)").map { [UInt8]($0) }
            }
            let record = try reader.record()
            let surveys = try reader.surveys()
            let outcome = try await study.take(record, original: record, from: folder)
            let members = record.info.codes.map { Member(code: $0.key, consent: $0.value) }
            try await study.take(Roster(group: record.info.group, members: members))
            return [outcome] + (try await study.take(surveys, from: folder))
        } catch let error as BundleError {
            return [.init(kind: .unreadable, session: name, source: folder, detail: "\(error)")]
        }
    }
}

/// The study that sessions are put together in.
struct Study {
    /// What became of one session of a source.
    struct Outcome {
        /// In a word.
        enum Kind: String {
            case new, known, clash, unreadable
        }

        let kind: Kind
        /// The session, or the survey.
        let session: String
        let source: String
        var detail: String?
        var isSurvey = false
    }

    let store: Store
    /// What opens sessions that are sealed here.
    var key: FacilitatorPrivateKey?

    /// Takes a session, unless it is there already or clashes with one that is.
    func take(_ mended: SessionRecord, original: SessionRecord, from source: String) async throws -> Outcome {
        let name = mended.info.name
        func outcome(_ kind: Outcome.Kind, _ detail: String? = nil) -> Outcome {
            Outcome(kind: kind, session: name, source: source, detail: detail)
        }
        let fingerprint = Fingerprint(mended)
        for listing in try await store.sessions() where listing.group == mended.info.group {
            let there = try await store.record(named: listing.name, key: key)
            let known = Fingerprint(there)
            if known.identity == fingerprint.identity {
                if let difference = known.difference(from: fingerprint) {
                    return outcome(
                        .clash, "\(listing.name) is in the study with \(difference). \(Self.words(there, mended))")
                }
                try await withdraw(original.info)
                return outcome(.known)
            }
            let isTogether = there.info.started < end(of: mended) && mended.info.started < end(of: there)
            if isTogether || listing.name == name {
                return outcome(
                    .clash,
                    "\(listing.name) of the same group \(isTogether ? "ran at the same time" : "has that name"). "
                        + "Give each room groups of its own. \(Self.words(there, mended))")
            }
        }
        if let refusal = try await refusal(of: original) { return outcome(.clash, refusal) }
        try await withdraw(original.info)
        return outcome(.new)
    }

    /// Keeps a session; answers why it cannot be kept beside what is there.
    private func refusal(of original: SessionRecord) async throws -> String? {
        do {
            _ = try await store.adopt(original)
            return nil
        } catch {
            let error = error as StoreError
            guard error.kind == .badImport else { throw error }
            return error.detail
        }
    }

    /// Takes the places of a group; who has withdrawn there has withdrawn here.
    func take(_ roster: Roster) async throws {
        try await store.mergeRoster(roster)
        for member in roster.members where member.consent == .withdrawn { _ = try await store.withdraw(member.code) }
    }

    private func withdraw(_ info: SessionInfo) async throws {
        for (code, consent) in info.codes where consent == .withdrawn { _ = try await store.withdraw(code) }
    }

    private func end(of record: SessionRecord) -> UTC {
        record.info.started.advanced(by: .seconds(record.info.seconds ?? record.lastMoment))
    }

    /// Both copies in a sentence.
    private static func words(_ there: SessionRecord, _ here: SessionRecord) -> String {
        func words(_ record: SessionRecord) -> String {
            "began \(record.info.started.rfc3339), codes \(record.info.presentCodes.count), beats \(record.beats.count)"
        }
        return "In the study: \(words(there)). Here: \(words(here))."
    }
}
