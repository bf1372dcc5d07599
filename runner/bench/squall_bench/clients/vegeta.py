"""vegeta: Go, net/http; a rate, or as fast as a number of workers can. Its report is made after the attack."""

import json
import subprocess
from pathlib import Path

from .. import peers
from ..load import Load, Outcome


class Vegeta:
    compiles = False

    def __init__(self, name: str = "vegeta", resumes: bool = False) -> None:
        self.name = name
        self._resumes = resumes
        self._program, self.version = peers.find("vegeta")

    def command(self, load: Load, folder: Path) -> list[str]:
        targets = folder / "targets"
        targets.write_text(f"GET {load.url}\n")
        command = [self._program, "attack", "-targets", str(targets), "-output", str(folder / "results")]
        command += ["-duration", f"{load.seconds}s", "-rate", str(load.rate or 0)]
        command += ["-workers", str(load.connections), "-max-workers", str(load.connections), "-http2=false"]
        if not load.keep_alive:
            command += ["-keepalive=false", f"-session-tickets={str(self._resumes).lower()}"]
        if load.certificate is not None:
            command += ["-root-certs", str(load.certificate)]
        return command

    def outcome(self, folder: Path, output: str) -> Outcome:
        command = [self._program, "report", "-type=json", str(folder / "results")]
        result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        requests = result["requests"]
        return Outcome(requests, requests - result["status_codes"].get("200", 0), result["latencies"]["99th"] / 1e3)
