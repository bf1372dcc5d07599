"""hey: Go, net/http; a rate is shared out over its workers, each with its own ticker."""

import re
from pathlib import Path

from .. import peers
from ..load import Load, Outcome


class Hey:
    compiles = False
    name = "hey"

    def __init__(self) -> None:
        self._program, self.version = peers.find("hey")

    def command(self, load: Load, folder: Path) -> list[str]:
        command = [self._program, "-cpus", "1", "-z", f"{load.seconds}s", "-c", str(load.connections)]
        if load.rate is not None:
            command += ["-q", str(load.rate / load.connections)]
        if not load.keep_alive:
            command += ["-disable-keepalive"]
        return [*command, load.url]

    def outcome(self, folder: Path, output: str) -> Outcome:
        seconds = float(re.search(r"Total:\s+([\d.]+) secs", output)[1])
        # The distribution of statuses holds the first million requests only; the rate counts all.
        requests = round(seconds * float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]))
        statuses = {status: int(count) for status, count in re.findall(r"\[(\d{3})\]\s+(\d+) responses", output)}
        errors = sum(map(int, re.findall(r"^\s+\[(\d+)\]\s+\D", output, re.MULTILINE)))
        failures = sum(count for status, count in statuses.items() if status != "200") + errors
        p99 = re.search(r"99% in ([\d.]+) secs", output)
        return Outcome(requests, failures, float(p99[1]) * 1e6 if p99 else None)
