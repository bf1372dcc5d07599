"""The stall proof: a target that freezes for 1 s every 10 s, and what each client says its p99 was.

The truth is computed from the schedule and the freezes that the target logged: a request intended while the target is
frozen is answered when it thaws. A client that sends late because of the freeze, and counts from when it sent, hides it.
"""

from collections.abc import Iterable
from itertools import count

from .. import machine
from ..bench import Bench, Contender, interleaved
from ..clients.fortio import Fortio
from ..clients.hey import Hey
from ..clients.hyperfoil import Hyperfoil
from ..clients.k6 import K6
from ..clients.oha import Oha
from ..clients.squall import Squall
from ..clients.vegeta import Vegeta
from ..load import Load
from ..measure import Window
from ..report import Table
from ..stall_target import Freezes, Log, StallTarget
from ..statistics import median, percentile

RATE = 2_000
ANSWER_MICROS = 1_000
FREEZES = Freezes(first=4.5, seconds=1, every=10)
WINDOW = Window(10, 19)
CLOSE_ENOUGH = 0.05


def row(bench: Bench) -> Table:
    port = machine.free_port()
    load = Load(f"http://127.0.0.1:{port}/", WINDOW.run_seconds(), rate=RATE)
    contenders = [
        Contender("Squall", Squall, load),
        Contender("oha", Oha, load),
        Contender("oha (corrected)", lambda: Oha(corrected=True), load),
        Contender("hey", Hey, load),
        Contender("vegeta", Vegeta, load),
        Contender("fortio", Fortio, load),
        Contender("k6", K6, load),
        Contender("k6 (2500 users)", lambda: K6(2_500), load),
        Contender("Hyperfoil", Hyperfoil, load),
    ]
    targets: list[StallTarget] = []

    def target(name: str, number: int) -> StallTarget:
        folder = bench.folder / "targets" / "stall" / f"{name}-{number}"
        targets.append(StallTarget(folder, bench.server_core, port, ANSWER_MICROS, FREEZES))
        return targets[-1]

    runs = interleaved(bench, "stall", contenders, target, WINDOW, bench.rounds, exact=False)
    title = f"The stall proof: 1 ms answers, 1 s frozen every 10 s, {RATE:,}/s for {WINDOW.run_seconds()} s, 64 connections"
    table = Table("stall", title, ["client", "p99 reported", "p99 true", "tells the truth", "sent"])
    truth = median([_true_p99(one.log(), WINDOW.run_seconds()) for one in targets])
    for its in runs:
        label = f"{its.name} {its.version}".strip()
        reported = [one.outcome.p99_micros / 1e6 for one in its.valid() if one.outcome.p99_micros is not None]
        if its.reason:
            table.notes.append(f"{label}: {its.reason}")
        if not reported:
            table.rows.append([label, "–", "–", "–", "–"])
            continue
        honest = abs(median(reported) - truth) <= CLOSE_ENOUGH * truth
        sent = median([one.outcome.requests for one in its.valid()])
        cells = [f"{median(reported) * 1e3:,.0f} ms", f"{truth * 1e3:,.0f} ms", "yes" if honest else "no", f"{sent:,.0f}"]
        table.rows.append([label, *cells])
        table.data[its.name] = {"p99Seconds": reported, "trueP99Seconds": truth, "requests": sent}
    table.notes.append(f"asked for: {RATE * WINDOW.run_seconds():,}; the truth counts every request of the schedule")
    return table


def _true_p99(log: Log, seconds: int) -> float:
    return percentile(list(true_times(log.arrivals[0], RATE, seconds, log.freezes, ANSWER_MICROS / 1e6)), 99)


def true_times(first: float, rate: int, seconds: float, freezes: Iterable[tuple[float, float]], answer: float) -> Iterable[float]:
    """Response times of a constant schedule against a target that answers everything at once when it is not frozen."""
    waiting = sorted(freezes)
    for number in count():
        intended = first + number / rate
        if intended >= first + seconds:
            return
        while waiting and waiting[0][1] <= intended:
            waiting.pop(0)
        done = intended + answer
        # Also an answer that would have been due inside the freeze waits for its end.
        if waiting and waiting[0][0] <= done:
            done = waiting[0][1] + (answer if waiting[0][0] <= intended else 0)
        yield done - intended
