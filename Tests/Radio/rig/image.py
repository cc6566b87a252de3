"""The guest: a Debian kernel with Bluetooth, bluetoothd, dbus-daemon and busybox, unpacked and never installed."""

import lzma
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = """
    busybox-static dosfstools bluez dbus-daemon dbus-bin dbus-session-bus-common dbus-system-bus-common
    libc6 libgcc-s1 libstdc++6 libdbus-1-3 libexpat1 libsystemd0 libapparmor1 libaudit1 libcap-ng0 libcap2 libselinux1
    libpcre2-8-0 liblzma5 libzstd1 liblz4-1 zlib1g libbz2-1.0 libgcrypt20 libgpg-error0 libglib2.0-0 libffi8 libmount1
    libblkid1 libreadline8 libtinfo6 libudev1 libasound2 libelf1 libdw1 libsqlite3-0 libssl3 libuuid1
    python3.11-minimal libpython3.11-minimal libpython3.11-stdlib
""".split()

# In the order in which they need each other; ctr and drbg before ecdh_generic, or its self-test fails and with it
# LE Secure Connections.
MODULES = """
    virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_console 9pnet 9pnet_virtio netfs fscache 9p
    crct10dif_common crct10dif_generic crc_t10dif crc64 crc64_rocksoft_generic crc64_rocksoft t10_pi
    usb_common usbcore xhci_hcd xhci_pci scsi_common scsi_mod sd_mod usb_storage fat vfat nls_cp437 nls_ascii
    sha512_generic ctr drbg cmac ecb ecc ecdh_generic af_alg algif_hash algif_skcipher hid uhid crc16 rfkill bluetooth
    hci_vhci
""".split()

UNNEEDED = ["usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/alsa", "usr/share/lintian", "lib/systemd"]
HERE = Path(__file__).resolve().parent.parent


def say(text):
    print(f"  {text}", flush=True)


def run(*command, **options):
    subprocess.run(command, check=True, **options)


class Image:
    """Kernel and initial file system in a cache folder, made when missing or when its recipe changed."""

    def __init__(self, cache: Path):
        self.cache = cache
        self.kernel = cache / "vmlinux"
        self.initrd = cache / "initrd"
        self.archives = cache / "debs"
        self.root = cache / "root"

    def prepare(self):
        recipe = "\n".join(path.read_text() for path in [Path(__file__), *sorted((HERE / "guest").iterdir())])
        stamp = self.cache / "recipe"
        made = self.initrd.exists() and self.kernel.exists()
        if made and stamp.exists() and stamp.read_text() == recipe:
            return
        self.cache.mkdir(parents=True, exist_ok=True)
        packages = PACKAGES + [newest_kernel()]
        self.download(packages)
        self.unpack()
        self.take_kernel()
        self.add_our_files()
        self.pack()
        stamp.write_text(recipe)

    def download(self, packages):
        self.archives.mkdir(exist_ok=True)
        have = {path.name.split("_")[0] for path in self.archives.glob("*.deb")}
        missing = [name for name in packages if name not in have]
        if not missing:
            return
        say(f"downloading {len(missing)} Debian packages into {self.archives}")
        for attempt in range(3):
            done = subprocess.run(["apt-get", "download", "-qq", *missing], cwd=self.archives)
            if done.returncode == 0:
                return
            say("the download broke off; trying again")
        sys.exit("apt-get download failed: is there a network, and has 'apt-get update' run?")

    def unpack(self):
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir()
        for archive in sorted(self.archives.glob("*.deb")):
            run("dpkg-deb", "-x", str(archive), str(self.root))
        for folder in UNNEEDED:
            shutil.rmtree(self.root / folder, ignore_errors=True)

    def take_kernel(self):
        boot = next((self.root / "boot").glob("vmlinuz-*"))
        self.kernel.write_bytes(elf_inside(boot.read_bytes()))
        modules = self.cache / "modules"
        shutil.rmtree(modules, ignore_errors=True)
        modules.mkdir()
        found = {path.name: path for path in (self.root / "lib/modules").rglob("*.ko")}
        for number, name in enumerate(MODULES):
            source = found.get(f"{name}.ko") or found.get(f"{name.replace('_', '-')}.ko")
            if source:
                shutil.copy(source, modules / f"{number:02}-{name}.ko")
        shutil.rmtree(self.root / "boot")
        shutil.rmtree(self.root / "lib/modules")
        shutil.copytree(modules, self.root / "modules")

    def add_our_files(self):
        root = self.root
        for folder in ["proc", "sys", "dev", "run", "tmp", "share", "home/student", "var/lib/bluetooth", "root"]:
            (root / folder).mkdir(parents=True, exist_ok=True)
        if not (root / "var/run").is_symlink():
            shutil.rmtree(root / "var/run", ignore_errors=True)
            (root / "var/run").symlink_to("/run")
        # A kernel starts /init; busybox does the rest.
        shutil.copy(HERE / "guest/init", root / "init")
        shutil.copy(HERE / "guest/orders", root / "orders")
        os.chmod(root / "init", 0o755)
        os.chmod(root / "orders", 0o755)
        run("gcc", "-O2", "-Wall", "-Werror", "-static", "-o", str(root / "bridge"), str(HERE / "guest/bridge.c"))
        (root / "etc/passwd").write_text(
            "root:x:0:0::/root:/bin/sh\nmessagebus:x:101:101::/:/bin/false\nstudent:x:1000:1000::/home/student:/bin/sh\n"
            "coach:x:1001:1001::/home/student:/bin/sh\n")
        (root / "etc/group").write_text("root:x:0:\nmessagebus:x:101:\nbluetooth:x:102:coach\nstudent:x:1000:\ncoach:x:1001:\n")
        (root / "etc/nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files\n")
        (root / "etc/machine-id").write_text("5d6c6b6f0000400080000000656e7472\n")
        (root / "etc/localtime").unlink(missing_ok=True)

    def pack(self):
        say("packing the guest's initial file system")
        with open(self.initrd, "wb") as out:
            names = subprocess.run(["find", ".", "-print0"], cwd=self.root, check=True, capture_output=True).stdout
            run("cpio", "--null", "-o", "-H", "newc", "-R", "0:0", "--quiet", input=names, stdout=out, cwd=self.root)


def newest_kernel():
    text = subprocess.run(["apt-cache", "depends", "linux-image-amd64"], check=True, capture_output=True, text=True).stdout
    return re.search(r"Depends: (linux-image-\S+)", text)[1]


def elf_inside(image: bytes) -> bytes:
    """Takes the kernel proper out of a bzImage, which QEMU starts at once by PVH; unpacking takes seconds under emulation."""
    at = image.find(b"\xfd7zXZ\x00")
    while at >= 0:
        try:
            elf = lzma.LZMADecompressor().decompress(image[at:])
        except lzma.LZMAError:
            elf = b""
        if elf.startswith(b"\x7fELF"):
            return elf
        at = image.find(b"\xfd7zXZ\x00", at + 1)
    sys.exit("no xz-compressed kernel in Debian's vmlinuz: see elf_inside() in Tests/Radio/rig/image.py")
