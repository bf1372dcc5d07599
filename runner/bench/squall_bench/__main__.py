"""Runs the rows that are asked for, prints one table, and leaves it as JSON and Markdown.

BENCH=quick is for development: short windows, few pairs. ROWS and CLIENTS select, by name, separated by commas.
"""

import os
import shutil
import signal
import sys

from . import machine, report
from .bench import Bench, say
from .peers import REPOSITORY
from .rows import allocation, connections, coordinator, fixed, handshakes, http2, keepalive, memory, post, stall, startup, truth, turns

ROWS = {
    "keepalive": keepalive.plain,
    "turns": turns.plain,
    "https-turns": turns.tls,
    "io_uring-turns": turns.ring,
    "io_uring": keepalive.io_uring,
    "https": keepalive.tls,
    "handshakes": handshakes.row,
    "http2": http2.connections,
    "http2-streams": http2.streams,
    "http2-tls": http2.tls,
    "rate": keepalive.rate,
    "fixed": fixed.row,
    "stall": stall.row,
    "truth": truth.row,
    "post": post.row,
    "allocation": allocation.row,
    "startup": startup.row,
    "memory": memory.row,
    "coordinator": coordinator.row,
    "connections": connections.row,
    "connections-turns": connections.turns,
}
# Take minutes and root, so only when they are asked for.
ON_REQUEST = {"connections", "connections-turns", "memory"}


def _names(variable: str) -> list[str]:
    return [name.strip() for name in os.environ.get(variable, "").split(",") if name.strip()]


def main() -> int:
    mode = os.environ.get("BENCH", "full")
    selected = _names("ROWS") or [name for name in ROWS if name not in ON_REQUEST]
    unknown = [name for name in selected if name not in ROWS]
    if unknown or mode not in ("full", "quick"):
        print(f"bench: ROWS are {', '.join(ROWS)}; BENCH is full or quick", file=sys.stderr)
        return 2
    folder = REPOSITORY / "build" / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    bench = Bench(folder, mode == "quick", frozenset(name.lower() for name in _names("CLIENTS")))
    os.sched_setaffinity(0, {machine.cores()[0]})
    # Told to end, it ends what it has started too: servers, and clients that may be stopped.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    tables = []
    for name in selected:
        say(f"row {name}")
        tables.append(ROWS[name](bench))
        report.write(folder, machine.description(), mode, tables)
    print(f"\nMeasured on {machine.description()}; {mode} mode.\n")
    print("\n".join(table.text() for table in tables))
    print(f"Saved as {folder}/bench.json and bench.md")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
