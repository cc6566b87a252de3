// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every room: Swift 6 mode, strict imports, and no warnings.
let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "entrain",
    targets: [
        .target(name: "Timekeeping", swiftSettings: rules),
        .target(name: "HeartRate", swiftSettings: rules),
        .target(name: "Straps", dependencies: ["HeartRate", "Timekeeping"], swiftSettings: rules),
        .testTarget(name: "TimekeepingTests", dependencies: ["Timekeeping"], swiftSettings: rules),
        .testTarget(name: "HeartRateTests", dependencies: ["HeartRate"], swiftSettings: rules),
        .testTarget(name: "StrapsTests", dependencies: ["Straps", "Timekeeping"], swiftSettings: rules),
    ],
    swiftLanguageModes: [.v6]
)
