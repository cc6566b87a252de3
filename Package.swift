// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every room: Swift 6 mode, strict imports, and no warnings.
let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "entrain",
    products: [
        .library(name: "HeartRate", targets: ["HeartRate"]),
        .library(name: "HRV", targets: ["HRV"]),
        .library(name: "Formats", targets: ["Formats"]),
        .library(name: "FuzzEntries", targets: ["FuzzEntries"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        .systemLibrary(name: "CDBus", pkgConfig: "dbus-1", providers: [.apt(["libdbus-1-dev"])]),
        .systemLibrary(name: "CBluetooth", pkgConfig: "bluez", providers: [.apt(["libbluetooth-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Timekeeping", swiftSettings: rules),
        .target(name: "Programs", swiftSettings: rules),
        .target(name: "HeartRate", swiftSettings: rules),
        .target(name: "HRV", swiftSettings: rules),
        .target(
            name: "Practice",
            dependencies: ["HRV", "HeartRate", "Timekeeping", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: rules),
        .target(name: "DBus", dependencies: ["CDBus", "CLinux", "Programs", "Timekeeping"], swiftSettings: rules),
        .target(name: "BlueZ", dependencies: ["DBus", "Timekeeping"], swiftSettings: rules),
        .target(name: "HCI", dependencies: ["CBluetooth"], swiftSettings: rules),
        .target(name: "Straps", dependencies: ["HeartRate", "Timekeeping"], swiftSettings: rules),
        .target(
            name: "Store",
            dependencies: [
                "Practice", "HRV", "HeartRate", "Timekeeping", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ], swiftSettings: rules),
        .target(name: "Sound", dependencies: ["Programs"], swiftSettings: rules),
        .target(
            name: "Formats",
            dependencies: [
                "CZlib", "Practice", "HRV", "HeartRate", "Timekeeping", .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: rules),
        .target(name: "Report", dependencies: ["Practice", "HRV", "HeartRate", "Timekeeping"], swiftSettings: rules),
        .target(
            name: "Gateway",
            dependencies: [
                "CLinux", "DBus", "BlueZ", "HCI", "Straps", "Store", "Practice", "Programs", "HRV", "HeartRate",
                "Timekeeping",
            ],
            swiftSettings: rules),
        .target(
            name: "VirtualStraps",
            dependencies: ["DBus", "HeartRate", "Timekeeping", .product(name: "Yams", package: "Yams")],
            swiftSettings: rules),
        .executableTarget(
            name: "entrain",
            dependencies: [
                "BlueZ", "CLinux", "DBus", "Formats", "Gateway", "HRV", "HeartRate", "Practice", "Programs", "Report",
                "Screens",
                "Sound", "Store", "Straps", "Terminal", "Timekeeping", "VirtualStraps",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: rules),
        .target(name: "Terminal", swiftSettings: rules),
        .target(name: "Screens", dependencies: ["Practice", "HRV", "Terminal"], swiftSettings: rules),
        .target(name: "CAllocations"),
        .executableTarget(
            name: "entrain-bench",
            dependencies: [
                "CAllocations", "DBus", "Gateway", "HRV", "HeartRate", "Practice", "Programs", "Store", "Timekeeping",
            ],
            swiftSettings: rules),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: rules),
        .target(
            name: "FuzzEntries",
            dependencies: [
                "BlueZ", "CDBus", "DBus", "Formats", "HRV", "HeartRate", "Practice", "Store", "Timekeeping",
                "VirtualStraps", .product(name: "GRDB", package: "GRDB.swift"),
            ], path: "Tests/FuzzEntries", swiftSettings: rules),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzEntries", "Programs", "TestSupport"], swiftSettings: rules),
        .testTarget(name: "DBusTests", dependencies: ["DBus", "Timekeeping"], swiftSettings: rules),
        .testTarget(name: "HRVTests", dependencies: ["HRV"], swiftSettings: rules),
        .testTarget(name: "BlueZTests", dependencies: ["BlueZ", "DBus", "Timekeeping"], swiftSettings: rules),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "entrain", "TestSupport", "VirtualStraps", "DBus", "Formats", "HRV", "HeartRate", "Practice",
                "Timekeeping",
            ],
            swiftSettings: rules),
        .testTarget(
            name: "PracticeTests", dependencies: ["Practice", "HRV", "HeartRate", "Timekeeping"], swiftSettings: rules),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Gateway", "TestSupport", "VirtualStraps", "Store", "Straps", "Practice", "BlueZ", "DBus", "HRV",
                "HeartRate",
                "Timekeeping",
            ], swiftSettings: rules),
        .testTarget(name: "HCITests", dependencies: ["HCI"], swiftSettings: rules),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Store", "TestSupport", "Practice", "HRV", "HeartRate", "Timekeeping",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: rules),
        .testTarget(
            name: "FormatsTests", dependencies: ["Formats", "Practice", "HRV", "HeartRate", "Timekeeping"],
            swiftSettings: rules),
        .testTarget(
            name: "VirtualStrapsTests", dependencies: ["VirtualStraps", "DBus", "HeartRate", "Timekeeping"],
            swiftSettings: rules),
        .testTarget(
            name: "ReportTests", dependencies: ["Report", "Practice", "HRV", "HeartRate", "Timekeeping"],
            swiftSettings: rules),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: rules),
        .testTarget(name: "SoundTests", dependencies: ["Sound"], swiftSettings: rules),
        .testTarget(
            name: "ScreensTests", dependencies: ["Screens", "Practice", "HRV", "HeartRate", "Terminal", "Timekeeping"],
            exclude: ["Snapshots"], swiftSettings: rules),
        .testTarget(name: "ProgramsTests", dependencies: ["Programs", "TestSupport"], swiftSettings: rules),
        .testTarget(name: "TimekeepingTests", dependencies: ["Timekeeping"], swiftSettings: rules),
        .testTarget(name: "HeartRateTests", dependencies: ["HeartRate"], swiftSettings: rules),
        .testTarget(
            name: "DocumentationTests", dependencies: ["Formats", "HRV", "HeartRate"], swiftSettings: rules),
        .testTarget(name: "StrapsTests", dependencies: ["Straps", "HeartRate", "Timekeeping"], swiftSettings: rules),
    ],
    swiftLanguageModes: [.v6]
)
