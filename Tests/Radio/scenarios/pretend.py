"""A strap of our own on real Bluetooth, found, read and listened to by a central of the other stack."""

import asyncio
import json
import shlex

from bumble import hci
from bumble.core import ProtocolError, UUID
from bumble.device import Device, Peer
from bumble.host import Host
from bumble.transport.common import AsyncPipeSink

from rig.air import StrapController
from rig.checks import scenario
from rig.room import SET_POWERED, until

NAME = "Entrain P1"
# Flags, the Heart Rate service, the appearance of a heart-rate belt; the complete name.
FLAGS, SERVICE, BELT = bytes([2, 1, 6]), bytes([3, 3, 0x0D, 0x18]), bytes([3, 0x19, 0x41, 3])
COMPLETE_NAME = bytes([1 + len(NAME), 9]) + NAME.encode()


class Central:
    def __init__(self, air):
        controller = StrapController("central", air)
        self.device = Device(
            name="central", address=hci.Address("C0:DE:4E:00:99:01"), host=Host(controller, AsyncPipeSink(controller)))
        self.seen = []
        self.values = []
        self.device.on("advertisement", self.seen.append)

    async def find(self):
        self.seen.clear()
        await self.device.power_on()
        await self.device.start_scanning(filter_duplicates=False)
        await until(lambda: self.seen, 20, "an advertisement of the adapter")
        await self.device.stop_scanning()
        return bytes(self.seen[0].data_bytes)

    async def connect(self):
        self.link = await asyncio.wait_for(self.device.connect(self.seen[0].address), 20)
        self.peer = Peer(self.link)
        await asyncio.wait_for(self.peer.discover_all(), 40)

    def characteristic(self, uuid):
        return self.peer.get_characteristics_by_uuid(UUID(uuid))[0]

    async def read(self, uuid):
        return bytes(await asyncio.wait_for(self.characteristic(uuid).read_value(), 10))

    async def write(self, uuid, value):
        await asyncio.wait_for(self.characteristic(uuid).write_value(value, with_response=True), 10)

    async def listen(self):
        await asyncio.wait_for(self.characteristic("2A37").subscribe(lambda value: self.values.append(bytes(value))), 10)


def start(room, *options, user=None):
    """Starts a strap whose events go to a file of the shared folder as they happen."""
    command = f"exec /share/entrain strap pretend --name '{NAME}' --json {' '.join(options)}"
    if user:
        command = f"exec su {user} -s /bin/sh -c {shlex.quote(command)}"
    return room.guest.start(f"sh -c {shlex.quote(command)} >/out/sent.jsonl 2>/out/sent.errors & echo $! >/tmp/strap.pid; wait $!")


def told(room, kind=None):
    path = room.guest.out / "sent.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines() if line.endswith("}")] if path.exists() else []
    return [line for line in lines if kind in (None, line["type"])]


@scenario("strap pretend, and a central of another stack", seconds=60)
async def pretended(check, make_room):
    async with make_room() as room:
        strap = start(room, "--pacer", "6", "--seconds", "40", user="student")
        central = Central(room.air)
        data = await central.find()
        check(all(part in data for part in (FLAGS, SERVICE, BELT)), f"an ordinary account advertises a heart-rate belt: {data.hex(' ')}")
        answer = bytes(room.adapters[0].le_legacy_advertiser.scan_response_data)
        check(COMPLETE_NAME in answer, "its name is what a scan is answered with")
        await central.connect()
        check(await central.read("2A38") == b"\x01", "a central connects, and reads that it is worn on the chest")
        check(await central.read("2A29") == b"Entrain" and await central.read("2A24") == b"Pretended strap", "and that it is pretended")
        check(await central.read("2A19") == bytes([100]), "it has a battery level")
        await asyncio.sleep(3)
        check(not central.values, "nothing is sent before somebody asks")
        await central.listen()
        await until(lambda: len(central.values) >= 12, 30, "twelve packets")
        await central.write("2A39", b"\x01")
        await until(lambda: told(room, "energy-reset"), 5, "word of the reset")
        check(True, "the energy count is reset")
        code = 0
        try:
            await central.write("2A39", b"\x02")
        except ProtocolError as error:
            code = error.error_code
        check(code == 0x80, f"another value of the control point is refused: 0x{code:02x}")
        await asyncio.wait_for(central.characteristic("2A37").unsubscribe(), 10)
        await until(lambda: told(room, "unheard"), 5, "word that nobody listens")
        count = len(central.values)
        await asyncio.sleep(3)
        check(len(central.values) == count, "nothing is sent when nobody asks any more")
        await central.link.disconnect()
        check(await strap.status(60) == 0, "it ends by itself with 0 " + (room.guest.out / "sent.errors").read_text())
        sent = [bytes.fromhex(line["hex"]) for line in told(room, "packet")]
        check(len(sent) >= 12 and central.values == sent, f"{len(central.values)} packets arrived of {len(sent)}, the same bytes")
        check(not room.adapters[0].le_legacy_advertiser.enabled, "the adapter advertises no longer")


@scenario("strap pretend while the service and the adapter go and return", seconds=60)
async def returning(check, make_room):
    async with make_room() as room:
        advertiser = room.adapters[0].le_legacy_advertiser
        strap = start(room)
        await until(lambda: told(room, "advertising"), 20, "the strap on the air")
        central = Central(room.air)

        async def hears_it_again(turn, what):
            await until(lambda: len(told(room, "advertising")) == turn and advertiser.enabled, 30, f"the strap back after {what}")
            await central.find()
            await central.connect()
            mark = len(central.values)
            await central.listen()
            await until(lambda: len(central.values) >= mark + 3, 20, f"beats after {what}")
            check(True, f"beats come after {what}")

        await hears_it_again(1, "the start")
        await room.stop_bluetoothd("KILL")
        await until(lambda: told(room, "waiting"), 10, "word that the service is gone")
        await asyncio.sleep(2)
        await room.start_bluetoothd()
        await hears_it_again(2, "a restart of bluetoothd")
        await room.guest.run(SET_POWERED.format("false"))
        await until(lambda: len(told(room, "waiting")) == 2, 10, "word that the adapter is off")
        await asyncio.sleep(2)
        await room.guest.run(SET_POWERED.format("true"))
        await hears_it_again(3, "the adapter was off")
        await room.guest.run("kill -TERM $(cat /tmp/strap.pid)")
        check(await strap.status(20) == 0, "SIGTERM ends it with 0")
        await asyncio.sleep(1)
        check(not advertiser.enabled, "the adapter advertises no longer")
        check([line["reason"] for line in told(room, "waiting")] == ["Bluetooth service gone", "Bluetooth off"], "both were said")


@scenario("one adapter is the strap of the other", seconds=60)
async def ourselves(check, make_room):
    async with make_room(adapters=2) as room:
        strap = start(room, "--adapter", "hci0")
        await until(lambda: told(room, "advertising"), 20, "the strap on the air")
        report = json.loads(await room.entrain("strap", "test", NAME, "--seconds", "12", "--json", within=90, expect=None))
        check(report["good"], f"strap test finds it good: {report['packets']} packets, {report['beats']} beats, contact {report['contact']}")
        check(report["adapter"] == "hci1" and report["clean"] == 1 and not report["gaps"], "on the other adapter, all beats clean, no gap")
        await room.guest.run("kill -INT $(cat /tmp/strap.pid)")
        check(await strap.status(20) == 0, "Ctrl-C ends it with 0")


@scenario("an adapter with no advertisement left", seconds=40)
async def slots_taken(check, make_room):
    async with make_room() as room:
        # The kernel makes five at a time (HCI_MAX_ADV_INSTANCES).
        others = [room.guest.start(f"/share/entrain strap pretend --name 'Strap {number}'") for number in range(5)]
        await until(lambda: all("can find it" in one.text for one in others), 40, "five straps on the air")
        text = await room.guest.run("/share/entrain strap pretend --name 'Strap 6'", expect=3)
        check("as many advertisements as it can" in text, "a sixth strap is refused with 3, and why: " + text.splitlines()[0])
        await room.guest.run("kill -INT $(pidof entrain.bin)")
        check([await one.status(20) for one in others] == [0] * 5, "the others stay until Ctrl-C")
