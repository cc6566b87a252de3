"""make radio-test: our release binary against a real bluetoothd, with straps of another party's Bluetooth stack."""

import argparse
import asyncio
import importlib
import shutil
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from rig import air, tools  # noqa: E402
from rig.checks import SCENARIOS, run_all  # noqa: E402
from rig.guest import find_accelerator  # noqa: E402
from rig.image import Image  # noqa: E402
from rig.room import Room  # noqa: E402

for path in sorted((HERE / "scenarios").glob("[a-z]*.py")):
    importlib.import_module(f"scenarios.{path.stem}")


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder for packages, image and logs")
    parser.add_argument("--binary", type=Path, required=True, help="the entrain to test")
    parser.add_argument("--workers", type=int, default=3, help="guests at a time")
    parser.add_argument("--list", action="store_true", help="name the scenarios and end")
    parser.add_argument("names", nargs="*", help="run only scenarios whose names contain one of these")
    options = parser.parse_args()
    chosen = [one for one in SCENARIOS if not options.names or any(name in one.name for name in options.names)]
    if options.list:
        print(*(one.name for one in chosen), sep="\n")
        return 0
    start = time.monotonic()
    air.quiet()
    image = Image(options.cache)
    image.prepare()
    share = tools.gather(options.binary, image, options.cache / "share")
    accelerator = await find_accelerator(image, options.cache / "trial", share)
    shutil.rmtree(options.cache / "rooms", ignore_errors=True)
    counter = iter(range(1000))
    print(f"{len(chosen)} scenarios, {options.workers} guests at a time, {accelerator}", flush=True)

    def make_room(**settings):
        return Room(image, share, options.cache / "rooms" / str(next(counter)), **settings)

    passed, failed = await run_all(chosen, options.workers, make_room)
    print(f"{time.monotonic() - start:.0f} s")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(asyncio.run(main()))
