import Gateway
import Testing

@Suite("Lists of adapters that people type") struct AdapterListTests {
    @Test(
        "names are read",
        arguments: [
            ("hci0", ["hci0"]), ("hci0,hci1", ["hci0", "hci1"]), ("hci12,hci3", ["hci12", "hci3"]),
        ])
    func names(text: String, expected: [String]) throws {
        #expect(try AdapterNames(text).names.sorted() == expected)
    }

    @Test(
        "what is no list of names is refused by name",
        arguments: [
            ("", "''"), ("hci0,", "''"), (",hci0", "''"), ("hci0, hci1", "' hci1'"), ("eth0", "'eth0'"),
            ("hci", "'hci'"),
            ("hci0x", "'hci0x'"), ("HCI0", "'HCI0'"), ("hci0;hci1", "'hci0;hci1'"),
            ("hci0,hci1,hci0", "hci0 is listed twice"),
        ])
    func badNames(text: String, phrase: String) {
        let error = #expect(throws: AdapterListError.self) { try AdapterNames(text) }
        #expect(error?.description.contains(phrase) == true)
        #expect(error?.description.contains("such as hci0,hci1") == true)
    }

    @Test(
        "links are read",
        arguments: [
            ("hci0=60", ["hci0": 60]), ("hci0=1,hci1=250", ["hci0": 1, "hci1": 250]), ("hci0=07", ["hci0": 7]),
        ])
    func slots(text: String, expected: [String: Int]) throws {
        #expect(try AdapterSlots(text).links == expected)
    }

    @Test(
        "what says no number of links is refused with the number that is wrong",
        arguments: [
            ("", "''"), ("hci0", "'hci0'"), ("5", "'5'"), ("=5", "'=5'"), ("eth0=5", "'eth0=5'"), ("hci0=", "''"),
            ("hci0=0", "'0'"), ("hci0=251", "'251'"), ("hci0=-1", "'-1'"), ("hci0=+5", "'+5'"), ("hci0=five", "'five'"),
            ("hci0=5=6", "'5=6'"), ("hci0= 5", "' 5'"), ("hci0=99999999999999999999", "'99999999999999999999'"),
            ("hci0=5,hci0=6", "hci0 are given twice"), ("hci0=5,", "''"),
        ])
    func badSlots(text: String, phrase: String) {
        let error = #expect(throws: AdapterListError.self) { try AdapterSlots(text) }
        #expect(error?.description.contains(phrase) == true, "\(String(describing: error))")
    }
}
