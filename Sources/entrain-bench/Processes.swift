import Glibc
import Programs

/// Programs beside this one, and what the kernel tells of them.
enum Processes {
    /// `entrain sim` in the background, with the addresses it exports.
    struct Simulator {
        let environment: [String: String]
        private let process: Int32

        init(_ program: String, _ options: [String]) throws {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw Trouble(description: "no pipe") }
            defer { close(ends[0]) }
            process = try Processes.spawn([program, "sim"] + options, output: .descriptor(ends[1]))
            close(ends[1])
            environment = try Processes.exports(from: ends[0], count: 2)
        }

        /// Ends it and waits until it has.
        func stop() {
            kill(process, SIGTERM)
            _ = try? Processes.wait(for: process)
        }
    }

    /// A program beside this one.
    static func neighbour(_ name: String) -> String {
        let own = CommandLine.arguments[0]
        guard let slash = own.lastIndex(of: "/") else { return name }
        return own[..<slash] + "/" + name
    }

    /// Reads `export NAME='value'` lines.
    static func exports(from descriptor: Int32, count: Int) throws -> [String: String] {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count(where: { $0 == UInt8(ascii: "\n") }) < count {
            guard read(descriptor, &byte, 1) == 1 else { throw Trouble(description: "the simulator did not start") }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        return lines.reduce(into: [:]) { variables, line in
            let parts = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1)
            if parts.count == 2 { variables[String(parts[0])] = parts[1].filter { $0 != "'" } }
        }
    }

    static func spawn(
        _ arguments: [String], output: ChildProgram.Stream = .null, environment: [String: String] = [:]
    ) throws -> Int32 {
        var child = ChildProgram(arguments[0], Array(arguments.dropFirst()))
        child.input = .inherited
        child.output = output
        child.errors = .inherited
        child.isApart = false
        child.added = environment
        do { return try child.start() } catch {
            throw Trouble(description: "cannot run \(arguments[0]): \(error)")
        }
    }

    static func wait(for identifier: Int32) throws -> rusage {
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(identifier, &status, 0, &usage) == identifier else {
            throw Trouble(description: "no child to wait for")
        }
        return usage
    }

    /// Runs a program to its end.
    static func run(_ arguments: [String]) throws {
        _ = try wait(for: try spawn(arguments))
    }

    /// Runs a program to its end, which must be a good one.
    static func succeed(_ arguments: [String]) throws {
        guard ChildEnding.wait(for: try spawn(arguments)) == .exited(0) else {
            throw Trouble(description: "\(arguments.joined(separator: " ")) failed")
        }
    }

    /// What a program prints.
    static func output(_ arguments: [String]) throws -> String {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Trouble(description: "no pipe") }
        let process = try spawn(arguments, output: .descriptor(ends[1]))
        close(ends[1])
        defer { close(ends[0]) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(ends[0], &piece, piece.count)
            if count <= 0 { break }
            bytes += piece[..<count]
        }
        _ = try wait(for: process)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a child goes on; one that has ended is buried.
    static func isRunning(_ process: Int32) throws -> Bool {
        var status: Int32 = 0
        let answer = waitpid(process, &status, WNOHANG)
        guard answer >= 0 else { throw Trouble(description: "no child to wait for") }
        return answer == 0
    }

    /// Resident memory of a process, MB; nil when it is gone.
    static func residentMegabytes(of process: Int32) -> Int? {
        guard let line = try? lines(of: "/proc/\(process)/status").first(where: { $0.hasPrefix("VmRSS:") }) else {
            return nil
        }
        return line.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }.first.map { $0 / 1024 }
    }

    /// The lines of a file.
    static func lines(of path: String) throws -> [String] {
        guard let file = fopen(path, "re") else {
            throw Trouble(description: "\(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var lines: [String] = []
        var buffer: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(buffer) }
        while getline(&buffer, &capacity, file) >= 0 {
            guard let buffer else { break }
            let line = String(cString: buffer)
            lines.append(line.hasSuffix("\n") ? String(line.dropLast()) : line)
        }
        return lines
    }
}
