"""The target of this folder's stall-target: answers after a fixed time, freezes when told to, and logs the truth."""

import struct
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from . import machine, peers


@dataclass(frozen=True)
class Freezes:
    """Freezes of `seconds`, the first `first` seconds after the first request, one `every` so many seconds."""

    first: float
    seconds: float
    every: float


@dataclass(frozen=True)
class Served:
    """A request by the target's own clock, in nanoseconds of the wall clock."""

    arrived: int
    """When the kernel had it whole."""
    replied: int
    """Right before the answer was written."""


@dataclass(frozen=True)
class Log:
    """What the target did, in seconds of the wall clock."""

    arrivals: list[float]
    """When the kernel had each request whole, in order."""
    freezes: list[tuple[float, float]]
    served: dict[tuple[int, int], Served]
    """Each request that says which it is, by user and iteration."""


class StallTarget:
    """A running stall-target on a port of loopback; a context manager that stops it, after which there is a log."""

    def __init__(self, folder: Path, core: int, port: int, answer_micros: int, freezes: Freezes | None = None):
        program, _ = peers.find("stall-target")
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / "target.log"
        command = [*machine.pinned(core), program, str(port), str(self._log), str(answer_micros)]
        if freezes:
            command += [str(round(1000 * one)) for one in (freezes.first, freezes.seconds, freezes.every)]
        self._process = subprocess.Popen(command, start_new_session=True)
        self.pid = self._process.pid
        machine.put_ahead(self.pid)
        until = time.monotonic() + 10
        while not self._count().exists() or not self._listening(port):
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"stall-target does not listen on port {port}")
            time.sleep(0.01)

    def __enter__(self) -> "StallTarget":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)

    def requests(self) -> int:
        return struct.unpack("=Q", self._count().read_bytes())[0]

    def refusals(self) -> int:
        return 0

    def log(self) -> Log:
        """Everything since the start; once it has ended."""
        arrivals: list[int] = []
        freezes: list[tuple[float, float]] = []
        served: dict[tuple[int, int], Served] = {}
        for line in self._log.read_text().splitlines():
            kind, begin, end, *which = line.split()
            if kind == "freeze":
                freezes.append((int(begin) / 1e9, int(end) / 1e9))
                continue
            arrivals.append(int(begin))
            user, iteration = map(int, which)
            if user >= 0:
                served[user, iteration] = Served(int(begin), int(end))
        return Log([arrived / 1e9 for arrived in sorted(arrivals)], freezes, served)

    def _count(self) -> Path:
        return self._log.with_name(self._log.name + ".count")

    @staticmethod
    def _listening(port: int) -> bool:
        # 0A is LISTEN; a connection to find out would be one that the target has to handle.
        return any(line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A" for line in _tcp_table())


def _tcp_table() -> list[str]:
    return Path("/proc/net/tcp").read_text().splitlines()[1:]
