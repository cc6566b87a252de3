import Glibc
import HCI
import Testing

@Suite("Controllers")
struct ControllerTests {
    @Test(
        "hold as many straps as their makers are known for",
        arguments: [
            (10, .usb, 5), (15, .usb, 7), (15, .uart, 3), (305, .uart, 3), (2, .usb, 7), (93, .usb, nil),
            (nil, .usb, nil),
        ] as [(Int?, Controller.Bus, Int?)])
    func slots(manufacturer: Int?, bus: Controller.Bus, slots: Int?) {
        let controller = Controller(
            index: 0, name: "hci0", isUp: true, bus: bus, aclBuffers: 8, manufacturer: manufacturer, hciVersion: 9)
        #expect(controller.knownSlots == slots)
    }

    @Test(
        "tell maker and version in words, and nothing where they did not answer",
        arguments: [
            (10, 6, "Cambridge Silicon Radio", "4.0"), (2, 11, "Intel Corp.", "5.2"), (nil, nil, nil, nil),
            (15, 5, "Broadcom Corporation", nil), (15, 14, "Broadcom Corporation", "6.0"),
        ] as [(Int?, Int?, String?, String?)])
    func words(manufacturer: Int?, hciVersion: Int?, maker: String?, version: String?) {
        let controller = Controller(
            index: 0, name: "hci0", isUp: true, bus: .usb, aclBuffers: 8, manufacturer: manufacturer,
            hciVersion: hciVersion)
        #expect(controller.makerName == maker)
        #expect(controller.bluetoothVersion == version)
    }

    @Test("are read from the kernel, or the kernel is said to have no Bluetooth")
    func kernel() {
        let hasBluetooth = access("/sys/class/bluetooth", F_OK) == 0
        do {
            let names = try Controller.all().map(\.name)
            #expect(names.allSatisfy { $0.hasPrefix("hci") })
            #expect(hasBluetooth)
        } catch {
            #expect(!hasBluetooth)
            #expect(error.description.contains("modprobe bluetooth"))
        }
    }
}
