"""How true Squall's times are, at half of its top rate: beside the target's own log, and beside the schedule.

Each request's service time, from Squall's trace, is compared with what the target logged for the same request: from the
kernel's stamp of its last byte to right before the answer's write. What is more is the error, the way there and back
over loopback among it. The measured seconds follow a warm-up, whose requests are left out.
"""

import json
from pathlib import Path

from .. import machine, trace
from ..bench import Bench, say
from ..clients.squall import Squall, manifest
from ..load import Load
from ..measure import Measured, Window, run
from ..report import Table
from ..stall_target import StallTarget
from ..statistics import percentile

ANSWER_MICROS = 200
WARM_UP_SECONDS = 10
MOST_ERROR = 100e-6
MOST_LATENESS = 1e-3
LOAD = 1
"""The load that counts, by its place in the manifest."""
TRACE = "trace"
TITLE = "How true: each request's service time beside the target's log, lateness, at half of the top rate"
COLUMNS = ["requests/s", "service time p50", "p99", "by the log p50", "p99", "error p50", "p99", "max", "lateness p50", "p99", "true"]


class _Warmed(Squall):
    """Squall with a warm-up before what counts, both at a rate of arrivals, and a trace of its requests."""

    def __init__(self, rate: int, seconds: int) -> None:
        super().__init__()
        self._rate, self._seconds = rate, seconds

    def command(self, load: Load, folder: Path) -> list[str]:
        words = super().command(load, folder)
        spec = manifest(load)
        arrivals = {"rate": self._rate, "maxInFlight": load.connections}
        spec["spec"]["loads"] = [
            {"name": "warm-up", "warmUp": True, "arrivals": arrivals, "duration": f"{WARM_UP_SECONDS}s"},
            {"name": "load", "start": f"{WARM_UP_SECONDS}s", "arrivals": arrivals, "duration": f"{self._seconds}s"},
        ]
        (folder / "loadtest.yaml").write_text(json.dumps(spec, indent=1))
        return [*words, "--trace", TRACE]


def row(bench: Bench) -> Table:
    seconds = 10 if bench.quick else 60
    folder = bench.folder / "runs" / "truth"
    port = machine.free_port()
    window = Window(5, 5)
    with _target(bench, "top", port) as target:
        load = Load(f"http://127.0.0.1:{port}/", window.run_seconds())
        top = run(Squall(), load, target, bench.client_core, window, folder / "top").rate
    half = int(top / 2)
    say(f"truth: {top:,.0f} requests/s at most")
    window = Window(WARM_UP_SECONDS, seconds)
    with _target(bench, "half", port) as target:
        load = Load(f"http://127.0.0.1:{port}/", window.run_seconds())
        measured = run(_Warmed(half, seconds), load, target, bench.client_core, window, folder / "half")
    summary = json.loads(next((folder / "half" / "results").rglob("summary.json")).read_text())
    errors = trace.errors(trace.read(folder / "half" / TRACE), target.log().served, LOAD)
    return _table(half, summary, errors, measured)


def _target(bench: Bench, name: str, port: int) -> StallTarget:
    return StallTarget(bench.folder / "targets" / "truth" / name, bench.server_core, port, ANSWER_MICROS)


def _table(rate: int, summary: dict, errors: trace.Errors, measured: Measured) -> Table:
    times, lateness = summary["serviceTime"], summary["lateness"]
    missing = errors.apart + abs(summary["requests"] - errors.apart - len(errors.whole))
    p99 = percentile(errors.whole, 99)
    held = p99 < MOST_ERROR and lateness["p99Micros"] / 1e6 < MOST_LATENESS and not missing
    table = Table("truth", TITLE, COLUMNS)
    table.rows.append([
        f"{rate:,}",
        _micros(times["p50Micros"] / 1e6),
        _micros(times["p99Micros"] / 1e6),
        _micros(percentile(errors.own, 50)),
        _micros(percentile(errors.own, 99)),
        _micros(percentile(errors.whole, 50)),
        _micros(p99),
        _micros(max(errors.whole)),
        _micros(lateness["p50Micros"] / 1e6),
        _micros(lateness["p99Micros"] / 1e6),
        "yes" if held else "no",
    ])
    table.data = {
        "rate": rate,
        "requests": len(errors.whole),
        "missing": missing,
        "errorSeconds": _percentiles(errors.whole),
        "outSeconds": _percentiles(errors.out),
        "backSeconds": _percentiles(errors.back),
        "lateness": lateness,
        "threads": measured.threads,
    }
    table.notes.append(f"true: p99 of the error below {_micros(MOST_ERROR)}, p99 of lateness below {_micros(MOST_LATENESS)}")
    back = _percentiles(errors.back)
    table.notes.append(f"of the error, from the answer's write to its last byte read: p50 {_micros(back['50'])}, p99 {_micros(back['99'])}")
    if missing:
        table.notes.append(f"void: {missing} requests are not in both")
    return table


def _percentiles(values: list[float]) -> dict[str, float]:
    return {f"{p:g}": percentile(values, p) for p in (50, 90, 95, 99, 99.9, 100)}


def _micros(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"
