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
