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


SCENARIOS: list[Scenario] = []
KERNEL_ATTEMPTS = 3


def scenario(name, alone=False, seconds=60):
    """Registers a coroutine as a scenario; `alone`: it measures and wants the machine for itself; `seconds`: about how long."""
    def register(body):
        SCENARIOS.append(Scenario(name, body, alone, seconds))
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

    async def run(self, scenario, make_room):
        """Runs a scenario, anew in another guest when the kernel failed under it: its Bluetooth may be dead after that."""
        start = time.monotonic()
        for attempt in range(KERNEL_ATTEMPTS):
            rooms = []

            def make(**settings):
                rooms.append(make_room(**settings))
                return rooms[-1]

            await self.attempt(scenario, make)
            if not self.failed or attempt == KERNEL_ATTEMPTS - 1 or not any(room.has_kernel_fault for room in rooms):
                break
            self.lines, self.passed, self.failed = [], 0, 0
            self.figure("the guest's kernel failed (BUG in its Bluetooth), so the scenario was run again in a new guest")
        print(f"{self.name} ({time.monotonic() - start:.0f} s)", *self.lines, sep="\n", flush=True)

    async def attempt(self, scenario, make_room):
        try:
            await asyncio.wait_for(scenario.body(self, make_room), scenario.seconds * 4 + 120)
        except Exception as error:
            self(False, f"broke off: {error or type(error).__name__}")
            if not isinstance(error, (asyncio.TimeoutError,)):
                self.lines += ["        " + line for line in traceback.format_exc().splitlines()[-6:]]


async def run_all(scenarios, workers, make_room):
    """Runs those that may share the machine side by side, the longest first, then the measuring ones one after another."""
    results = []
    waiting = sorted((one for one in scenarios if not one.alone), key=lambda one: -one.seconds)

    async def work():
        while waiting:
            one = waiting.pop(0)
            results.append(checks := Checks(one.name))
            await checks.run(one, make_room)

    await asyncio.gather(*(work() for _ in range(workers)))
    for one in scenarios:
        if one.alone:
            results.append(checks := Checks(one.name))
            await checks.run(one, make_room)
    return sum(one.passed for one in results), sum(one.failed for one in results)
