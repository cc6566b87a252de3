"""One QEMU guest: boots, carries out shell commands, and has a port for each Bluetooth controller."""

import asyncio
import itertools
import os
import shutil
import signal
from pathlib import Path

BOOT_PATIENCE = 60.0
KVM_TRIAL = 10.0
GUEST_ENDED = -1


class GuestError(Exception):
    pass


class Running:
    """A command that runs in the guest: its lines so far, and its status when it has ended."""

    def __init__(self, command):
        self.command = command
        self.lines = []
        self.ended = asyncio.get_running_loop().create_future()

    async def status(self, within=60.0):
        try:
            return await asyncio.wait_for(asyncio.shield(self.ended), within)
        except asyncio.TimeoutError:
            raise GuestError(f"the guest did not end within {within:.0f} s: {self.command}\n" + "\n".join(self.lines[-20:]))

    @property
    def text(self):
        return "\n".join(self.lines)


class Guest:
    def __init__(self, image, folder: Path, tools: Path, controllers=1, memory=768, usb_disks=()):
        self.image = image
        self.folder = folder
        self.tools = tools
        self.out = folder / "out"
        self.controllers = controllers
        self.memory = memory
        self.usb_disks = usb_disks
        self.numbers = itertools.count(1)
        self.running = {}
        self.process = None

    # MARK: life

    async def boot(self):
        for attempt in range(3):
            if await self.try_boot():
                return self
            await self.stop()
        raise GuestError(f"the guest did not start; its console: {self.folder / 'console'}")

    async def try_boot(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.out.mkdir(parents=True)
        patience = BOOT_PATIENCE
        accelerator = await self.accelerator()
        command = [
            "qemu-system-x86_64", "-nodefaults", "-display", "none", "-no-reboot", "-m", str(self.memory), "-smp", "1",
            "-accel", accelerator, "-cpu", "host" if accelerator == "kvm" else "max",
            "-kernel", str(self.image.kernel), "-initrd", str(self.image.initrd),
            "-append", "console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off random.trust_cpu=on",
            "-serial", f"file:{self.folder / 'console'}",
            "-device", "virtio-rng-pci", "-device", "virtio-serial-pci,max_ports=16",
            "-fsdev", f"local,id=tools,path={self.tools},security_model=none,readonly=on",
            "-device", "virtio-9p-pci,fsdev=tools,mount_tag=tools",
            "-fsdev", f"local,id=out,path={self.out},security_model=none", "-device", "virtio-9p-pci,fsdev=out,mount_tag=out",
        ]
        for name in ["orders", *(f"hci{number}" for number in range(self.controllers))]:
            command += ["-chardev", f"socket,id={name},path={self.socket(name)},server=on,wait=off"]
            command += ["-device", f"virtserialport,chardev={name},name={name}"]
        command += self.usb()
        with open(self.folder / "qemu", "w") as log:
            self.process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log)
        return await self.connect(patience)

    def usb(self):
        """Empty disks of 16 MB at a USB controller: `removable` as sticks say it of themselves, or not, as disks in a case do."""
        words = ["-device", "qemu-xhci"] if self.usb_disks else []
        for number, is_removable in enumerate(self.usb_disks):
            path = self.folder / f"usb{number}"
            with open(path, "wb") as file:
                file.truncate(16 << 20)
            words += ["-drive", f"if=none,id=usb{number},format=raw,file={path}"]
            words += ["-device", f"usb-storage,drive=usb{number},removable={'on' if is_removable else 'off'}"]
        return words

    def socket(self, name):
        # A socket's path may have 107 characters at most, which a checkout's own folder can exceed.
        return f"/tmp/entrain-radio-{os.getpid()}-{abs(hash(str(self.folder))) % 10**8}-{name}"

    async def connect(self, patience):
        loop = asyncio.get_running_loop()
        limit = loop.time() + patience
        while loop.time() < limit:
            if self.process.returncode is not None:
                return False
            try:
                self.reader, self.writer = await asyncio.open_unix_connection(self.socket("orders"))
                break
            except OSError:
                await asyncio.sleep(0.05)
        else:
            return False
        self.listener = asyncio.create_task(self.listen())
        # What is written before the guest listens waits in the port.
        try:
            return await self.start("true").status(within=limit - loop.time()) == 0
        except GuestError:
            return False

    async def accelerator(self):
        """KVM may open and yet not boot a guest: it is tried once with this very kernel, and the outcome kept in the cache."""
        return "kvm" if (self.image.cache / "accelerator").read_text() == "kvm" else "tcg,thread=multi"

    async def stop(self):
        if self.process and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()
        if task := getattr(self, "listener", None):
            task.cancel()
        for name in ["orders", *(f"hci{number}" for number in range(self.controllers))]:
            Path(self.socket(name)).unlink(missing_ok=True)

    # MARK: commands

    async def listen(self):
        while line := await self.reader.readline():
            number, _, rest = line.decode(errors="replace").rstrip("\n").partition(" ")
            if not number.isdigit() or (command := self.running.get(int(number))) is None:
                continue
            if rest.startswith("="):
                command.ended.set_result(int(rest[1:]))
                del self.running[int(number)]
            else:
                command.lines.append(rest[1:])
        for command in self.running.values():
            command.lines.append("the guest ended during this command")
            command.ended.set_result(GUEST_ENDED)

    def start(self, command):
        number = next(self.numbers)
        self.running[number] = running = Running(command)
        self.writer.write(f"{number} {command}\n".encode())
        return running

    async def run(self, command, within=60.0, expect=0):
        running = self.start(command)
        status = await running.status(within)
        if expect is not None and status != expect:
            raise GuestError(f"status {status}, expected {expect}: {command}\n{running.text[-3000:]}")
        return running.text


async def find_accelerator(image, folder, tools):
    """Boots once with KVM where there is one; what boots first is remembered."""
    verdict = image.cache / "accelerator"
    if verdict.exists():
        return verdict.read_text()
    verdict.write_text("tcg")
    if os.access("/dev/kvm", os.R_OK | os.W_OK):
        verdict.write_text("kvm")
        trial = Guest(image, folder, tools)
        try:
            booted = await asyncio.wait_for(trial.try_boot(), KVM_TRIAL)
        except asyncio.TimeoutError:
            booted = False
        await trial.stop()
        if not booted:
            verdict.write_text("tcg")
    return verdict.read_text()
