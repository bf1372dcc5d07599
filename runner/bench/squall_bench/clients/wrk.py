"""wrk: epoll, C, closed loop. It has no rate; its delay() in Lua is a think time, which is how it is paced here."""

import re
from pathlib import Path

from .. import peers
from ..load import Load, Outcome

UNITS = {"us": 1, "ms": 1e3, "s": 1e6, "m": 60e6}


class Wrk:
    compiles = False
    name = "wrk"

    def __init__(self, timeout_seconds: int = 2) -> None:
        """`timeout_seconds`: an answer that comes later is a failure; 2 is wrk's own."""
        self._timeout = timeout_seconds
        self._program, self.version = peers.find("wrk")

    def command(self, load: Load, folder: Path) -> list[str]:
        command = [self._program, "-t1", f"-c{load.connections}", f"-d{load.seconds}s", f"--timeout={self._timeout}s", "--latency"]
        if not load.keep_alive:
            command += ["-H", "Connection: close"]
        if load.rate is not None:
            script = folder / "delay.lua"
            script.write_text(f"function delay() return {round(1000 * load.connections / load.rate)} end\n")
            command += ["-s", str(script)]
        return [*command, load.url]

    def outcome(self, folder: Path, output: str) -> Outcome:
        requests = int(re.search(r"(\d+) requests in", output)[1])
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
        broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
        failures = (int(refused[1]) if refused else 0) + (sum(map(int, broken.groups())) if broken else 0)
        value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", output).groups()
        return Outcome(requests, failures, float(value) * UNITS[unit])
