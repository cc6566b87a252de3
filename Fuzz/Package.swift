// swift-tools-version: 6.2
import PackageDescription

let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// One program that libFuzzer feeds.
///
/// Which reader takes the input, the environment says; `run` builds and runs it.
let package = Package(
    name: "entrain-fuzz",
    dependencies: [.package(name: "entrain", path: "..")],
    targets: [
        .systemLibrary(name: "CLibFuzzer"),
        .executableTarget(
            name: "entrain-fuzz", dependencies: ["CLibFuzzer", .product(name: "FuzzEntries", package: "entrain")],
            swiftSettings: rules),
    ],
    swiftLanguageModes: [.v6]
)
