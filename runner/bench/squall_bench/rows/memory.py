"""What users and connections cost in memory: a million users on a shared pool, and 10,000 connections that stay open.

Each run is `squall run`, coordinator and report included, in a cgroup with the limit that it must keep.
"""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .. import cpu, machine
from ..bench import Bench, say
from ..cgroup import MemoryCgroup, descriptors
from ..clients.squall import Squall
from ..load import Unavailable
from ..nginx import Nginx
from ..report import Table

TITLE = "Squall: memory of users that wait and of connections that stay open"
COLUMNS = ["what", "limit", "cgroup's peak", "resident at most", "requests", "requests/s", "failed", "p99 of lateness", "verdict"]
MIB = 2**20
RATE = 5_000
SETTLE_SECONDS = 20


@dataclass(frozen=True)
class _Case:
    key: str
    name: str
    limit_mib: int
    spec: dict
    """What differs from any other test: loads, wait, connections."""
    tls: bool = False
    files: int = 1_024


def row(bench: Bench) -> Table:
    table = Table("memory", TITLE, COLUMNS)
    for case in _cases(bench.quick):
        try:
            _measure(bench, case, table)
        except Unavailable as reason:
            table.notes.append(f"{case.name}: {reason}")
    table.notes.append("each user sends its first request when it starts, so all have an iteration once all run")
    return table


def _cases(quick: bool) -> list[_Case]:
    shortest, longest = (10, 30) if quick else (100, 300)
    count = RATE * (shortest + longest) // 2
    spawning = count // RATE
    users = _Case(
        "users",
        f"{count:,} users, waits of {shortest} to {longest} s, 64 shared connections",
        1024,
        {
            "connections": {"mode": "Shared", "max": 64, "opened": 64, "openRate": 200},
            "users": {"count": count, "spawnRate": RATE},
            "duration": f"{spawning + longest // 2 + SETTLE_SECONDS}s",
            "wait": {"between": {"min": f"{shortest}s", "max": f"{longest}s"}},
        },
    )
    open_ones = {
        "users": {"count": 10_000, "spawnRate": 1_000},
        "duration": "25s" if quick else "60s",
        "wait": {"between": {"min": "5s", "max": "15s"}},
    }
    plain = _Case("plain", "10,000 connections", 300, open_ones, files=16_384)
    tls = _Case("tls", "10,000 connections, TLS 1.3", 2_048, open_ones, tls=True, files=16_384)
    return [users, plain, tls]


def _measure(bench: Bench, case: _Case, table: Table) -> None:
    folder = bench.folder / "runs" / "memory" / case.key
    folder.mkdir(parents=True)
    client = Squall()
    target = Nginx(bench.folder / "targets" / f"memory-{case.key}", bench.server_core, tls=case.tls)
    with target, MemoryCgroup(case.limit_mib * MIB) as cgroup:
        (folder / "loadtest.yaml").write_text(json.dumps(_manifest(case, target.url.rstrip("/")), indent=1))
        command = [*cgroup.prefix, *descriptors(case.files), *machine.pinned(bench.client_core), *client.java()]
        command += ["run", "loadtest.yaml", "--out", "results"]
        counted = target.requests()
        with (folder / "output").open("wb") as output:
            process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, start_new_session=True)
            machine.put_ahead(process.pid)
            resident = 0.0
            while process.poll() is None:
                resident = max(resident, cpu.most_resident_mib(process.pid))
                try:
                    process.wait(1)
                except subprocess.TimeoutExpired:
                    continue
        peak = cgroup.peak() / MIB
        counted = target.requests() - counted
    if not any((folder / "results").rglob("summary.json")):
        raise RuntimeError(f"Squall ended with {process.returncode}; see {folder}/output")
    summary = json.loads(next((folder / "results").rglob("summary.json")).read_text())
    if counted < summary["requests"] - summary["failures"]:
        table.notes.append(f"void: {case.name}: nginx counted {counted:,} requests, Squall {summary['requests']:,}")
    lateness = summary["lateness"]["p99Micros"] / 1e3
    table.rows.append([
        case.name,
        f"{case.limit_mib} MiB",
        f"{peak:.0f} MiB",
        f"{resident:.0f} MiB",
        f"{summary['requests']:,}",
        f"{summary['milliRequestsPerSecond'] / 1e3:,.0f}",
        f"{summary['failures']:,}",
        f"{lateness:.2f} ms",
        f"{summary['verdict']} ({summary['reason']})",
    ])
    figures = {name: summary[name] for name in ("requests", "users", "lateness", "queueing", "validity")}
    table.data[case.key] = {"peakMib": peak, "residentMib": resident, **figures}
    say(f"memory: {case.name}: {peak:.0f} MiB, p99 of lateness {lateness:.2f} ms")


def _manifest(case: _Case, url: str) -> dict:
    target: dict = {"url": url}
    if case.tls:
        target["tls"] = {"insecureSkipVerify": True}
    if "connections" in case.spec:
        target["connections"] = case.spec["connections"]
    spec = {
        "target": target,
        "seed": 1,
        "loads": [{"name": "load", "users": case.spec["users"], "duration": case.spec["duration"], "gracefulStop": "5s"}],
        "scenarios": [{
            "name": "client",
            "wait": case.spec["wait"],
            "tasks": [{"name": "get", "request": {"path": "/"}, "expect": {"status": [200]}}],
        }],
    }
    return {"apiVersion": "squall.dev/v1alpha1", "kind": "LoadTest", "metadata": {"name": "memory"}, "spec": spec}
