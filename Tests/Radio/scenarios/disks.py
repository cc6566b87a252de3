"""Where files may lie: a stick and a disk on a real kernel's USB, beside the guest's own disk."""

from rig.checks import scenario

PLACES = {"1": "a stick", "0": "a disk in a case"}


@scenario("disks that can be carried away", seconds=40)
async def disks(check, make_room):
    async with make_room(usb_disks=(True, False)) as room:
        await room.wait("[ -b /dev/sda ] && [ -b /dev/sdb ]", 30)
        for name in ["sda", "sdb"]:
            await room.guest.run(f"mkfs.vfat /dev/{name} >/dev/null && mkdir -p /media/{name} && mount -t vfat /dev/{name} /media/{name}")
        flags = (await room.guest.run("cat /sys/block/sda/removable /sys/block/sdb/removable")).split()
        check(sorted(flags) == ["0", "1"], "one says of itself that it is removable, the other does not")

        async def entrain(words):
            running = room.guest.start(f"/share/entrain {words}")
            return await running.status(30), running.text

        for name, flag in zip(["sda", "sdb"], flags):
            what = PLACES[flag]
            folder = f"/media/{name}"
            status, text = await entrain(f"export 20260804-G1 --to {folder}/deep/out --data /tmp/kept")
            check(status == 7 and f"carried away ({folder})" in text and "--unsealed-anyway" in text, f"no export in the clear goes to {what}:\n{text}")
            status, _ = await entrain(f"export 20260804-G1 --to {folder}/out --data /tmp/kept --unsealed-anyway")
            check(status == 4, "but where it is meant so, it comes as far as the session that is not there")
            status, text = await entrain(f"session start G1 --size 1 --any --consent-on-paper --data {folder}/data")
            check(status == 7 and "carried away" in text, f"no session is recorded to {what}")
            _, text = await entrain(f"doctor --data {folder}/data")
            check("carried away" in " ".join(text.split()), f"doctor tells of {what}:\n{text}")
            left = await room.guest.run(f"find {folder} -mindepth 1")
            check(not left.strip(), f"nothing was written to {what}: {left.strip()}")
        status, text = await entrain("export 20260804-G1 --to /root/out --data /tmp/kept")
        check(status == 4, "the guest's own disk is no such place")
