"""What every row needs: the mode, the cores, the folder; and runs of several contenders, interleaved."""

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from . import machine
from .load import Client, Load, Unavailable
from .measure import Measured, Target, Window, run


@dataclass(frozen=True)
class Bench:
    """One `make bench`."""

    folder: Path
    quick: bool
    only: frozenset[str] = frozenset()
    """Contenders to run, by name in lower case; empty: all."""

    @property
    def pairs(self) -> int:
        """Interleaved runs of Squall and of what it is compared with."""
        return 3 if self.quick else 15

    @property
    def rounds(self) -> int:
        """Runs of every other peer."""
        return 1 if self.quick else 3

    @property
    def window(self) -> Window:
        return Window(5, 5, 20) if self.quick else Window(10, 15, 10)

    @property
    def server_core(self) -> int:
        return machine.cores()[0]

    @property
    def client_core(self) -> int:
        return machine.cores()[1]

    def wants(self, name: str) -> bool:
        return not self.only or name.lower() in self.only


@dataclass(frozen=True)
class Contender:
    """A client with the load it is given; `make` may raise Unavailable."""

    name: str
    make: Callable[[], Client]
    load: Load
    paired: bool = False
    """Takes part in every round; others only in the first few."""


@dataclass
class Runs:
    """What came of one contender."""

    name: str
    version: str = ""
    measured: list[Measured | None] = field(default_factory=list)
    """One entry a round; None where the round had no run or a void one."""
    reason: str | None = None
    """Why there is nothing, or why a run is missing."""

    def valid(self) -> list[Measured]:
        return [one for one in self.measured if one is not None]


def interleaved(
    bench: Bench,
    title: str,
    contenders: list[Contender],
    target: Callable[[str, int], AbstractContextManager[Target]],
    window: Window | None = None,
    rounds: int | None = None,
    prefix: tuple[str, ...] = (),
    exact: bool = True,
) -> list[Runs]:
    """Runs each contender once a round, each round in another order, so that what drifts hits all alike.

    `target` is called with a contender's name and the round and entered for that run: a fresh one, or a shared one in a
    nullcontext. `rounds` limits the rounds of all;
    with `exact` false a run whose counts disagree is kept.
    """
    runs = [Runs(one.name) for one in contenders if bench.wants(one.name)]
    contenders = [one for one in contenders if bench.wants(one.name)]
    clients: dict[str, Client] = {}
    for one, its in zip(contenders, runs, strict=True):
        try:
            clients[one.name] = one.make()
            its.version = clients[one.name].version
        except Unavailable as reason:
            its.reason = str(reason)
    for number in range(rounds or bench.pairs):
        order = list(zip(contenders, runs, strict=True))
        if number % 2:
            order.reverse()
        for one, its in order:
            measured = None
            if one.name in clients and (one.paired or number < (rounds or bench.rounds)):
                folder = bench.folder / "runs" / title / f"{one.name.replace(' ', '-')}-{number}"
                try:
                    with target(one.name, number) as reached:
                        measured = run(clients[one.name], one.load, reached, bench.client_core, window or bench.window, folder, prefix)
                except (Unavailable, RuntimeError) as reason:
                    its.reason = str(reason)
                if measured is not None and measured.void and exact:
                    its.reason, measured = f"void: {measured.void}", None
                said = its.reason if measured is None else f"{measured.cpu_per_million:.2f} CPU s/M at {measured.rate:,.0f}/s"
                say(f"{title}, round {number + 1}: {one.name}: {said}")
            its.measured.append(measured)
    return runs


def say(text: str) -> None:
    """Progress, for the eyes of whoever waits."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
