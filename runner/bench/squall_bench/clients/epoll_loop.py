"""The bare epoll loop in C of this folder: what nothing can be much cheaper than."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from .. import peers
from ..load import Load, Outcome, Unavailable


class EpollLoop:
    compiles = False
    name = "bare epoll loop"
    version = "C"

    def __init__(self) -> None:
        self._program, _ = peers.find("epoll-loop")

    def command(self, load: Load, folder: Path) -> list[str]:
        if load.rate is not None or not load.keep_alive or load.certificate is not None:
            raise Unavailable("plain keep-alive as fast as possible only")
        url = urlsplit(load.url)
        return [self._program, url.hostname, str(url.port), url.path, str(load.connections), str(load.seconds)]

    def outcome(self, folder: Path, output: str) -> Outcome:
        result = json.loads(output)
        return Outcome(result["requests"], result["failures"], result["p99Micros"])
