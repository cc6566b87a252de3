// swift-tools-version: 6.2
import PackageDescription

let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A program that libFuzzer feeds; `run` builds and runs every one there is, each with the corpus of its name.
func fuzz(_ name: String, _ rooms: [String]) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["Fuzzing"] + rooms.map { .product(name: $0, package: "entrain") },
        swiftSettings: rules)
}

let package = Package(
    name: "entrain-fuzz",
    dependencies: [.package(name: "entrain", path: "..")],
    targets: [
        .systemLibrary(name: "CLibFuzzer"),
        .target(name: "Fuzzing", dependencies: ["CLibFuzzer"], swiftSettings: rules),
        fuzz("FuzzMeasurement", ["HeartRate"]),
        fuzz("FuzzBeatLedger", ["HeartRate"]),
        fuzz("FuzzRRFile", ["Formats", "HRV"]),
        fuzz("FuzzAnalysis", ["HRV"]),
    ],
    swiftLanguageModes: [.v6]
)
