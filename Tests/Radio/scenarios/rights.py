"""Who may use Bluetooth: accounts beside root, with Debian's bus policy and on a hardened machine."""

from rig.checks import scenario
from rig.straps import POLAR_H10

RELOAD = "dbus-send --system --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.ReloadConfig"
POLICY = "/etc/dbus-1/system.d/bluetooth.conf"


@scenario("accounts beside root", seconds=60)
async def accounts(check, make_room):
    async with make_room() as room:
        strap, = await room.add(POLAR_H10)
        text = await room.entrain("strap", "test", strap.name, "--seconds", "6", user="student", expect=None)
        check("beats" in text.lower() and "not allowed" not in text.lower(), "with Debian's policy an ordinary account tests a strap")
        # A hardened machine: only the group bluetooth may talk to the service.
        await room.guest.run(
            f"sed -i '/context=\"default\"/,/<\\/policy>/d' {POLICY} && {RELOAD}")
        refused = room.guest.start(f"su student -s /bin/sh -c '/share/entrain strap scan --seconds 3 --data /tmp/student'")
        status = await refused.status(60)
        check(status != 0, f"without it the command ends with {status}")
        check("bluetooth" in refused.text.lower() and ("group" in refused.text.lower()), "and says which group is wanted:\n" + refused.text)
        text = await room.guest.run("su coach -s /bin/sh -c '/share/entrain strap scan --seconds 4 --data /tmp/coach'")
        check(strap.name in text, "an account of the group bluetooth sees the strap")
        text = await room.guest.run("su student -s /bin/sh -c '/share/entrain doctor --data /tmp/student'", expect=None)
        check("FAIL" in text and "group" in text, "doctor names the missing right")
