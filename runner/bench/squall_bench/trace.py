"""What Squall and the target each say of the same request: Squall's trace joined with the target's log."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .stall_target import Served

RECORD = struct.Struct("<qqihhqqqqq")
"""user, iteration, step, load, series, intended, sent, done, queueing, outcome: docs/validity.md."""
EXPECTED = 0


@dataclass(frozen=True)
class Traced:
    """A request by Squall's clock, in nanoseconds of the wall clock."""

    user: int
    iteration: int
    load: int
    sent: int
    done: int
    outcome: int


@dataclass(frozen=True)
class Errors:
    """Of each request, in seconds, how much longer Squall says that it took than the target says."""

    whole: list[float]
    out: list[float]
    """From sent by Squall to arrived by the target's kernel; as exact as the two clocks agree."""
    back: list[float]
    """From the answer's write to done by Squall; likewise."""
    own: list[float]
    """What the target says that it took."""
    apart: int
    """Requests that one of the two knows and the other does not, or that ended otherwise than expected."""


def read(path: Path) -> Iterable[Traced]:
    """The records of a trace, in the order in which requests ended, event loop by event loop."""
    for user, iteration, _, load, _, _, sent, done, _, outcome in RECORD.iter_unpack(path.read_bytes()):
        yield Traced(user, iteration, load, sent, done, outcome)


def errors(traced: Iterable[Traced], served: Mapping[tuple[int, int], Served], load: int) -> Errors:
    """The errors of a load's requests. Of the others nothing is asked, so what the target alone knows is told by count."""
    found = Errors([], [], [], [], 0)
    apart = 0
    for one in traced:
        if one.load != load:
            continue
        its = served.get((one.user, one.iteration))
        if its is None or one.outcome != EXPECTED:
            apart += 1
            continue
        found.out.append((its.arrived - one.sent) / 1e9)
        found.back.append((one.done - its.replied) / 1e9)
        found.own.append((its.replied - its.arrived) / 1e9)
        found.whole.append(((one.done - one.sent) - (its.replied - its.arrived)) / 1e9)
    return Errors(found.whole, found.out, found.back, found.own, apart)
