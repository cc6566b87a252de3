"""A strap of our own, seen by another party's Bluetooth stack as a central."""

import asyncio

from bumble import hci
from bumble.core import AdvertisingData, UUID
from bumble.device import Device, Peer
from bumble.host import Host
from bumble.transport.common import AsyncPipeSink
from rig.air import StrapController
from rig.checks import scenario
from rig.compare import intervals_of
from rig.room import until


@scenario("strap pretend, seen by another stack", seconds=60)
async def pretend(check, make_room):
    async with make_room() as room:
        command = room.guest.start("/share/entrain strap pretend --name 'Entrain P1' --pacer 6 --seconds 45 & echo $! >/tmp/pretend.pid; wait $!")
        controller = StrapController("central", room.air)
        central = Device(name="central", address=hci.Address("F0:F1:F2:F3:F4:F5"), host=Host(controller, AsyncPipeSink(controller)))
        await central.power_on()
        heard = {}
        central.on("advertisement", lambda one: heard.__setitem__(str(one.address), one))
        await central.start_scanning()
        one = await until(lambda: next((one for one in heard.values() if heart_rate_of(one)), None), 30, "an advertisement with 0x180D")
        name = one.data.get(AdvertisingData.COMPLETE_LOCAL_NAME)
        check(name == "Entrain P1", f"advertises 0x180D as {name}")
        check(one.data.get(AdvertisingData.APPEARANCE) is not None, "with an appearance")
        await central.stop_scanning()
        connection = await asyncio.wait_for(central.connect(one.address), 20)
        peer = Peer(connection)
        await peer.discover_services()
        await peer.discover_characteristics()
        check({"180D", "180A"} <= {short(service.uuid) for service in peer.services}, "heart rate and device information are there")
        place, = peer.get_characteristics_by_uuid(UUID.from_16_bits(0x2A38))
        check(await place.read_value() == b"\x01", "worn on the chest")
        measurement, = peer.get_characteristics_by_uuid(UUID.from_16_bits(0x2A37))
        packets = []
        loop = asyncio.get_running_loop()
        await measurement.subscribe(lambda value: packets.append((loop.time(), bytes(value))))
        await until(lambda: len(packets) >= 12, 40, "twelve packets")
        beats = [ticks for _, packet in packets for ticks in intervals_of(packet)]
        check(len(beats) >= 8 and all(300 <= ticks <= 2100 for ticks in beats), f"{len(beats)} plausible intervals in {len(packets)} packets")
        span = packets[-1][0] - packets[0][0]
        check(abs(span / (len(packets) - 1) - 1) < 0.2, f"one packet every {span / (len(packets) - 1):.2f} s")
        reset, = peer.get_characteristics_by_uuid(UUID.from_16_bits(0x2A39))
        await reset.write_value(b"\x01", with_response=True)
        check(True, "energy expended can be reset")
        await measurement.unsubscribe()
        await connection.disconnect()
        await room.guest.run("kill -TERM $(cat /tmp/pretend.pid)")
        status = await command.status(20)
        check(status == 0, f"ends on SIGTERM with 0: {command.lines[-1:]}")


def heart_rate_of(advertisement):
    uuids = advertisement.data.get_all(AdvertisingData.INCOMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS) + advertisement.data.get_all(
        AdvertisingData.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS)
    return any(UUID.from_16_bits(0x180D) in group for group in uuids)


def short(uuid):
    return uuid.to_hex_str().upper()[:4] if len(uuid.to_bytes()) == 2 else uuid.to_hex_str().upper()[4:8]
