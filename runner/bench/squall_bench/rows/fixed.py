"""A fixed 2,000 requests a second: who is cheapest among those whose sends keep their schedule, by the target's log."""

from dataclasses import replace

from .. import machine
from ..bench import Bench, Contender, interleaved
from ..clients.squall import Squall
from ..contenders import at_rate
from ..load import Load
from ..measure import Window
from ..report import Table, cpu_table
from ..stall_target import StallTarget
from ..statistics import median, percentile

RATE = 2_000
KEPT_SECONDS = 0.001
IN_GROUPS = "Squall in groups"
"""Three arrivals at a time, off a schedule of single ones by up to half a millisecond, the phase being the one in the middle's."""


def row(bench: Bench) -> Table:
    window = Window(5, 10) if bench.quick else Window(10, 60)
    port = machine.free_port()
    load = Load(f"http://127.0.0.1:{port}/", window.run_seconds())
    targets: dict[tuple[str, int], StallTarget] = {}

    def target(name: str, number: int) -> StallTarget:
        folder = bench.folder / "targets" / "fixed" / f"{name}-{number}"
        started = StallTarget(folder, bench.server_core, port, answer_micros=0)
        targets[name, number] = started
        return started

    contenders = [one for one in at_rate(load, RATE) if one.name != "wrk"]
    contenders.insert(1, Contender(IN_GROUPS, lambda: Squall(IN_GROUPS), replace(load, rate=RATE, grouping="1.5ms")))
    runs = interleaved(bench, "fixed", contenders, target, window, bench.rounds)
    title = f"A fixed {RATE:,} requests/s from second {window.begin} to {window.begin + window.seconds}, 64 connections"
    table = cpu_table("fixed", title, runs, "Squall")
    table.columns = [*table.columns, "send error p50", "p99", "keeps its schedule"]
    for its, cells in zip(runs, table.rows, strict=True):
        found = [_error(targets[its.name, number], window) for number, one in enumerate(its.measured) if one is not None]
        if not found:
            cells += ["–"] * 3
            continue
        middle, high = median([one[0] for one in found]), median([one[1] for one in found])
        cells += [f"{middle * 1e3:.3f} ms", f"{high * 1e3:.3f} ms", "yes" if high < KEPT_SECONDS else "no"]
        table.data.setdefault(its.name, {})["sendErrorSeconds"] = found
    table.notes.append("send error: arrival at the target beside a constant schedule whose phase fits best")
    return table


def _error(target: StallTarget, window: Window) -> tuple[float, float]:
    arrivals = target.log().arrivals
    begin = arrivals[0] + window.begin
    return schedule_error([one for one in arrivals if begin <= one < begin + window.seconds], RATE)


def schedule_error(arrivals: list[float], rate: int) -> tuple[float, float]:
    """p50 and p99 of |arrival i − (phase + i / rate)|, the phase being the one that makes the median difference 0."""
    offsets = [arrival - arrivals[0] - number / rate for number, arrival in enumerate(arrivals)]
    phase = median(offsets)
    errors = [abs(offset - phase) for offset in offsets]
    return percentile(errors, 50), percentile(errors, 99)
