import HeartRate
import Testing

@Suite("What a strap says of itself")
struct StrapDescriptionTests {
    @Test(
        "is text up to the padding, or nothing",
        arguments: [
            ([0x48, 0x31, 0x30], "H10"), ([0x48, 0x39, 0, 0, 0], "H9"), ([0, 0], nil), ([], nil), (nil, nil),
        ] as [([UInt8]?, String?)])
    func text(bytes: [UInt8]?, text: String?) {
        #expect(StrapDescription.text(bytes) == text)
    }

    @Test("names every place of the Heart Rate Service")
    func places() {
        #expect(Set(BodySensorLocation.allCases.map(\.word)).count == 7)
        #expect(BodySensorLocation(rawValue: 1)?.word == "chest")
    }
}
