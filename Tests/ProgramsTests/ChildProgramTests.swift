import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Programs

@Suite("Child programs") struct ChildProgramTests {
    /// Runs a line of the shell; its output and errors go to a file.
    private func shell(
        _ line: String, _ set: (inout ChildProgram) -> Void = { _ in }
    ) throws -> (text: String, ending: ChildEnding?) {
        let folder = try TemporaryFolder()
        var child = ChildProgram("sh", ["-c", line, "first"])
        child.output = .file("\(folder.path)/out")
        child.errors = .descriptor(1)
        set(&child)
        let ending = ChildEnding.wait(for: try child.start())
        return (try Self.text(of: "\(folder.path)/out"), ending)
    }

    private static func text(of path: String) throws -> String {
        String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    }

    @Test("it is told its words, reads nothing, and what it writes and complains goes where it shall")
    func streams() throws {
        let told = try shell("echo $0 $# $1; cat; echo wrong >&2") { $0.arguments += ["two words", "ä"] }
        #expect(told.text == "first 2 two words\nwrong\n" && told.ending == .exited(0))
    }

    @Test("a file it writes to is its owner's, and is emptied before")
    func file() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/out"
        for words in ["a long line", "short"] {
            var child = ChildProgram("echo", [words])
            child.output = .file(path)
            #expect(ChildEnding.wait(for: try child.start()) == .exited(0))
        }
        #expect(try Self.text(of: path) == "short\n" && TemporaryFolder.mode(of: path) == "600")
    }

    @Test("a descriptor of ours is its input, and one that is to be closed is not open in it")
    func descriptors() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let input = fcntl(ends[0], F_DUPFD_CLOEXEC, 200)
        write(ends[1], "heart", 5)
        ends.forEach { close($0) }
        let told = try shell("cat; test -e /proc/$$/fd/\(input) && echo open") { $0.input = .descriptor(input) }
        close(input)
        #expect(input >= 200 && told.text == "heart")
    }

    @Test("its environment is ours with what is added, without what is removed")
    func environment() throws {
        setenv("ENTRAIN_TEST_KEPT", "a=b", 1)
        setenv("ENTRAIN_TEST_GONE", "here", 1)
        defer { for name in ["ENTRAIN_TEST_KEPT", "ENTRAIN_TEST_GONE"] { unsetenv(name) } }
        let told = try shell("echo \"$ENTRAIN_TEST_KEPT|$ENTRAIN_TEST_GONE|$ENTRAIN_TEST_NEW\"") {
            $0.added = ["ENTRAIN_TEST_NEW": "new"]
            $0.removed = ["ENTRAIN_TEST_GONE"]
        }
        #expect(told.text == "a=b||new\n")
    }

    @Test("a signal that is blocked or ignored here is neither there")
    func signals() throws {
        var own = sigset_t()
        sigemptyset(&own)
        sigaddset(&own, SIGUSR2)
        pthread_sigmask(SIG_BLOCK, &own, nil)
        signal(SIGUSR1, SIG_IGN)
        defer {
            pthread_sigmask(SIG_UNBLOCK, &own, nil)
            signal(SIGUSR1, SIG_DFL)
        }
        let told = try shell("exec grep -E 'SigBlk|SigIgn' /proc/self/status")
        let sets = told.text.split(whereSeparator: \.isWhitespace).compactMap { UInt64($0, radix: 16) }
        try #require(sets.count == 2, "\(told)")
        #expect(sets[0] & 1 << (UInt64(SIGUSR2) - 1) == 0 && sets[1] & 1 << (UInt64(SIGUSR1) - 1) == 0, "\(told)")
    }

    @Test("a Ctrl-C meant for us passes it by, unless it is to have it too")
    func group() throws {
        let told = try [true, false].map { isApart in
            try shell("exec cut -d' ' -f1,5 /proc/self/stat") { $0.isApart = isApart }
        }
        let words = told.map { $0.text.split(whereSeparator: \.isWhitespace).compactMap { Int32($0) } }
        try #require(words.allSatisfy { $0.count == 2 }, "\(told)")
        #expect(words[0][0] == words[0][1] && words[1][1] == getpgrp())
    }

    @Test("a program that is not there is missing, one that is no program is refused, in the system's words")
    func failures() throws {
        let missing = #expect(throws: ChildFailure.self) { try ChildProgram("no-such-program-at-all").start() }
        #expect(missing?.isMissing == true && missing?.description == "No such file or directory")
        let folder = try TemporaryFolder()
        let refused = #expect(throws: ChildFailure.self) { try ChildProgram(folder.path).start() }
        #expect(refused?.isMissing == false && refused?.description == "Permission denied")
    }

    @Test(
        "an ending is a status or a signal, as a shell counts it",
        arguments: [
            ("exit 0", ChildEnding.exited(0), 0), ("exit 255", .exited(255), 255),
            ("kill -9 $$", .killed(signal: 9), 137),
        ]
    ) func endings(_ line: String, _ ending: ChildEnding, _ status: Int32) throws {
        let told = try shell(line)
        #expect(told.ending == ending && told.ending?.shellStatus == status)
    }

    @Test("who waits for a child that is not ours is told that there is none")
    func stranger() { #expect(ChildEnding.wait(for: getpid()) == nil) }
}
