"""Figures: how soon a group streams, beside bleak in the same guest; what it costs; what is lost."""

import asyncio
import re

from rig.checks import scenario
from rig.room import until
from rig.straps import POLAR_H10

from scenarios.group import check_whole

BLEAK = "PYTHONPATH=/share/python python3.11 /share/connect.py"


async def seconds_of_ours(check, room, count, group):
    """Seconds from the start of the process until each strap of a paired group has sent its first packet."""
    loop = asyncio.get_running_loop()
    straps = room.straps[:count]
    lines = "".join(f"{group}-{number + 1:02},{strap.address}\n" for number, strap in enumerate(straps))
    (room.guest.out / f"{group}.csv").write_text(lines)
    await room.guest.run(f"/share/entrain pair {group} --size {count} --map /out/{group}.csv --data /tmp/data", within=120)
    await forget_devices(room)
    for strap in straps:
        strap.sent.clear()
    start = loop.time()
    await room.start_session("--slots", "hci0=60", group=group, size=count, any_strap=False)
    await until(lambda: all(strap.sent for strap in straps), 120, f"all {count} stream")
    seconds = max(strap.sent[0].time for strap in straps) - start
    return seconds, straps


async def forget_devices(room):
    """Each begins with a bluetoothd that knows no device."""
    await room.guest.run(
        "for path in $(dbus-send --system --print-reply --dest=org.bluez / org.freedesktop.DBus.ObjectManager.GetManagedObjects "
        "| grep -o '/org/bluez/hci0/dev_[0-9A-F_]*' | sort -u); do dbus-send --system --print-reply --dest=org.bluez "
        "/org/bluez/hci0 org.bluez.Adapter1.RemoveDevice objpath:$path; done; true", within=120)


async def seconds_of_bleak(room, count, at_once):
    addresses = " ".join(strap.address for strap in room.straps[:count])
    await forget_devices(room)
    text = await room.guest.run(f"{BLEAK} {at_once} {addresses}", within=240, expect=None)
    return float(text.splitlines()[-1]) if re.fullmatch(r"[\d.]+", text.splitlines()[-1]) else text.splitlines()[-1]


async def cost(room):
    """Processor seconds so far and peak memory in MB of the session's process, from /proc."""
    text = await room.guest.run("cat /proc/$(cat /tmp/session.pid)/stat; grep VmHWM /proc/$(cat /tmp/session.pid)/status")
    fields = text.splitlines()[0].rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100, int(re.search(r"VmHWM:\s+(\d+)", text)[1]) / 1024


async def measure(check, make_room, count, at_once, hold):
    async with make_room() as room:
        await room.add(*[POLAR_H10] * count)
        theirs = await seconds_of_bleak(room, count, at_once)
        await asyncio.sleep(1)
        ours, straps = await seconds_of_ours(check, room, count, "G1")
        check.figure(f"{count} straps stream after {ours:.1f} s; bleak, {at_once} at a time: {theirs} s")
        loop = asyncio.get_running_loop()
        before, start = (await cost(room))[0], loop.time()
        await asyncio.sleep(hold)
        after, memory = await cost(room)
        share = (after - before) / (loop.time() - start)
        check.figure(f"{count} straps cost {100 * share:.1f} % of the guest's processor (as the accelerator makes it) and {memory:.0f} MB")
        await room.stop_session(within=120)
        room.straps = straps
        check_whole(check, room, await room.exported())
        return ours, theirs


@scenario("figures: eight straps", alone=True, seconds=40)
async def eight(check, make_room):
    ours, theirs = await measure(check, make_room, 8, 1, 10)
    check(ours < theirs, "ahead of bleak with one Connect at a time")


@scenario("figures: twenty straps", alone=True, seconds=50)
async def twenty(check, make_room):
    ours, theirs = await measure(check, make_room, 20, 1, 10)
    check(ours < theirs, "ahead of bleak with one Connect at a time")


@scenario("figures: sixty straps", alone=True, seconds=90)
async def sixty(check, make_room):
    ours, _ = await measure(check, make_room, 60, 60, 10)
    check(ours < 30, "sixty within 30 s")
