"""How true Squall's times are, at half of its top rate: beside the target's own log, and beside the schedule.

The service time that Squall reports is compared with what the target logged for the same requests: from the kernel's
stamp of the request to the answer's write. The measured seconds follow a warm-up, whose requests are left out of both.
"""

import json
from pathlib import Path

from .. import machine
from ..bench import Bench, say
from ..clients.squall import Squall, manifest
from ..load import Load
from ..measure import Window, run
from ..report import Table
from ..stall_target import StallTarget
from ..statistics import percentile

ANSWER_MICROS = 200
WARM_UP_SECONDS = 10
MOST_ERROR = 100e-6
MOST_LATENESS = 1e-3
TITLE = "How true: service time beside the target's log, lateness, at half of the top rate"
COLUMNS = ["requests/s", "service time p50", "by the log", "p99", "by the log", "mean error", "lateness p50", "p99", "true"]


class _Warmed(Squall):
    """Squall with a warm-up before what counts, both at a rate of arrivals."""

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
        return words


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
        run(_Warmed(half, seconds), load, target, bench.client_core, window, folder / "half")
    summary = json.loads(next((folder / "half" / "results").rglob("summary.json")).read_text())
    # The last of the log: as many as were counted, those of the warm-up are before them.
    own = [replied - arrived for arrived, replied in target.log().served][-summary["requests"] :]
    return _table(half, summary, own)


def _target(bench: Bench, name: str, port: int) -> StallTarget:
    return StallTarget(bench.folder / "targets" / "truth" / name, bench.server_core, port, ANSWER_MICROS)


def _table(rate: int, summary: dict, own: list[float]) -> Table:
    measured, lateness = summary["serviceTime"], summary["lateness"]
    errors = {p: measured[f"p{p}Micros"] / 1e6 - percentile(own, p) for p in (50, 99)}
    mean = measured["meanMicros"] / 1e6 - sum(own) / len(own)
    held = errors[99] < MOST_ERROR and lateness["p99Micros"] / 1e6 < MOST_LATENESS
    table = Table("truth", TITLE, COLUMNS)
    table.rows.append([
        f"{rate:,}",
        _micros(measured["p50Micros"] / 1e6),
        _micros(percentile(own, 50)),
        _micros(measured["p99Micros"] / 1e6),
        _micros(percentile(own, 99)),
        _micros(mean),
        _micros(lateness["p50Micros"] / 1e6),
        _micros(lateness["p99Micros"] / 1e6),
        "yes" if held else "no",
    ])
    table.data = {"rate": rate, "errorSeconds": errors, "meanErrorSeconds": mean, "lateness": lateness, "requests": len(own)}
    table.notes.append(f"true: p99 less than {_micros(MOST_ERROR)} beyond the log's, p99 of lateness below {_micros(MOST_LATENESS)}")
    return table


def _micros(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"
