"""One run of a client against a target: CPU of both inside a window of steady state, and what makes the run void."""

import subprocess
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from . import compiler, cpu, machine
from .load import Client, Load, Outcome


MOST_START = 60.0
"""Seconds until a client has sent its first request, which it did not if it takes longer."""


class Target(Protocol):
    """What a run is measured against; counts for itself."""

    pid: int

    def requests(self) -> int: ...

    def refusals(self) -> int: ...


@dataclass(frozen=True)
class Window:
    """Seconds after the client's first request: what is before `begin` is warm-up."""

    begin: int
    seconds: int
    patience: int = 0
    """How much later than `begin` it may begin, for a client whose compiler does not rest yet."""

    def run_seconds(self) -> int:
        """How long the client has to send, so that the window ends before it does; one that compiles, `patience` longer."""
        return self.begin + self.seconds + 1


@dataclass(frozen=True)
class Measured:
    """A run. CPU in seconds inside the window."""

    requests: int
    seconds: float
    client_cpu: float
    server_cpu: float
    other_cpu: float
    """What neither of the two used: other work on the machine, which disturbs."""
    stolen_cpu: float
    outcome: Outcome
    void: str | None
    threads: dict[str, float] = field(default_factory=dict)
    rested: bool = True
    """Whether the client's compiler had come to rest when the window began."""

    @property
    def compiling(self) -> float:
        """What the client's compiler took of one core in the window."""
        return compiler.share(self.threads, self.seconds)

    @property
    def cpu_per_million(self) -> float:
        """The figure: the client's CPU seconds per million requests."""
        return self.client_cpu * 1e6 / self.requests

    @property
    def server_cpu_per_million(self) -> float:
        return self.server_cpu * 1e6 / self.requests

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @property
    def server_bound(self) -> bool:
        """The server's core was full and the client's was not: the rate says nothing about the client."""
        return self.server_cpu > 0.95 * self.seconds and self.client_cpu < 0.95 * self.seconds


@dataclass(frozen=True)
class _Reading:
    at: float
    client: float
    server: float
    requests: int
    machine: tuple[float, float]
    threads: dict[str, float]


def _read(pid: int, target: Target) -> _Reading:
    return _Reading(
        time.monotonic(), cpu.of_tree(pid), cpu.of_tree(target.pid), target.requests(), cpu.of_machine(), cpu.of_threads(pid)
    )


def run(client: Client, load: Load, target: Target, core: int, window: Window, folder: Path, prefix: tuple[str, ...] = ()) -> Measured:
    """Runs the client pinned to the core. Raises Unavailable when it cannot do this load, RuntimeError when it breaks."""
    folder.mkdir(parents=True, exist_ok=True)
    if client.compiles:
        load = replace(load, seconds=load.seconds + window.patience)
    command = [*prefix, *machine.pinned(core), *client.command(load, folder)]
    counted, refused = target.requests(), target.refusals()
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            machine.put_ahead(process.pid)
            _await_first_request(target, counted, process)
            rested = _begins(time.monotonic(), window, client, process)
            first = _read(process.pid, target)
            _sleep_until(first.at + window.seconds, process)
            last = _read(process.pid, target)
            process.wait(load.seconds + 60)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    if process.returncode != 0:
        raise RuntimeError(f"{client.name} ended with {process.returncode}: {tail(folder)}")
    outcome = client.outcome(folder, (folder / "stdout").read_text())
    counted, refused = target.requests() - counted, target.refusals() - refused
    return _measured(first, last, outcome, void(outcome, counted, refused, load.in_flight), rested)


def _measured(first: _Reading, last: _Reading, outcome: Outcome, void: str | None, rested: bool) -> Measured:
    client, server = last.client - first.client, last.server - first.server
    requests = last.requests - first.requests
    if requests <= 0:
        void, requests = "no request inside the window", 1
    threads = {name: spent - first.threads.get(name, 0) for name, spent in last.threads.items()}
    busy = last.machine[0] - first.machine[0]
    return Measured(
        requests,
        last.at - first.at,
        client,
        server,
        max(0.0, busy - client - server),
        last.machine[1] - first.machine[1],
        outcome,
        void,
        {name: round(spent, 2) for name, spent in sorted(threads.items(), key=lambda item: -item[1]) if spent > 0},
        rested,
    )


def void(outcome: Outcome, counted: int, refused: int, in_flight: int) -> str | None:
    """Why a run does not count, by what the client and the server counted; None if it does."""
    if refused or outcome.failures:
        return f"{refused} answers were not 200 by the server's log, {outcome.failures} failed by the client's count"
    # Each request in flight may be one that the server answered and the client's end cut off.
    if not outcome.requests <= counted <= outcome.requests + in_flight:
        return f"the client counted {outcome.requests} requests, the server {counted}"
    return None


def _await_first_request(target: Target, counted: int, process: subprocess.Popen) -> None:
    """Start-up is a client's own: one JVM rehearses for seconds, a program in C sends at once."""
    until = time.monotonic() + MOST_START
    while target.requests() <= counted and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)


def _begins(began: float, window: Window, client: Client, process: subprocess.Popen) -> bool:
    """Waits for the window's begin; whether the client's compiler rests then."""
    if not client.compiles or not window.patience:
        _sleep_until(began + window.begin, process)
        return True
    _sleep_until(began + window.begin - compiler.SPAN, process)
    return compiler.await_rest(process.pid, began + window.begin + window.patience, lambda: process.poll() is not None)


def _sleep_until(at: float, process: subprocess.Popen) -> None:
    while (left := at - time.monotonic()) > 0:
        time.sleep(min(left, 0.25))
        if process.poll() is not None:
            return


def tail(folder: Path) -> str:
    """The last of what a client said."""
    lines = ((folder / "stderr").read_text() or (folder / "stdout").read_text()).strip().splitlines()
    return " / ".join(lines[-3:]) or "no output"
