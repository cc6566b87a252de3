"""Scenarios and their checks: a line each, a closing line with both counts."""

import asyncio
import time
import traceback
from dataclasses import dataclass


@dataclass
class Scenario:
    name: str
    body: object
    alone: bool
    seconds: float
    provokes_kernel: bool


SCENARIOS: list[Scenario] = []
KERNEL_ATTEMPTS = 3
# How long a scenario may go on after the kernel under it failed, seconds: enough where only bluetoothd died of it.
KERNEL_GRACE = 40


def scenario(name, alone=False, seconds=60, provokes_kernel=False):
    """Registers a coroutine as a scenario.

    `alone`: it measures and wants the machine for itself; `seconds`: about how long; `provokes_kernel`: it does on purpose what the
    guest's kernel fails of, and goes on.
    """
    def register(body):
        SCENARIOS.append(Scenario(name, body, alone, seconds, provokes_kernel))
        return body
    return register


class Checks:
    """What one scenario found; printed in one piece when it ends."""

    def __init__(self, name):
        self.name = name
        self.lines = []
        self.passed = self.failed = 0

    def __call__(self, is_true, sentence):
        self.lines.append(f"  {'ok  ' if is_true else 'FAIL'}  {sentence}")
        if is_true:
            self.passed += 1
        else:
            self.failed += 1

    def figure(self, text):
        self.lines.append(f"        {text}")

    async def run(self, scenario, make_room, is_last=True):
        """Runs a scenario, anew in another guest when the kernel failed under it: its Bluetooth may be dead after that.

        False: the kernel failed every time, nothing is said of the scenario, and it wants to run again (never when `is_last`).
        """
        start = time.monotonic()
        for attempt in range(KERNEL_ATTEMPTS):
            rooms = []

            def make(**settings):
                rooms.append(make_room(**settings))
                return rooms[-1]

            await self.attempt(scenario, make, rooms)
            if not self.failed or not any(room.has_kernel_fault for room in rooms):
                break
            if attempt == KERNEL_ATTEMPTS - 1:
                if is_last:
                    break
                print(f"{self.name}: the guest's kernel failed {KERNEL_ATTEMPTS} times; it runs again by itself", flush=True)
                return False
            self.lines, self.passed, self.failed = [], 0, 0
            self.figure("the guest's kernel failed (BUG in its Bluetooth), so the scenario was run again in a new guest")
        print(f"{self.name} ({time.monotonic() - start:.0f} s)", *self.lines, sep="\n", flush=True)
        return True

    async def attempt(self, scenario, make_room, rooms):
        body = asyncio.create_task(scenario.body(self, make_room))
        guard = asyncio.create_task(self.end_after_kernel_fault(body, rooms)) if not scenario.provokes_kernel else None
        patience = scenario.seconds * 4 + 120
        try:
            await asyncio.wait({body}, timeout=patience)
            if not body.done():
                self(False, f"broke off: not over within {patience:.0f} s")
            elif body.cancelled():
                self(False, "broke off: the guest's kernel failed")
            elif error := body.exception():
                self(False, f"broke off: {error or type(error).__name__}")
                self.lines += ["        " + line for line in "".join(traceback.format_exception(error)).splitlines()[-6:]]
        finally:
            if guard:
                guard.cancel()
            body.cancel()
            await asyncio.wait({body})

    @staticmethod
    async def end_after_kernel_fault(body, rooms):
        """Breaks a scenario off whose guest is past help, so that its next attempt need not wait for every time-out of this one."""
        while not any(room.has_kernel_fault for room in rooms):
            await asyncio.sleep(1)
        await asyncio.sleep(KERNEL_GRACE)
        body.cancel()


async def run_all(scenarios, workers, make_room):
    """Runs those that may share the machine side by side, the longest first, then the measuring ones one after another.

    Connects that end by time-out make the kernel fail, and there are more of them in a guest that is slow beside others; so a
    scenario that the kernel never let end runs again when it has the machine for itself.
    """
    results = []
    waiting = sorted((one for one in scenarios if not one.alone), key=lambda one: -one.seconds)
    by_itself = [one for one in scenarios if one.alone]

    async def work():
        while waiting:
            one = waiting.pop(0)
            checks = Checks(one.name)
            if await checks.run(one, make_room, is_last=False):
                results.append(checks)
            else:
                by_itself.append(one)

    await asyncio.gather(*(work() for _ in range(workers)))
    for one in by_itself:
        results.append(checks := Checks(one.name))
        await checks.run(one, make_room)
    return sum(one.passed for one in results), sum(one.failed for one in results)
