import ArgumentParser
import Formats
import Gateway
import Glibc
import Practice
import Screens
import Store
import Terminal

/// `entrain doctor`: whether this computer can hold straps and keep sessions, and what to do where it cannot.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "See whether Bluetooth, clock, disk and terminal are fit for a session.",
        discussion: """
            Examples:
              entrain doctor
              entrain doctor --json

            Looks and changes nothing. Each line is ok, warn or FAIL, with the next step.
            Exit 1 when anything FAILs.
            """)

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await Failing.run {
            let facts = await gather()
            let findings = Doctor.findings(facts)
            if global.json {
                StandardOutput.line(DoctorJSON.object(facts, findings).line)
            } else {
                let closing = findings.allSatisfy { $0.status == .ok } ? "" : "Details: entrain doctor --json"
                FindingsOutput.write(findings, closing: closing, global: global)
            }
            if findings.hasFailure { throw Failure(.failed) }
        }
    }

    private func gather() async -> DoctorFacts {
        var folder = Examination.folder(global.dataFolder, home: Environment.value("HOME"))
        let (groups, adapters, privacy) = await experience(&folder)
        return DoctorFacts(
            bluetooth: await Examination.bluetooth(clock: Environment.clock(), known: adapters),
            hasGatewayPolicy: Examination.hasGatewayPolicy(), kernel: Examination.kernel(),
            clock: Examination.clock(zoneOffsetSeconds: Environment.zoneOffsetSeconds), folder: folder,
            groups: groups, terminal: terminal, privacy: privacy)
    }

    /// The groups that are kept and what sessions learned of adapters; where they cannot be read the folder's facts say why.
    ///
    /// Opening the store would shut a folder that is open to others, so such a folder is left alone and only told of.
    private func experience(
        _ folder: inout FolderFacts
    ) async -> ([DoctorFacts.GroupSize], [KnownAdapter], PrivacyFacts) {
        var privacy = PrivacyFacts(
            isDiskEncrypted: Examination.isDiskEncrypted(at: global.dataFolder),
            homeRights: Environment.value("HOME").flatMap(Examination.rights))
        guard global.hasStore, folder.isWritable, folder.looseFiles.isEmpty, (folder.rights ?? 0) & 0o077 == 0 else {
            return ([], [], privacy)
        }
        do {
            let store = try Store(folder: global.dataFolder)
            let groups = try await store.rosters().map { roster in
                DoctorFacts.GroupSize(name: roster.group.text, places: roster.members.count)
            }
            privacy.keys = try await store.facilitatorKeys().count
            privacy.plainSessions = try await store.plainSessions().count
            privacy.keptUntil = try await store.retentions().first { $0.session == nil }?.until
            privacy.dueSessions = try await store.purge([], on: try Today.day(), isDry: true).sessions.count
            return (groups, try await store.knownAdapters(), privacy)
        } catch {
            folder.trouble = "\(error)"
            return ([], [], privacy)
        }
    }

    private var terminal: TerminalFacts {
        let size = StandardOutput.isTerminal ? WindowSize.of(descriptor: STDOUT_FILENO) : nil
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { Environment.value($0) }.first ?? ""
        let isUTF8 = locale.lowercased().contains("utf-8") || locale.lowercased().contains("utf8")
        return TerminalFacts(
            columns: size?.columns, rows: size?.rows, colours: global.colouring == .palette ? 256 : 0, isUTF8: isUTF8)
    }
}

/// Findings on stdout, for people.
enum FindingsOutput {
    static func write(_ findings: [Finding], closing: String, global: GlobalOptions) {
        let screen = FindingsScreen.draw(findings, closing: closing, options: ScreenOptions(isASCII: global.ascii))
        StandardOutput.write(ANSIRenderer(colouring: global.colouring).lines(screen))
    }
}
