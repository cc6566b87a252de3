import CLibFuzzer
import Glibc

/// What every fuzz target shares.
public enum Fuzzer {
    /// Hands the command line and one function to libFuzzer, which ends the program.
    ///
    /// - Parameter one: takes the bytes of one input; whatever makes it crash or claim in vain is found.
    public static func run(_ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt) -> Never {
        var count = CommandLine.argc
        var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(LLVMFuzzerRunDriver(&count, &words, one))
    }

    /// The bytes of one input.
    public static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// Ends the program where something that must hold does not; libFuzzer keeps the input.
    public static func claim(_ holds: Bool, _ what: @autoclosure () -> String) {
        guard !holds else { return }
        let sentence = "claimed in vain: \(what())\n"
        _ = write(STDERR_FILENO, sentence, sentence.utf8.count)
        abort()
    }
}
