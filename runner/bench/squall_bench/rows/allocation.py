"""What the JVM's own counters say of a saturated run: bytes allocated a request on the event loops, time in GC.

Allocation by thread is what `jcmd <pid> Thread.print -e` tells, read at both ends of the window; pauses stand in the
collector's log.
"""

import re
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

from .. import cpu, machine
from ..bench import Bench, say
from ..clients.squall import Squall
from ..load import Load
from ..nginx import Nginx
from ..report import Table

TITLE = "Squall: allocation and collection, by the JVM's counters, saturated"
COLUMNS = ["request", "bytes/request, event loops", "bytes/s, other threads", "GC pauses", "time in GC", "resident"]
MOST_GC = 0.001
EVENT_LOOP = "squall-load-"
UNITS = {"B": 1, "K": 2**10, "M": 2**20, "G": 2**30}


@dataclass(frozen=True)
class _Reading:
    at: float
    uptime: float
    requests: int
    event_loops: float
    others: float


def row(bench: Bench) -> Table:
    table = Table("allocation", TITLE, COLUMNS)
    with Nginx(bench.folder / "targets" / "allocation", bench.server_core) as target:
        load = Load(target.url, bench.window.run_seconds() + 1)
        _add(table, bench, target, "plain GET", load)
        _add(table, bench, target, "13-field JSON, JSONPath", replace(load, task="json"))
    with Nginx(bench.folder / "targets" / "allocation-tls", bench.server_core, tls=True) as target:
        load = Load(target.url, bench.window.run_seconds() + 1, certificate=target.certificate)
        _add(table, bench, target, "HTTPS", load)
    return table


def _add(table: Table, bench: Bench, target: Nginx, label: str, load: Load) -> None:
    cells, data = _observed(bench, target, load, bench.folder / "runs" / "allocation" / label.replace(" ", "-"))
    table.rows.append([label, *cells])
    table.data[label] = data
    if data["gcShare"] > MOST_GC:
        table.notes.append(f"{label}: more than {MOST_GC:.1%} of the time in the garbage collector")
    say(f"allocation: {label}: {cells[0]} bytes a request")


def _observed(bench: Bench, target: Nginx, load: Load, folder: Path) -> tuple[list[str], dict]:
    folder.mkdir(parents=True)
    client = Squall()
    command = client.command(load, folder)
    at = command.index("-jar")
    command[at:at] = ["-Xlog:gc:file=gc.log:uptime"]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [*machine.pinned(bench.client_core), *command], cwd=folder, stdout=output, stderr=output, start_new_session=True
        )
        try:
            machine.put_ahead(process.pid)
            readings = []
            for seconds in (bench.window.begin, bench.window.seconds):
                time.sleep(seconds)
                readings.append(_read(client, process.pid, target))
            resident = cpu.resident_mib(process.pid)
            if process.wait(load.seconds + 60) not in (0, 98):
                raise RuntimeError(f"Squall ended with {process.returncode}; see {folder}/output")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    first, last = readings
    requests, seconds = last.requests - first.requests, last.at - first.at
    per_request = (last.event_loops - first.event_loops) / requests
    others = (last.others - first.others) / seconds
    pauses = [one for at, one in _pauses(folder / "gc.log") if first.uptime <= at <= last.uptime]
    share = sum(pauses) / seconds
    cells = [f"{per_request:.2f}", f"{others:,.0f}", str(len(pauses)), f"{share:.4%}", f"{resident:.0f} MiB"]
    data = {"bytesPerRequest": per_request, "otherBytesPerSecond": others, "pauses": len(pauses), "gcShare": share}
    return cells, {**data, "requests": requests, "residentMib": resident}


def _read(client: Squall, pid: int, target: Nginx) -> _Reading:
    output = subprocess.run([client.tool("jcmd"), str(pid), "Thread.print", "-e"], capture_output=True, text=True, check=True)
    uptime = subprocess.run([client.tool("jcmd"), str(pid), "VM.uptime"], capture_output=True, text=True, check=True)
    requests, at = target.requests(), time.monotonic()
    loops, others = allocated(output.stdout)
    return _Reading(at, float(re.search(r"([\d.]+) s", uptime.stdout)[1]), requests, loops, others)


def allocated(threads: str) -> tuple[float, float]:
    """Bytes allocated since their start by event loops and by all other Java threads, of a thread dump."""
    loops = others = 0.0
    for name, amount, unit in re.findall(r'^"([^"]*)".*? allocated=([\d.]+)([BKMG])', threads, re.MULTILINE):
        spent = float(amount) * UNITS[unit]
        if EVENT_LOOP in name:
            loops += spent
        else:
            others += spent
    return loops, others


def _pauses(log: Path) -> list[tuple[float, float]]:
    """(JVM's uptime, pause), in seconds, of each pause in the collector's log."""
    found = re.findall(r"^\[([\d.]+)s\].* Pause .* ([\d.]+)ms$", log.read_text(), re.MULTILINE)
    return [(float(at), float(millis) / 1e3) for at, millis in found]

