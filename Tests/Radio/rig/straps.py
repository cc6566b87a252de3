"""Chest straps: each a whole bumble device with GATT server, a heart, and a record of what it sent to whom."""

import asyncio
import math
import random
import struct
import time
from dataclasses import dataclass, field

from bumble import att, gatt, hci
from bumble.core import AdvertisingData, UUID
from bumble.device import Device
from bumble.host import Host
from bumble.keys import MemoryKeyStore
from bumble.pairing import PairingConfig, PairingDelegate
from bumble.transport.common import AsyncPipeSink

from .air import StrapController

CONTACT_SUPPORTED, CONTACT_DETECTED, WIDE_RATE, ENERGY, INTERVALS = 4, 2, 1, 8, 16


@dataclass
class Kind:
    """What a model of strap puts into its packets and its services."""

    name: str = "Polar H10 {id}"
    maker: str = "Polar Electro Oy"
    model: str = "H10"
    contact: bool = True
    energy: bool = False
    wide: bool = False
    intervals: bool = True
    place: int | None = 1
    battery: int = 80
    bonding: bool = False
    uuid_in_scan_response: bool = False


POLAR_H10 = Kind()
POLAR_H9 = Kind(name="Polar H9 {id}", model="H9")
WAHOO = Kind(name="TICKR {id}", maker="Wahoo Fitness", model="TICKR", energy=True)
GARMIN = Kind(name="HRM-Dual:{id}", maker="Garmin", model="HRM-Dual", contact=False, uuid_in_scan_response=True)
COOSPO = Kind(name="HW706-{id}", maker="COOSPO", model="HW706", contact=False, place=None)
WIDE = Kind(name="WIDE-{id}", maker="Movesense", model="HR2", wide=True, energy=True)
VERITY = Kind(name="Polar Sense {id}", model="Verity Sense", contact=False, intervals=False, place=None)
WATCH = Kind(name="Watch {id}", maker="Amazfit", model="GTR", bonding=True, intervals=True)


class Heart:
    """Intervals in 1/1024 s with breathing and noise, the same for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.rate = self.random.uniform(58, 88)
        self.time = 0.0

    def beat(self):
        swing = 1 + 0.06 * math.sin(2 * math.pi * self.time / 10) + self.random.gauss(0, 0.01)
        ticks = max(340, min(2000, round(1024 * 60 / self.rate * swing)))
        self.time += ticks / 1024
        return ticks


@dataclass
class Sent:
    time: float
    payload: bytes


class Strap:
    def __init__(self, air, number, kind=POLAR_H10, signal=-60):
        self.air = air
        self.number = number
        self.kind = kind
        self.address = f"C{number // 256 % 16:X}:DE:4E:00:{number // 100:02d}:{number % 100:02d}"
        self.name = kind.name.format(id=f"{0xA0000000 + number:08X}")
        # How the program calls it: the name, with the address where that alone does not tell straps apart.
        self.label = self.name
        self.heart = Heart(number)
        self.sent: list[Sent] = []
        self.link_times: list[float] = []
        self.drop_times: list[float] = []
        self.subscribed_times: list[float] = []
        self.every = 1.0
        self.is_beating = True
        self.pulse = None
        air.signal[f"{self.address}/P"] = air.signal[self.address] = signal

    # MARK: making it

    async def switch_on(self):
        self.controller = StrapController(self.name, self.air)
        self.device = Device(
            name=self.name, address=hci.Address(self.address), host=Host(self.controller, AsyncPipeSink(self.controller)))
        self.device.keystore = MemoryKeyStore()
        self.device.pairing_config_factory = lambda connection: PairingConfig(
            sc=True, mitm=False, bonding=True, delegate=PairingDelegate(PairingDelegate.NO_OUTPUT_NO_INPUT))
        self.device.add_services(self.services())
        if self.kind.bonding:
            self.protect_subscription()
        self.device.on("connection", self.on_connection)
        await self.device.power_on()
        await self.advertise()
        self.pulse = asyncio.create_task(self.beat_on())
        return self

    def services(self):
        read, notify, write = gatt.Characteristic.READ, gatt.Characteristic.NOTIFY, gatt.Characteristic.WRITE
        readable, writeable = att.Attribute.READABLE, att.Attribute.WRITEABLE
        self.measurement = gatt.Characteristic("2A37", notify, readable, b"")
        heart = [self.measurement]
        if self.kind.place is not None:
            heart.append(gatt.Characteristic("2A38", read, readable, bytes([self.kind.place])))
        heart.append(gatt.Characteristic("2A39", write, writeable, b""))
        about = [
            gatt.Characteristic("2A29", read, readable, self.kind.maker.encode()),
            gatt.Characteristic("2A24", read, readable, self.kind.model.encode()),
        ]
        battery = gatt.Characteristic("2A19", read | notify, readable, bytes([self.kind.battery]))
        return [gatt.Service("180D", heart), gatt.Service("180A", about), gatt.Service("180F", [battery])]

    def protect_subscription(self):
        at = self.device.gatt_server.attributes.index(self.measurement)
        descriptor = next(
            one for one in self.device.gatt_server.attributes[at:]
            if one.type == gatt.GATT_CLIENT_CHARACTERISTIC_CONFIGURATION_DESCRIPTOR)
        descriptor.permissions |= att.Attribute.WRITE_REQUIRES_ENCRYPTION

    async def advertise(self):
        services = (AdvertisingData.INCOMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS, bytes(UUID.from_16_bits(0x180D)))
        first = [(AdvertisingData.FLAGS, bytes([6]))]
        answer = [(AdvertisingData.COMPLETE_LOCAL_NAME, self.name.encode())]
        (answer if self.kind.uuid_in_scan_response else first).append(services)
        await self.device.start_advertising(
            auto_restart=False, own_address_type=hci.OwnAddressType.RANDOM, advertising_interval_min=100,
            advertising_interval_max=100, advertising_data=bytes(AdvertisingData(first)),
            scan_response_data=bytes(AdvertisingData(answer)))

    def on_connection(self, connection):
        self.link_times.append(time.monotonic())
        connection.on("disconnection", self.on_disconnection)

    def on_disconnection(self, reason):
        self.drop_times.append(time.monotonic())
        if not self.is_away:
            asyncio.create_task(self.advertise())

    is_away = False

    @property
    def is_subscribed(self):
        return any(self.is_on(connection) for connection in self.device.connections.values())

    def is_on(self, connection):
        state = self.device.gatt_server.subscribers.get(connection, {}).get(self.measurement.handle)
        return bool(state) and state[0] & 1 == 1

    # MARK: what it sends

    async def beat_on(self):
        """Once a second all beats since the last packet, like a strap on a chest."""
        loop = asyncio.get_running_loop()
        start, beaten, number = loop.time() + self.number % 10 / 10, 0.0, 0
        pending = []
        while True:
            number += 1
            await asyncio.sleep(max(0, start + number * self.every - loop.time()))
            while beaten < loop.time() - start:
                ticks = self.heart.beat()
                beaten += ticks / 1024
                pending.append(ticks)
            if self.is_beating:
                await self.send(self.packet(pending))
            pending = []

    def packet(self, intervals):
        kind = self.kind
        rate = round(1024 * 60 / intervals[-1]) if intervals else 61
        flags = (WIDE_RATE if kind.wide else 0) | (CONTACT_SUPPORTED | CONTACT_DETECTED if kind.contact else 0)
        body = struct.pack("<H" if kind.wide else "<B", rate)
        if kind.energy:
            flags |= ENERGY
            body += struct.pack("<H", len(self.sent) // 4)
        if kind.intervals and intervals:
            flags |= INTERVALS
            body += b"".join(struct.pack("<H", ticks) for ticks in intervals[-9:])
        return bytes([flags]) + body

    async def send(self, payload):
        """Notifies whoever has subscribed; what nobody hears is not counted as sent."""
        for connection in list(self.device.connections.values()):
            if self.is_on(connection):
                if not self.subscribed_times or self.subscribed_times[-1] < self.link_times[-1]:
                    self.subscribed_times.append(time.monotonic())
                self.sent.append(Sent(time.monotonic(), payload))
                await self.device.gatt_server.notify_subscriber(connection, self.measurement, payload)

    # MARK: what happens to it

    def go_away(self):
        self.is_away = True
        self.controller.fall_silent()

    async def come_back(self):
        self.is_away = False
        await self.advertise()

    async def hang_up(self):
        for connection in list(self.device.connections.values()):
            await connection.disconnect()

    async def forget_bonds(self):
        await self.device.keystore.delete_all()
