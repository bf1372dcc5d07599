"""From the start of a runner pod's process to its first answer on /healthz, and its memory at rest, on one core."""

import json
import os
import subprocess
import time
import urllib.request
from pathlib import Path

from .. import cpu, machine
from ..bench import Bench, say
from ..clients.squall import Squall, manifest, train
from ..load import Load
from ..report import Table
from ..statistics import median

TITLE = "Squall: a runner's start, on one core"
REST_SECONDS = 10


def row(bench: Bench) -> Table:
    table = Table("startup", TITLE, ["JVM", "process start to listening", "spread", "CPU until then", "resident at rest", "runs"])
    folder = bench.folder / "runs" / "startup"
    folder.mkdir(parents=True)
    client = Squall()
    cache = train(client, folder)
    for label, flags in (("with AOT cache, as in the image", [f"-XX:AOTCache={cache}"]), ("without", [])):
        seconds, spent, resident = zip(*(_start(bench, client, flags, folder / f"{label[:7].strip()}-{n}") for n in range(bench.pairs)), strict=True)
        spread = f"{min(seconds):.2f}–{max(seconds):.2f}"
        table.rows.append([label, f"{median(seconds):.2f} s", spread, f"{median(spent):.2f} s", f"{median(resident):.0f} MiB", str(len(seconds))])
        table.data[label] = {"seconds": seconds, "cpuSeconds": spent, "residentMib": resident}
        say(f"startup: {label}: {median(seconds):.2f} s, {median(resident):.0f} MiB")
    return table


def _start(bench: Bench, client: Squall, flags: list[str], folder: Path) -> tuple[float, float, float]:
    folder.mkdir()
    port = machine.free_port()
    (folder / "plan.json").write_text(json.dumps(_plan()))
    (folder / "token").write_text("bench")
    environment = os.environ | {
        "SQUALL_PLAN_DIR": str(folder),
        "SQUALL_TOKEN_FILE": str(folder / "token"),
        "SQUALL_WORK_DIR": str(folder / "work"),
        "SQUALL_PORT": str(port),
        "JOB_COMPLETION_INDEX": "0",
    }
    (folder / "work").mkdir()
    command = [*machine.pinned(bench.client_core), *client.java(*flags), "runner"]
    with (folder / "output").open("wb") as output:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True)
        machine.put_ahead(process.pid)
        try:
            while not _listens(port):
                if process.poll() is not None or time.monotonic() > began + 60:
                    raise RuntimeError(f"the runner does not start; see {folder}/output")
                time.sleep(0.005)
            seconds, spent = time.monotonic() - began, cpu.of_tree(process.pid)
            time.sleep(4 if bench.quick else REST_SECONDS)  # its rehearsal takes up to 3 s
            return seconds, spent, cpu.resident_mib(process.pid)
        finally:
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def _plan() -> dict:
    """The plan that the operator would leave for the bench's manifest, defaults filled in."""
    spec = manifest(Load("http://127.0.0.1:1/", 60))["spec"]
    for scenario in spec["scenarios"]:
        scenario["weight"] = 1
        for task in scenario["tasks"]:
            task["weight"] = 1
            task["request"] |= {"method": "GET", "timeout": "30s"}
    spec |= {"runners": {"count": 1}, "coordinator": {}, "results": {"linger": "1h"}, "startTimeout": "5m"}
    names = {"namespace": "bench", "loadTest": "bench", "run": "bench-1", "runUid": "00000000-0000-4000-8000-000000000000"}
    return {**names, "runners": 1, "targetUrl": spec["target"]["url"], "test": spec}
