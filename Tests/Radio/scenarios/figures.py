"""Figures: how soon a group streams, beside bleak in the same guest; what it costs; what is lost.

Times are printed and never judged: the machine may be busy.
"""

import asyncio
import re

from rig.checks import scenario
from rig.guest import GuestError
from rig.room import SET_POWERED, until
from rig.straps import POLAR_H10

from scenarios.group import check_whole

BLEAK = "PYTHONPATH=/share/python python3.11 /share/connect.py"


async def fresh_start(room):
    """Each measurement begins with a bluetoothd that knows no device and holds no link.

    A link that came up while bluetoothd went down is nobody's, and the kernel keeps it until the adapter is switched off.
    """
    for is_last in (False, False, True):
        await room.guest.run(SET_POWERED.format("false"), expect=None)
        await room.stop_bluetoothd()
        try:
            await until(lambda: not any(strap.device.connections for strap in room.straps), 30, "every earlier link has ended")
            break
        except GuestError:
            # Amid sixty Connects the adapter is not always switched off at the first time.
            if is_last:
                raise
            await room.start_bluetoothd()
    await room.guest.run("rm -rf /var/lib/bluetooth/*")
    await room.start_bluetoothd()
    for strap in room.straps:
        strap.sent.clear()


async def pair(room, group):
    """Gives the straps to the codes of a group."""
    lines = "".join(f"{group}-{number + 1:02},{strap.address}\n" for number, strap in enumerate(room.straps))
    (room.guest.out / f"{group}.csv").write_text(lines)
    size = len(room.straps)
    await room.guest.run(f"/share/entrain pair {group} --size {size} --map /out/{group}.csv --remember --data /tmp/data", within=120)


async def seconds_of_ours(room, group):
    """Seconds from the start of the process until each strap of a paired group has sent its first packet; it goes on."""
    await fresh_start(room)
    start = asyncio.get_running_loop().time()
    await room.start_session("--slots", "hci0=60", group=group, any_strap=False, events=False)
    await until(lambda: all(strap.sent for strap in room.straps), 120, "all stream")
    return max(strap.sent[0].time for strap in room.straps) - start


async def seconds_of_bleak(room, at_once):
    """The same for bleak, or None when it broke off."""
    await fresh_start(room)
    addresses = " ".join(strap.address for strap in room.straps)
    text = await room.guest.run(f"{BLEAK} {at_once} {addresses}", within=240, expect=None)
    last = text.splitlines()[-1]
    return float(last) if re.fullmatch(r"[\d.]+", last) else None


async def cost(room):
    """Processor seconds so far and peak memory in MB of the session's process, from /proc."""
    text = await room.guest.run("cat /proc/$(cat /tmp/session.pid)/stat; grep VmHWM /proc/$(cat /tmp/session.pid)/status")
    fields = text.splitlines()[0].rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100, int(re.search(r"VmHWM:\s+(\d+)", text)[1]) / 1024


async def measure(check, make_room, count, at_once, rounds):
    """Turn by turn, the better of each side's rounds; then what the last of our sessions costs, and what it kept."""
    async with make_room() as room:
        await room.add(*[POLAR_H10] * count)
        for strap in room.straps:
            strap.every = 0.5
        await pair(room, "G1")
        ours, theirs = [], []
        for turn in range(rounds):
            theirs.append(await seconds_of_bleak(room, at_once))
            ours.append(await seconds_of_ours(room, "G1"))
            if turn < rounds - 1:
                await room.stop_session(within=120)
        best = min((seconds for seconds in theirs if seconds), default=None)
        said = "broke off" if best is None else f"{best:.1f} s"
        place = "" if best is None else ": ahead of it" if min(ours) < best else ": BEHIND it"
        check.figure(f"{count} straps stream after {min(ours):.1f} s; bleak, {at_once} at a time: {said}{place}")
        loop = asyncio.get_running_loop()
        before, start = (await cost(room))[0], loop.time()
        await asyncio.sleep(10)
        after, memory = await cost(room)
        share = (after - before) / (loop.time() - start)
        check.figure(
            f"{count} straps with two packets a second cost {100 * share:.0f} % of the guest's processor, which is emulated where there is no "
            f"KVM, and {memory:.0f} MB")
        await room.stop_session(within=120)
        check_whole(check, room, await room.exported())


@scenario("figures: eight straps", alone=True, seconds=60)
async def eight(check, make_room):
    await measure(check, make_room, 8, 1, rounds=2)


@scenario("figures: twenty straps", alone=True, seconds=90)
async def twenty(check, make_room):
    await measure(check, make_room, 20, 1, rounds=2)


@scenario("figures: sixty straps", alone=True, seconds=110)
async def sixty(check, make_room):
    await measure(check, make_room, 60, 60, rounds=1)
