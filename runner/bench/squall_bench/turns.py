"""Clients that take turns of a second on one core, all of them warm, those that wait stopped.

What changes on a shared machine from one minute to the next (another tenant, a clock that goes down) hits both alike;
between two runs of a minute each it does not. Seconds everywhere.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import compiler, cpu, machine
from .bench import Bench, Contender, Runs, say
from .clients.squall import INCONCLUSIVE
from .load import Client, Load, Outcome, Unavailable
from .measure import Measured, Target, tail, void

TURN = 1.0
TURNS = 10
"""Of each client in a round."""
FIRST = 3.0
"""How long a client without a compiler sends before its turns, alone on the core or beside the one that compiles."""
MARGIN = 8
"""By how much a client's run is longer than what is planned: its start, and what the turns themselves take."""
OVER = 30.0
DRAINED = 0.01
"""Until the server has answered what a client had in flight when it was stopped; none of its CPU is the next one's."""
GOOD = (0, INCONCLUSIVE)
"""A Squall that was stopped says that its run cannot say how fast the target is. What it cost is another question."""


@dataclass
class Player:
    """A client's process, stopped but for its turns, and what its turns summed up to."""

    client: Client
    load: Load
    folder: Path
    process: subprocess.Popen
    rested: bool = True
    requests: int = 0
    seconds: float = 0.0
    client_cpu: float = 0.0
    server_cpu: float = 0.0
    busy_cpu: float = 0.0
    stolen_cpu: float = 0.0
    threads: dict[str, float] = field(default_factory=dict)

    def stop(self) -> None:
        """Stops it; returns once all its threads are."""
        self._tell(signal.SIGSTOP)
        until = time.monotonic() + OVER
        while not _stopped(self.process.pid):
            if self.process.poll() is not None or time.monotonic() > until:
                raise self._ended()
            time.sleep(0.001)

    def go(self) -> None:
        """Lets it run again."""
        self._tell(signal.SIGCONT)

    def _tell(self, number: signal.Signals) -> None:
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            raise self._ended() from None

    def _ended(self) -> RuntimeError:
        return RuntimeError(f"{self.client.name} ended before its turns did: {tail(self.folder)}")

    def end(self) -> None:
        """Ends it if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def turn(self, target: Target) -> None:
        """Lets it run for a turn and adds up what came of it."""
        requests, server, (busy, stolen) = target.requests(), cpu.of_tree(target.pid), cpu.of_machine()
        own, threads, at = cpu.of_tree(self.process.pid), cpu.of_threads(self.process.pid), time.monotonic()
        self.go()
        time.sleep(TURN)
        self.stop()
        self.seconds += time.monotonic() - at
        time.sleep(DRAINED)
        self.client_cpu += cpu.of_tree(self.process.pid) - own
        for name, spent in cpu.of_threads(self.process.pid).items():
            self.threads[name] = self.threads.get(name, 0.0) + spent - threads.get(name, 0.0)
        self.server_cpu += cpu.of_tree(target.pid) - server
        after = cpu.of_machine()
        self.busy_cpu += after[0] - busy
        self.stolen_cpu += after[1] - stolen
        self.requests += target.requests() - requests

    def measured(self) -> Measured:
        """What its turns were, once it has ended by itself and said what it counted.

        Its own times are left out: what it had in flight when it was stopped stands in them.
        """
        outcome = replace(self.client.outcome(self.folder, (self.folder / "stdout").read_text()), p99_micros=None)
        other = max(0.0, self.busy_cpu - self.client_cpu - self.server_cpu)
        told = None if self.requests else "no request in its turns"
        threads = {name: round(spent, 2) for name, spent in self.threads.items() if spent > 0}
        return Measured(
            max(1, self.requests), self.seconds, self.client_cpu, self.server_cpu, other, self.stolen_cpu, outcome, told, threads, self.rested
        )


def in_turns(bench: Bench, title: str, contenders: list[Contender], target: Target, prefix: tuple[str, ...] = ()) -> list[Runs]:
    """As bench.interleaved, with all contenders of a round at the same time, in turns."""
    wanted = [one for one in contenders if bench.wants(one.name)]
    runs = [Runs(one.name) for one in wanted]
    try:
        clients = [one.make() for one in wanted]
    except Unavailable as reason:
        return [Runs(one.name, reason=str(reason)) for one in wanted]
    for one, client in zip(runs, clients, strict=True):
        one.version = client.version
    head = [*prefix, *machine.pinned(bench.client_core)]
    for number in range(bench.pairs):
        folder = bench.folder / "runs" / title / str(number)
        try:
            players = _round(bench, number, list(zip(clients, [one.load for one in wanted], strict=True)), target, folder, head)
        except (Unavailable, RuntimeError) as reason:
            players = [None] * len(runs)
            for one in runs:
                one.reason = str(reason)
        for its, one in zip(runs, players, strict=True):
            its.measured.append(one)
            said = its.reason if one is None else f"{one.cpu_per_million:.2f} CPU s/M at {one.rate:,.0f}/s"
            say(f"{title}, round {number + 1}: {its.name}: {said}")
    return runs


def _round(bench: Bench, number: int, clients: list[tuple[Client, Load]], target: Target, folder: Path, head: list[str]) -> list[Measured]:
    window = bench.window
    planned = FIRST + window.begin + window.patience + len(clients) * TURNS * 1.15 * TURN + MARGIN
    counted, refused = target.requests(), target.refusals()
    with ExitStack() as until:
        players = [_start(client, load, int(planned), folder / str(place), head, until) for place, (client, load) in enumerate(clients)]
        _warm(players, window.begin, window.patience)
        order = players if number % 2 == 0 else players[::-1]
        for _ in range(TURNS):
            for one in order:
                one.turn(target)
        for one in players:
            one.go()
        for one in players:
            one.process.wait(planned + OVER)
            if one.process.returncode not in GOOD:
                raise RuntimeError(f"{one.client.name} ended with {one.process.returncode}: {tail(one.folder)}")
    measured = [one.measured() for one in players]
    counted, refused = target.requests() - counted, target.refusals() - refused
    all_told = Outcome(sum(one.outcome.requests for one in measured), sum(one.outcome.failures for one in measured))
    why = void(all_told, counted, refused, sum(load.in_flight for _, load in clients))
    why = why or next((one.void for one in measured if one.void), None)
    if why:
        raise RuntimeError(f"void: {why}")
    return measured


def _start(client: Client, load: Load, seconds: int, folder: Path, head: list[str], until: ExitStack) -> Player:
    folder.mkdir(parents=True, exist_ok=True)
    load = replace(load, seconds=seconds)
    command = [*head, *client.command(load, folder)]
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err, stdin=subprocess.DEVNULL, start_new_session=True)
    player = Player(client, load, folder, process)
    until.callback(player.end)
    machine.put_ahead(process.pid)
    return player


def _warm(players: list[Player], begin: float, patience: float) -> None:
    """Lets each send until it is warm, and stops it."""
    time.sleep(FIRST)
    for one in players:
        if not one.client.compiles:
            one.stop()
    for one in players:
        if one.client.compiles:
            time.sleep(max(0.0, begin - compiler.SPAN))
            ended: Callable[[], bool] = lambda one=one: one.process.poll() is not None  # noqa: E731
            one.rested = compiler.await_rest(one.process.pid, time.monotonic() + compiler.SPAN + patience, ended)
            one.stop()


def _stopped(pid: int) -> bool:
    """Whether every thread of a process and of what it started is stopped."""
    for one in cpu.descendants(pid):
        try:
            tasks = os.listdir(f"/proc/{one}/task")
            states = [cpu.state(one, int(task)) for task in tasks]
        except OSError:
            continue
        if any(state not in "TtZX" for state in states):
            return False
    return True
