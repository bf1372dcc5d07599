"""oha: Rust, hyper on tokio; with a correction for coordinated omission when asked for."""

import json
from pathlib import Path

from .. import peers
from ..load import Load, Outcome


class Oha:
    compiles = False

    def __init__(self, corrected: bool = False) -> None:
        self.name = "oha (corrected)" if corrected else "oha"
        self._corrected = corrected
        self._program, self.version = peers.find("oha")

    def command(self, load: Load, folder: Path) -> list[str]:
        command = [self._program, "--no-tui", "--output-format", "json", "-z", f"{load.seconds}s"]
        command += ["-c", str(load.connections)]
        if load.streams is not None:
            command += ["--http2", "-p", str(load.streams)]
        if load.rate is not None:
            command += ["-q", str(load.rate)]
        if self._corrected:
            command += ["--latency-correction"]
        if not load.keep_alive:
            command += ["--disable-keepalive"]
        if load.certificate is not None:
            command += ["--cacert", str(load.certificate)]
        return [*command, load.url]

    def outcome(self, folder: Path, output: str) -> Outcome:
        result = json.loads(output)
        statuses, errors = result["statusCodeDistribution"], dict(result["errorDistribution"])
        # What the end of the run cut off was sent, but is neither answered nor failed.
        errors.pop("aborted due to deadline", None)
        requests = sum(statuses.values()) + sum(errors.values())
        p99 = result["latencyPercentiles"]["p99"]
        return Outcome(requests, requests - statuses.get("200", 0), p99 * 1e6 if p99 is not None else None)
