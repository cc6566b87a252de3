"""Whatever happens in an hour: straps leave and return, the service and the adapter go, our own process is killed."""

import asyncio
import statistics

from rig.checks import scenario
from rig.room import SET_POWERED, until
from rig.straps import COOSPO, GARMIN, POLAR_H9, POLAR_H10, WAHOO, WATCH

from scenarios.group import check_nothing_left, check_whole


@scenario("straps vanish and return", seconds=75)
async def vanish(check, make_room):
    async with make_room() as room:
        straps = await room.add(POLAR_H10, WAHOO, GARMIN, COOSPO)
        await room.start_session()
        await room.straps_all_stream()
        loop = asyncio.get_running_loop()
        waits = []
        for turn in range(3):
            for number, strap in enumerate(straps):
                sent = len(strap.sent)
                if (turn + number) % 2:
                    strap.go_away()
                    await asyncio.sleep(2.5)
                    back = loop.time()
                    await strap.come_back()
                else:
                    back = loop.time()
                    await strap.hang_up()
                await until(lambda: len(strap.sent) > sent, 30, f"{strap.name} streams again")
                waits.append(strap.subscribed_times[-1] - back)
        check(True, f"all came back, {len(waits)} times")
        check.figure(f"from advertising again to beats: median {statistics.median(waits):.1f} s, longest {max(waits):.1f} s")
        await room.stop_session()
        rows = await room.exported()
        check_whole(check, room, rows)
        lost = sum(row["event"] == "lost" for row in rows["links"])
        back = sum(row["event"] == "back" for row in rows["links"])
        check(lost == back == len(waits), f"each gap stands in links.csv: {lost} lost, {back} back")
        check(sum(row["flag"] == "gap-before" for row in rows["beats"]) >= len(waits) - 3, "beats after a gap are marked")
        await check_nothing_left(check, room)


async def until_all_are_back(room):
    await until(lambda: all(len(strap.link_times) > 1 and strap.subscribed_times[-1] > strap.link_times[-1]
                            for strap in room.straps), 60, "all straps connected a second time")


@scenario("bluetoothd is killed and started again", seconds=60)
async def daemon_killed(check, make_room):
    async with make_room() as room:
        await room.add(POLAR_H10, WAHOO, POLAR_H9)
        await room.start_session()
        await room.straps_all_stream()
        loop = asyncio.get_running_loop()
        killed = loop.time()
        await room.stop_bluetoothd("KILL")
        await asyncio.sleep(4)
        await room.start_bluetoothd(wait=False)
        marks = [len(strap.sent) for strap in room.straps]
        await until_all_are_back(room)
        again = loop.time()
        check(True, f"all straps stream again {again - killed - 4:.1f} s after the service is back")
        await asyncio.sleep(5)
        check(all(len(strap.sent) > mark for strap, mark in zip(room.straps, marks)), "beats come again")
        await room.stop_session()
        check_whole(check, room, await room.exported(), forgiven=[(killed - 0.2, again)])
        await check_nothing_left(check, room)


@scenario("the adapter is switched off and on", seconds=50)
async def adapter_off(check, make_room):
    async with make_room() as room:
        await room.add(POLAR_H10, WAHOO, POLAR_H9)
        await room.start_session()
        await room.straps_all_stream()
        loop = asyncio.get_running_loop()
        off = loop.time()
        await room.guest.run(SET_POWERED.format("false"))
        await asyncio.sleep(4)
        await room.guest.run(SET_POWERED.format("true"))
        on = loop.time()
        await until_all_are_back(room)
        again = loop.time()
        check(True, f"all straps stream again {again - on:.1f} s after the adapter is on")
        await asyncio.sleep(4)
        await room.stop_session()
        check_whole(check, room, await room.exported(), forgiven=[(off - 0.2, again)])
        await check_nothing_left(check, room)


@scenario("an adapter that holds three links, five straps wanted", seconds=150)
async def few_slots(check, make_room):
    async with make_room(links=3) as room:
        straps = await room.add(*[POLAR_H10] * 5)
        await room.start_session()
        await until(lambda: sum(strap.is_subscribed for strap in straps) == 3, 40, "three straps stream")
        await until(lambda: any("place" in event.get("text", "") for event in room.events()), 120, "a sentence about the full adapter")
        sentence = next(event["text"] for event in room.events() if "place" in event.get("text", ""))
        check(True, f"said: {sentence}")
        check(room.adapters[0].most_links == 3, "never more than three links")
        initiations = room.adapters[0].initiations
        await asyncio.sleep(15)
        check(room.adapters[0].initiations - initiations <= 2, "a full adapter is not pestered")
        await until(lambda: sum(strap.is_subscribed for strap in straps) == 3, 60, "three straps stream")
        held = [strap for strap in straps if strap.is_subscribed]
        held[0].go_away()
        waiting = [strap for strap in straps if strap not in held]
        await until(lambda: any(strap.is_subscribed for strap in waiting), 90, "a waiting strap gets the place of one that left")
        check(True, "a waiting strap gets the place of one that left")
        check(room.deaths or all(strap.is_subscribed for strap in held[1:]), "the others are left alone")
        await room.stop_session()
        check_whole(check, room, await room.exported())
        await room.entrain("doctor", expect=None)
        await check_nothing_left(check, room)


@scenario("our process is killed and started again", seconds=60)
async def killed(check, make_room):
    async with make_room() as room:
        await room.add(POLAR_H10, WAHOO, POLAR_H9)
        await room.start_session()
        await room.straps_all_stream()
        await asyncio.sleep(4)
        loop = asyncio.get_running_loop()
        dead = loop.time()
        await room.signal_session("KILL")
        await asyncio.sleep(2)
        await room.start_session()
        marks = [len(strap.sent) for strap in room.straps]
        await until(lambda: sum(event["type"] == "strap" and event.get("event") == "connected" for event in room.events()) == 3,
                    60, "all straps in the second session")
        again = loop.time()
        check(True, f"all straps are in the second session {again - dead - 2:.1f} s after its start")
        await asyncio.sleep(4)
        check(all(len(strap.sent) > mark for strap, mark in zip(room.straps, marks)), "beats come again")
        await room.stop_session()
        first, second = await room.exported(number=0), await room.exported(number=1)
        rows = {name: first[name] + second[name] for name in ("packets", "beats")}
        # The store is at most a second behind when the process is killed.
        check_whole(check, room, rows, forgiven=[(dead - 1.5, again)])
        await check_nothing_left(check, room)


@scenario("a strap that needs bonding", seconds=150, provokes_kernel=True)
async def bonding(check, make_room):
    async with make_room() as room:
        watch, plain = await room.add(WATCH, POLAR_H10)
        await room.start_session()
        await until(lambda: plain.is_subscribed and plain.sent, 40, "the other strap streams")
        await until(lambda: any("bond" in event.get("text", "") for event in room.events()), 120, "a sentence about bonding")
        sentence = next(event["text"] for event in room.events() if "bond" in event.get("text", ""))
        check(True, f"said: {sentence}")
        check(not watch.sent and len(plain.link_times) == 1, "the other strap is left alone")
        await room.stop_session(expect=None)
        check(not (await room.exported())["packets"] == [], "and recorded")
        text = await room.entrain("strap", "bond", watch.address, within=90)
        check("paired" in text, f"strap bond: {text.strip()}")
        await room.start_session(group="G2")
        await room.straps_all_stream()
        await asyncio.sleep(4)
        await room.stop_session()
        check(len(watch.sent) >= 3, "paired, it sends beats like any other")
        check((await room.exported())["packets"], "and they are recorded")
        # What it lost, BlueZ still has: a kernel of 6.1 and bluetoothd die of the Connect, again and again.
        await watch.forget_bonds()
        await room.start_session(group="G3")
        await until(lambda: any("pair" in event.get("text", "") for event in room.events()), 120, "a sentence about the lost pairing")
        sentence = next(event["text"] for event in room.events() if "pair" in event.get("text", ""))
        check(True, f"said of a strap that lost its keys: {sentence}")
        await until(lambda: plain.is_subscribed, 60, "the other strap streams")
        check(True, "the other strap streams all the same")
        await room.stop_session(expect=None)
