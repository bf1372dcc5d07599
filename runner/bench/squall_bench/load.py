"""What a client is asked to send and what it answers: the contract between rows and clients."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Unavailable(Exception):
    """A client cannot be had, or cannot do what a row asks; its text says why and becomes the row."""


@dataclass(frozen=True)
class Load:
    """One run of a client."""

    url: str
    seconds: int
    connections: int = 64
    rate: int | None = None
    """Requests a second over all connections; None: each connection sends again as soon as it has its answer."""
    grouping: str | None = None
    """Squall's requests of each such span of time begin together."""
    streams: int | None = None
    """HTTP/2, by prior knowledge or over TLS by ALPN, with so many requests at a time on each connection; None: HTTP/1.1."""
    keep_alive: bool = True
    lifetime: str | None = None
    """How long Squall keeps a connection at most; it closes it then."""
    certificate: Path | None = None
    """The target's own certificate, for https."""
    task: str = "plain"
    """What Squall sends: `plain` is the GET that every client sends, `json` a weighted choice of POSTs."""

    @property
    def in_flight(self) -> int:
        """Requests at a time, at most."""
        return self.connections * (self.streams or 1)


@dataclass(frozen=True)
class Outcome:
    """What a client says about its own run."""

    requests: int
    failures: int
    p99_micros: float | None = None


class Client(Protocol):
    """A load generator. Implementations hold a name and a version and no state of a run."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def compiles(self) -> bool:
        """Whether a JIT compiler works beside it, which a window of steady state waits for."""
        ...

    def command(self, load: Load, folder: Path) -> list[str]:
        """The command line; files it needs are written into the folder. Raises Unavailable."""
        ...

    def outcome(self, folder: Path, output: str) -> Outcome:
        """Reads the run's figures from what the command printed and wrote."""
        ...
