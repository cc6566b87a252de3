"""Connects straps with bleak, one after another, as its users do: finds each, connects, subscribes, waits for its first packet.

    python3 connect.py SLOTS ADDRESS...     prints seconds from the start of the process until all stream
"""

import asyncio
import os
import sys
import time

START = time.monotonic()

from bleak import BleakClient, BleakScanner  # noqa: E402

MEASUREMENT = "00002a37-0000-1000-8000-00805f9b34fb"


async def main(at_once, addresses):
    found = {}
    everyone = asyncio.Event()

    def heard(device, _):
        if device.address in wanted:
            found[device.address] = device
            if len(found) == len(wanted):
                everyone.set()

    wanted = set(addresses)
    scanner = BleakScanner(heard, service_uuids=["0000180d-0000-1000-8000-00805f9b34fb"])
    await scanner.start()
    await asyncio.wait_for(everyone.wait(), 30)
    await scanner.stop()
    streaming = {address: asyncio.Event() for address in addresses}
    gate = asyncio.Semaphore(at_once)

    async def connect(address):
        async with gate:
            client = BleakClient(found[address], timeout=60)
            await client.connect()
            await client.start_notify(MEASUREMENT, lambda _, __: streaming[address].set())

    await asyncio.gather(*(connect(address) for address in addresses))
    for event in streaming.values():
        await asyncio.wait_for(event.wait(), 60)
    print(f"{time.monotonic() - START:.2f}", flush=True)
    # Its links end with bluetoothd, which is started anew for the next measurement.
    os._exit(0)


asyncio.run(main(int(sys.argv[1]), sys.argv[2:]))
