"""A room: one guest with bluetoothd, the air around it, straps in the air, and our program in the guest."""

import asyncio
import csv
import json
import shlex
import time
from pathlib import Path

from .air import CSR, Adapter, Air
from .guest import Guest, GuestError
from .straps import POLAR_H10, Strap

ADAPTER = "00:1B:DC:0F:00:{:02X}"
DATA = "/tmp/data"
# As a daemon of its own it would also ask for systemd; -n keeps it in the foreground.
BLUETOOTHD = "/usr/libexec/bluetooth/bluetoothd -n"


async def until(condition, within, what):
    """Waits for a condition of the air or of files, looking ten times a second, and says what was awaited when it does not come."""
    loop = asyncio.get_running_loop()
    limit = loop.time() + within
    while not (value := condition()):
        if loop.time() > limit:
            raise GuestError(f"not within {within:.0f} s: {what}")
        await asyncio.sleep(0.1)
    return value


class Room:
    def __init__(self, image, tools: Path, folder: Path, adapters=1, links=250, manufacturer=CSR, usb_disks=()):
        self.guest = Guest(image, folder, tools, controllers=adapters, usb_disks=usb_disks)
        self.folder = folder
        self.count = adapters
        self.links = links
        self.manufacturer = manufacturer
        self.straps: list[Strap] = []
        # When bluetoothd died although nobody killed it: a fault of the kernel that some failed Connects bring out.
        self.deaths: list[float] = []
        self.guard = None

    async def __aenter__(self):
        self.air = Air()
        self.adapters = [
            Adapter(self.air, ADAPTER.format(number + 1), self.links, self.manufacturer) for number in range(self.count)]
        await self.guest.boot()
        await self.guest.run("dbus-uuidgen --ensure; dbus-daemon --system --nofork --nopidfile >/tmp/dbus.log 2>&1 &")
        await self.guest.run("i=0; while [ ! -S /run/dbus/system_bus_socket ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done")
        for number, adapter in enumerate(self.adapters):
            await adapter.plug_in(self.guest.socket(f"hci{number}"))
            self.guest.start(f"/bridge /ports/hci{number}")
            await self.wait(f"[ -e /sys/class/bluetooth/hci{number} ]", 20)
        await self.start_bluetoothd()
        self.guard = asyncio.create_task(self.keep_bluetoothd())
        return self

    async def __aexit__(self, *failure):
        if self.guard:
            self.guard.cancel()
        for strap in self.straps:
            if strap.pulse:
                strap.pulse.cancel()
        await self.guest.stop()
        for adapter in self.adapters:
            adapter.transport.abort()

    @property
    def has_kernel_fault(self):
        console = self.guest.folder / "console"
        return console.exists() and "kernel BUG" in console.read_text(errors="replace")

    async def keep_bluetoothd(self):
        """Starts bluetoothd again when it dies by itself, as systemd does."""
        while True:
            daemon = self.daemon
            await asyncio.shield(daemon.ended)
            if self.is_up and self.daemon is daemon:
                self.deaths.append(time.monotonic())
                await asyncio.sleep(1)
                await self.start_bluetoothd(wait=False)
            await asyncio.sleep(0.1)

    async def stop_bluetoothd(self, signal="TERM"):
        self.is_up = False
        await self.guest.run(f"kill -{signal} $(pidof bluetoothd)")
        await self.daemon.status(20)

    async def start_bluetoothd(self, wait=True):
        self.is_up = True
        self.daemon = self.guest.start(f"{BLUETOOTHD} >>/tmp/bluetoothd.log 2>&1")
        if wait:
            for number in range(self.count):
                await self.wait(f"{GET_POWERED.format(number)} | grep -q true", 30)

    async def wait(self, shell_condition, within):
        """Waits inside the guest, without traffic, for a shell command to succeed."""
        tries = int(within * 5)
        await self.guest.run(
            f"i=0; until {shell_condition}; do i=$((i+1)); [ $i -gt {tries} ] && exit 1; sleep 0.2; done", within * 4 + 10)

    async def add(self, *kinds, signal=-60):
        made = []
        for kind in kinds:
            strap = Strap(self.air, len(self.straps) + 1, kind, signal=signal - len(self.straps) % 20)
            self.straps.append(strap)
            made.append(await strap.switch_on())
        return made

    # MARK: our program

    async def entrain(self, *words, expect=0, within=60.0, user=None):
        command = "/share/entrain " + " ".join(shlex.quote(str(word)) for word in words) + f" --data {DATA}"
        if user:
            command = f"su {user} -s /bin/sh -c {shlex.quote(command)}"
        return await self.guest.run(command, within=within, expect=expect)

    async def start_session(self, *options, group="G1", size=None, data=DATA, any_strap=True, events=True):
        """Starts a session whose events go to a file of the shared folder as they happen."""
        size = size or len(self.straps)
        self.events_file = self.guest.out / f"events-{len(list(self.guest.out.glob('events-*')))}.jsonl"
        words = ["session", "start", group, "--size", str(size), "--consent-on-paper", "--json", "--data", data, *options]
        if any_strap:
            words.append("--any")
        command = "/share/entrain " + " ".join(shlex.quote(str(word)) for word in words)
        name = self.events_file.name
        output = f"/out/{name}" if events else "/dev/null"
        self.session = self.guest.start(f"{command} >{output} 2>/out/{name}.errors & echo $! >/tmp/session.pid; wait $!")
        return self.session

    def events(self):
        if not self.events_file.exists():
            return []
        return [json.loads(line) for line in self.events_file.read_text().splitlines() if line.endswith("}")]

    async def signal_session(self, name="INT"):
        await self.guest.run(f"kill -{name} $(cat /tmp/session.pid)")

    async def stop_session(self, signal="INT", expect=2, within=60.0):
        self.stopped_at = time.monotonic()
        await self.signal_session(signal)
        status = await self.session.status(within)
        if expect is not None and status != expect:
            errors = Path(f"{self.events_file}.errors").read_text()
            raise GuestError(f"the session ended with {status} instead of {expect}\n{errors}")

    async def exported(self, data=DATA, number=-1):
        """Exports the newest session and answers its rows by file name."""
        listing = await self.guest.run(f"/share/entrain session list --json --data {data}")
        session = json.loads(listing.splitlines()[number])["session"]
        await self.guest.run(f"/share/entrain export {session} --to /tmp/export-{session} --data {data} && cp -r /tmp/export-{session} /out/")
        bundle = self.guest.out / f"export-{session}"
        return {path.stem: list(csv.DictReader(path.open())) for path in bundle.glob("*.csv")}

    async def straps_all_stream(self, straps=None, within=60.0):
        wanted = straps or self.straps
        await until(
            lambda: all(strap.is_subscribed and strap.sent for strap in wanted), within,
            "all straps subscribed; missing: " + ", ".join(strap.name for strap in wanted if not strap.sent))

    async def connected(self):
        """How many devices are connected in bluetoothd's eyes."""
        return int(await self.guest.run(f"{OBJECTS} | grep -A1 'string \"Connected\"' | grep -c 'boolean true' || true"))

    async def discovering(self):
        return await self.guest.run(f"{GET.format('Discovering', 0)} | grep -c true || true") != "0"


OBJECTS = "dbus-send --system --print-reply --dest=org.bluez / org.freedesktop.DBus.ObjectManager.GetManagedObjects"
GET = ("dbus-send --system --print-reply --dest=org.bluez /org/bluez/hci{1} org.freedesktop.DBus.Properties.Get "
       "string:org.bluez.Adapter1 string:{0}")
GET_POWERED = GET.replace("{0}", "Powered").replace("{1}", "{0}")
SET_POWERED = ("dbus-send --system --print-reply --dest=org.bluez /org/bluez/hci0 org.freedesktop.DBus.Properties.Set "
               "string:org.bluez.Adapter1 string:Powered variant:boolean:{}")

__all__ = ["Room", "Strap", "until", "POLAR_H10"]
