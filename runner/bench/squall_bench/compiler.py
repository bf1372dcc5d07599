"""Whether a JVM's compiler has come to rest, so that a window measures the program and not its compilation. Seconds."""

import os
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from . import cpu

THREADS = ("C1 CompilerThre", "C2 CompilerThre")
"""Their names, as the kernel keeps them: 15 characters."""
SPAN = 2.0
"""How long they must have been quiet: classes are compiled in bursts, with less than that between them."""
MOST_SHARE = 0.03
"""Of one core, over the span: below it they are quiet."""
EVERY = 0.25


class Rest:
    """Decides from readings of the compiler's threads, CPU time by thread, whether they have come to rest. Knows no clock.

    A thread that ended between two readings takes nothing away from what the others did.
    """

    def __init__(self) -> None:
        self._before: dict[int, float] = {}
        self._total = 0.0
        self._seen: deque[tuple[float, float]] = deque()

    def seen(self, at: float, threads: dict[int, float]) -> bool:
        """Takes a reading; whether the threads were quiet over the span before it. Before a span has passed: no."""
        if self._seen:
            self._total += sum(max(0.0, spent - self._before.get(thread, 0.0)) for thread, spent in threads.items())
        self._before = threads
        self._seen.append((at, self._total))
        while len(self._seen) > 1 and self._seen[1][0] <= at - SPAN:
            self._seen.popleft()
        first, spent = self._seen[0]
        return at - first >= SPAN and self._total - spent < MOST_SHARE * (at - first)


def await_rest(pid: int, until: float, ended: Callable[[], bool]) -> bool:
    """Waits until the compiler of the process and what it started rests, or the instant of time.monotonic(); whether it does.

    What has no such compiler rests.
    """
    rest = Rest()
    while threads := _threads(pid):
        at = time.monotonic()
        if rest.seen(at, threads):
            return True
        if at >= until or ended():
            return False
        time.sleep(min(EVERY, until - at))
    return True


def share(threads: dict[str, float], seconds: float) -> float:
    """What the compiler took of one core in a window, by the CPU of each kind of thread in it."""
    return sum(threads.get(name, 0.0) for name in THREADS) / seconds


def _threads(pid: int) -> dict[int, float]:
    """CPU time of each of the compiler's threads."""
    found: dict[int, float] = {}
    for one in cpu.descendants(pid):
        try:
            tasks = os.listdir(f"/proc/{one}/task")
        except OSError:
            continue  # it ended meanwhile
        for task in tasks:
            try:
                # Nanoseconds: the ticks of the file stat are too coarse for a few percent of a second.
                name, spent = (Path(f"/proc/{one}/task/{task}/{file}").read_text() for file in ("comm", "schedstat"))
            except OSError:
                continue
            if name.strip() in THREADS:
                found[int(task)] = int(spent.split()[0]) / 1e9
    return found
