"""A group as it should be: all kinds of straps at once, whatever they send, on one adapter and on two."""

import asyncio

from rig.checks import scenario
from rig.compare import beats_agree, compare
from rig.straps import COOSPO, GARMIN, POLAR_H9, POLAR_H10, VERITY, WAHOO, WIDE


async def check_nothing_left(check, room):
    check(await room.connected() == 0, "nothing is left connected")
    check(not await room.discovering(), "no discovery is left running")


def check_whole(check, room, rows, forgiven=()):
    # What a strap sends after the stop was asked for is nobody's any more.
    # Nor what it sends while bluetoothd is away because the kernel failed under it.
    if room.deaths:
        check.figure(f"bluetoothd died {len(room.deaths)} times of the kernel's fault in hci_chan_del and was started again")
    away = [(death - 0.5, death + 30) for death in room.deaths]
    verdict = compare(room.straps, rows["packets"], [*forgiven, *away, (room.stopped_at, float("inf"))])
    check(verdict.sent > 0 and not verdict.lost, f"nothing lost: {verdict}")
    check(not verdict.doubled, f"nothing doubled: {verdict.recorded} rows")
    wrong = beats_agree(room.straps, rows["packets"], rows["beats"])
    check(not wrong, f"{len(rows['beats'])} beats are the intervals as they were sent" + "".join(f"; not {name}" for name in wrong))


@scenario("eight straps of all kinds for three minutes", seconds=210)
async def eight(check, make_room):
    async with make_room() as room:
        await room.add(POLAR_H10, WAHOO, GARMIN, VERITY, POLAR_H9, COOSPO, WIDE, POLAR_H10)
        await room.start_session("--slots", "hci0=8")
        await room.straps_all_stream()
        await asyncio.sleep(180)
        check(all(len(strap.link_times) == 1 for strap in room.straps), "every strap was connected once")
        await room.stop_session()
        rows = await room.exported()
        check_whole(check, room, rows)
        check(sum(1 for row in rows["packets"] if not int(row["rr_count"])) >= 170, "a strap that never sends intervals is kept too")
        await check_nothing_left(check, room)


@scenario("every shape of packet, well formed and not", seconds=45)
async def shapes(check, make_room):
    payloads = {
        "16-bit heart rate": "113c00 0004",
        "energy field": "183c 3412 0004",
        "nine intervals": "103c" + "0004" * 9,
        "no interval": "003c",
        "16-bit rate, contact, energy, seven intervals": "1f3c00 0100" + "2003" * 7,
        "reserved flags set": "f03c 0004",
        "interval 0": "103c 0000",
        "interval 65535": "103c ffff",
        "empty": "",
        "one byte": "10",
        "intervals promised, none there": "103c",
        "odd tail": "103c 0004 05",
        "twenty times ff": "ff" * 20,
    }
    async with make_room() as room:
        strap, other = await room.add(POLAR_H10, POLAR_H10)
        await room.start_session()
        await room.straps_all_stream()
        strap.is_beating = False
        for payload in payloads.values():
            await strap.send(bytes.fromhex(payload))
        for number in range(200):
            await strap.send(bytes([0x10, 60, number, 4]))
        await asyncio.sleep(3)
        strap.is_beating = True
        await asyncio.sleep(3)
        await room.stop_session()
        rows = await room.exported()
        check_whole(check, room, rows)
        kept = {row["raw_hex"] for row in rows["packets"]}
        for name, payload in payloads.items():
            check(payload.replace(" ", "") in kept, f"kept as it came: {name}")
        burst = [row for row in rows["packets"] if row["strap"] == strap.name and row["raw_hex"].startswith("103c") and row["raw_hex"].endswith("04")]
        check(len(burst) >= 200, f"a burst of 200 packets without pause: {len(burst)} rows")
        check(all(row["warning"] for row in rows["packets"] if row["raw_hex"] in ("", "10", "103c")), "what is malformed carries a warning")


@scenario("two adapters share the straps", seconds=45)
async def two_adapters(check, make_room):
    async with make_room(adapters=2) as room:
        await room.add(*[POLAR_H10] * 6)
        await room.start_session("--adapters", "hci0,hci1", "--slots", "hci0=3,hci1=3")
        await room.straps_all_stream()
        check([adapter.most_links for adapter in room.adapters] == [3, 3], "three straps on each of two adapters with three places")
        await asyncio.sleep(10)
        await room.stop_session("TERM")
        check_whole(check, room, await room.exported())
        await check_nothing_left(check, room)
