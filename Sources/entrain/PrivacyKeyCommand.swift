import ArgumentParser
import Formats
import FoundationEssentials
import Glibc
import Store

extension PrivacyCommand {
    /// `entrain privacy key`: who may open what is sealed.
    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the facilitator's key, and say for which keys sessions are sealed.",
            discussion: """
                On the facilitator's computer:
                  entrain privacy key new
                On each coach's computer, with the public key:
                  entrain privacy key import facilitator.key.pub

                A data folder with a key seals: at a session's end the beats of each student
                are locked, and only the private key or the student's slip opens them. Losing
                the only key loses the data, so import the keys of two people.
                """,
            subcommands: [New.self, Show.self, Import.self, Remove.self])

        struct New: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Make a private key, and a public one to hand on.",
                discussion: """
                    Examples:
                      entrain privacy key new
                      entrain privacy key new --out /home/ann/keys/study.key

                    The private key stays on this computer: whoever has the file reads everything
                    that was sealed for it, so copy it to nothing but a safe place, and do not
                    lose it. The public key is written beside it and ends in .pub.
                    """)
            @Option(
                help: ArgumentHelp("Where the private key goes; ~/.config/entrain/facilitator.key without this."),
                completion: .file())
            var out: String?
            @OptionGroup var global: GlobalOptions

            func run() async throws {
                try await Failing.run {
                    let path = out ?? KeyFile.usual
                    if out == nil { try Self.makeFolder(of: path) }
                    for file in [path, "\(path).pub"] where access(file, F_OK) == 0 {
                        throw Failure(
                            .failed,
                            "there is a key \(file) already, and it stays: what was sealed for it opens with nothing else. "
                                + "Choose another name with --out.")
                    }
                    let key: FacilitatorPrivateKey
                    do { key = try FacilitatorPrivateKey() } catch { throw Failure(.internalFault, "no key was made.") }
                    try TextFile.create(path, key.text, option: "--out")
                    try TextFile.create("\(path).pub", key.publicKey.text, option: "--out")
                    tell(path, key.publicKey.fingerprint)
                }
            }

            private static func makeFolder(of path: String) throws {
                let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
                do {
                    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                } catch {
                    throw Failure(.failed, "could not make the folder \(folder). Choose another place with --out.")
                }
            }

            private func tell(_ path: String, _ fingerprint: String) {
                if global.json {
                    let object: JSONValue = [
                        "private": .string(path), "public": .string("\(path).pub"),
                        "fingerprint": .string(fingerprint),
                    ]
                    StandardOutput.line(object.line)
                    return
                }
                StandardOutput.line("Private key:  \(path)   (yours alone; a copy in a safe place is all there is)")
                StandardOutput.line("Public key:   \(path).pub   (goes to the coaches)")
                StandardOutput.line("Fingerprint:  \(fingerprint)   (compare it by voice)")
                StandardOutput.line(
                    "Into a kit:   entrain room pack B204 --codes ... --key \(path).pub --out b204.room")
                StandardOutput.line("Or there:     entrain privacy key import \(path).pub")
            }
        }

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Show for which keys sessions are sealed here, or which key a file is.",
                discussion: """
                    Examples:
                      entrain privacy key show
                      entrain privacy key show facilitator.key.pub
                    """)
            @Argument(help: "A key's file; without it, the keys of this data folder.", completion: .file())
            var file: String?
            @OptionGroup var global: GlobalOptions

            func run() async throws {
                try await Failing.run {
                    if let file {
                        let (kind, fingerprints) = try Self.read(file)
                        for fingerprint in fingerprints { tell(fingerprint, kind) }
                        return
                    }
                    let keys = try await global.openStore().facilitatorKeys()
                    for key in keys { tell(key.fingerprint, "public") }
                    if keys.isEmpty, !global.json {
                        StandardOutput.line(
                            "No key: sessions stay in the clear. Seal them:  entrain privacy key import FILE.pub")
                    }
                    if keys.count == 1, !global.json { KeyAdvice.tellLonely() }
                }
            }

            private static func read(_ file: String) throws -> (kind: String, fingerprints: [String]) {
                do {
                    let text = try TextFile.read(file, longest: 1 << 16)
                    do { return ("public", try FacilitatorKey.all(in: text).map(\.fingerprint)) } catch {
                        guard error == .isPrivate else { throw error }
                        return ("private", [try FacilitatorPrivateKey(text: text).publicKey.fingerprint])
                    }
                } catch let fault as KeyFault {
                    throw Failure(.failed, "\(file) \(fault)")
                }
            }

            private func tell(_ fingerprint: String, _ kind: String) {
                StandardOutput.line(
                    global.json
                        ? JSONValue.object([
                            .init("fingerprint", .string(fingerprint)), .init("kind", .string(kind)),
                        ]).line
                        : "\(fingerprint)  \(kind) key")
            }
        }

        struct Import: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Seal the sessions of this data folder for a public key.",
                discussion: """
                    Example:
                      entrain privacy key import ann.pub ben.pub

                    From now on sessions are sealed when they end. Those that are here already
                    stay as they are until you say: entrain privacy seal
                    """)
            @Argument(help: "Files of public keys.", completion: .file()) var files: [String]
            @OptionGroup var global: GlobalOptions

            func run() async throws {
                try await Failing.run {
                    let keys = try files.flatMap(KeyFile.publicKeys)
                    let store = try global.openStore()
                    let new = try await store.add(keys)
                    let plain = try await store.plainSessions()
                    if global.json {
                        let object: JSONValue = [
                            "imported": .array(new.map { .string($0.fingerprint) }),
                            "keys": .array(try await store.facilitatorKeys().map { .string($0.fingerprint) }),
                            "in_the_clear": .array(plain.map { .string($0) }),
                        ]
                        StandardOutput.line(object.line)
                        return
                    }
                    for key in keys {
                        let word = new.contains(key) ? "Sealing for" : "Known already:"
                        StandardOutput.line("\(word) \(key.fingerprint).")
                    }
                    if try await store.facilitatorKeys().count == 1 { KeyAdvice.tellLonely() }
                    guard !plain.isEmpty else { return }
                    StandardOutput.line(
                        "In the clear: \(plain.joined(separator: ", ")). Seal them:  entrain privacy seal")
                }
            }
        }

        struct Remove: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Seal for a key no more.",
                discussion: """
                    Example:
                      entrain privacy key remove 3f2a-91c0-77aa-0b1c

                    What was sealed for it stays so. Without any key, sessions stay in the clear.
                    """)
            @Argument(help: "Its fingerprint, as key show tells it.") var fingerprint: String
            @OptionGroup var global: GlobalOptions

            func run() async throws {
                try await Failing.run {
                    guard try await global.openStore().removeKey(fingerprint.lowercased()) else {
                        throw Failure(
                            .notFound, "there is no key \(fingerprint) here. See them:  entrain privacy key show")
                    }
                    StandardOutput.line(
                        global.json
                            ? JSONValue.object([.init("removed", .string(fingerprint.lowercased()))]).line
                            : "\(fingerprint.lowercased()) is removed. What was sealed for it stays so.")
                }
            }
        }
    }
}

/// What is said of a key that stands alone.
enum KeyAdvice {
    static func tellLonely() {
        StandardError.write(
            "One key only: if it is lost, so is everything that was sealed for it. Import a second person's key too.\n")
    }
}
