"""h2load: C, on nghttp2, which also wrote the library that most others use for HTTP/2. It reports no percentiles."""

import re
from pathlib import Path

from .. import peers
from ..load import Load, Outcome, Unavailable


class H2load:
    compiles = False
    name = "h2load"

    def __init__(self) -> None:
        self._program, self.version = peers.find("h2load")

    def command(self, load: Load, folder: Path) -> list[str]:
        if load.streams is None or load.rate is not None or not load.keep_alive:
            raise Unavailable("HTTP/2 as fast as possible only")
        command = [self._program, "-t1", f"-c{load.connections}", f"-m{load.streams}", f"-D{load.seconds}"]
        return [*command, load.url]

    def outcome(self, folder: Path, output: str) -> Outcome:
        done, _, failed, errored, timed_out = map(int, re.search(
            r"(\d+) done, (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", output).groups())
        answered = int(re.search(r"status codes: (\d+) 2xx", output)[1])
        return Outcome(done, max(failed, errored + timed_out, done - answered))
