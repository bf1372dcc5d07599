"""Hyperfoil: Java on Netty, its own parser and local runner in one JVM, asked for what its `wrk` and `wrk2` ask for.

At a rate, a session that finds all connections busy waits for one, and its response time has begun by then. Those two
have 6 s of calibration first; here a run is measured from its begin, as every client's is, so p99 holds the JVM's start.
"""

import json
from pathlib import Path

from .. import peers
from ..load import Load, Outcome, Unavailable

SESSIONS_SECONDS = 15
"""How many seconds' arrivals may be unanswered, as wrk2 has it; one beyond them is sent when another ends."""
GRACE = 30
"""Seconds until the last answers must have come; what is unanswered then is interrupted."""


class Hyperfoil:
    compiles = True
    name = "Hyperfoil"

    def __init__(self) -> None:
        self._program, self.version = peers.find("hyperfoil")

    def command(self, load: Load, folder: Path) -> list[str]:
        (folder / "benchmark.hf.yaml").write_text(json.dumps(benchmark(load), indent=1))  # JSON is YAML
        return [self._program, "benchmark.hf.yaml"]

    def outcome(self, folder: Path, output: str) -> Outcome:
        said = json.loads(output.strip().splitlines()[-1])  # after its log
        # An answer that its check refuses is invalid, and so is a request whose connection broke, besides being an error.
        errors = said["connectionErrors"] + said["requestTimeouts"] + said["internalErrors"]
        failures = max(errors + said["responses"] - said["status2xx"], said["invalid"])
        return Outcome(said["requests"], failures, said["p99Nanos"] / 1e3)


def benchmark(load: Load) -> dict:
    """The benchmark of a load, with one event loop; cookies and the like are off, as in Hyperfoil's own `wrk`."""
    phase = {
        "duration": f"{load.seconds}s",
        "maxDuration": f"{load.seconds + GRACE}s",
        "scenario": [{"get": [{"httpRequest": {"GET": "/"}}]}],
    }
    if load.rate is None:
        model = {"always": {"users": load.in_flight, **phase}}
    else:
        arrivals = {"usersPerSec": load.rate, "variance": False, "maxSessions": load.rate * SESSIONS_SECONDS}
        model = {"constantRate": {**arrivals, **phase}}
    return {
        "name": "bench",
        "threads": 1,
        "http": _http(load),
        "ergonomics": {"repeatCookies": False, "userAgentFromSession": False},
        "phases": [{"load": model}],
    }


def _http(load: Load) -> dict:
    http: dict = {"host": load.url.rstrip("/"), "allowHttp2": load.streams is not None}
    if load.keep_alive:
        http["sharedConnections"] = load.connections
    else:
        http["connectionStrategy"] = "ALWAYS_NEW"
    if load.streams is not None:
        if load.certificate is None:
            raise Unavailable("HTTP/2 without TLS by an upgrade only, not by prior knowledge")
        http |= {"allowHttp1x": False, "maxHttp2Streams": load.streams}
    if load.certificate is not None:
        http["trustManager"] = {"certFile": str(load.certificate)}
    return http
