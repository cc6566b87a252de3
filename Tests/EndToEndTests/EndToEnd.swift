import Testing

/// The built binary as people run it, among virtual straps on a real bus; one run at a time, for the machine's sake.
@Suite("End to end", .serialized) enum EndToEnd {}
