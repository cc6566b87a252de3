/// Students who come to the laptop one after the other, each once the strap of the one before was connected.
struct StudentQueue {
    /// Names of the straps, in the order of the queue.
    static let straps = [
        "Polar H10 A1B2C3D4", "Polar H10 7F21E0AA", "Polar H10 9C04D2B1", "TICKR 3B90", "Polar H9 2E88BB07",
        "Polar H10 55A7E310", "HRM-Dual 8812", "Polar H10 0D4F66C2",
    ]
    /// The strap of somebody who never comes near.
    static let far = "Polar H10 77AA01F3"

    /// The ID that is printed on a strap.
    static func printedID(_ strap: String) -> String { strap.split(separator: " ").last.map(String.init) ?? "" }

    /// A scenario file with the first straps of the queue.
    /// - Parameters:
    ///   - count: how many come near.
    ///   - hasFar: whether there is one more that does not.
    /// - Returns: the file's text.
    static func scenario(_ count: Int, hasFar: Bool = false) -> String {
        var straps = Self.straps.prefix(count).enumerated().map { index, name in
            let beginning = index == 0 ? "from_s: 1" : "after: \(index)"
            return strap(name, number: index + 1, near: ", near: [{\(beginning), rssi: -42}]")
        }
        if hasFar { straps.append(strap(far, number: count + 1, near: "")) }
        return "seed: 3\nstraps:\n" + straps.joined(separator: "\n") + "\n"
    }

    private static func strap(_ name: String, number: Int, near: String) -> String {
        """
          - {name: \(name), address: "A0:9E:1A:00:00:0\(number)", rssi: -75, rr: true\(near),
             heart: {ectopic: 0, missed: 0, extra: 0}}
        """
    }
}
