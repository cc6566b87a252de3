import Practice

/// A moment of pairing: three are done, the fourth is asked.
enum PairFixture {
    static func strap(_ name: String) -> StrapIdentity { StrapIdentity(address: "A0:9E:1A:00:00:01", name: name) }

    static func view() throws -> PairingView {
        let candidate = strap("Polar H10 A1B2C3D4")
        var view = PairingView(
            group: try GroupName("G1"), code: try Code("G1-04"), stage: .offered(candidate, lead: 26))
        view.adapters = "hci0"
        (view.done, view.size) = (3, 8)
        view.nearby = [
            .init(identity: candidate, rssi: -48, beats: .inARow(6), battery: 82, isPicked: true),
            .init(identity: strap("Polar H10 7F21E0AA"), rssi: -74),
            .init(identity: strap("TICKR 3B90"), rssi: -85, beats: .belongs(try Code("G2-03"))),
        ]
        view.places = [
            .init(code: try Code("G1-01"), seat: .worn(strap("Polar H10 9C04D2B1"), heartRate: 71, clean: 0.99)),
            .init(code: try Code("G1-02"), seat: .given(strap("Polar H10 2E88BB07"))),
            .init(code: try Code("G1-03"), seat: .worn(strap("Polar H10 55A7E310"), heartRate: 80, clean: 0.88)),
            .init(code: try Code("G1-04"), seat: .open), .init(code: try Code("G1-05"), seat: .later),
            .init(code: try Code("G1-06"), seat: .absent), .init(code: try Code("G1-07"), seat: .open),
            .init(code: try Code("G1-08"), seat: .lost(strap("Polar H10 0D4F66C2"))),
        ]
        return view
    }
}
