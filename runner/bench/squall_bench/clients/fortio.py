"""fortio: Go, its own HTTP/1.1 client; a rate is shared out over its connections."""

import json
from pathlib import Path

from .. import peers
from ..load import Load, Outcome, Unavailable


class Fortio:
    compiles = False
    name = "fortio"

    def __init__(self) -> None:
        self._program, self.version = peers.find("fortio")

    def command(self, load: Load, folder: Path) -> list[str]:
        # 0.1 ms is the width of its histogram's buckets; its own choice of 1 ms could not show a p99 below that.
        command = [self._program, "load", "-quiet", "-json", "-", "-r", "0.0001", "-p", "50,99", "-timeout", "30s"]
        command += ["-c", str(load.connections), "-t", f"{load.seconds}s", "-qps", str(load.rate or 0)]
        if load.streams is not None:
            if load.streams > 1:
                raise Unavailable("one stream at a time on each connection only")
            command += ["-h2"]  # by Go's net/http, with a transport for each connection
        if not load.keep_alive:
            command += ["-keepalive=false"]
        if load.certificate is not None:
            command += ["-cacert", str(load.certificate)]
        return [*command, load.url]

    def outcome(self, folder: Path, output: str) -> Outcome:
        result = json.loads(output[output.index("{") :])
        histogram = result["DurationHistogram"]
        requests = histogram["Count"]
        p99 = next(p["Value"] for p in histogram["Percentiles"] if p["Percentile"] == 99)
        return Outcome(requests, requests - result["RetCodes"].get("200", 0), p99 * 1e6)
