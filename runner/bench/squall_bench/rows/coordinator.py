"""What a coordinator costs as its runners grow: CPU, memory, network, for 10, 100 and 1,000 simulated ones.

The runners are one process on the other core (SimulatedRunners of the runner's tests): 40 series each, 100 samples a
second in each, every second of every runner distinct; 1 % of the answers are late, repeated or lost.
"""

import json
import os
import subprocess
import time
import urllib.request
from pathlib import Path

from .. import cpu, machine
from ..bench import Bench, say
from ..clients.squall import Squall, train
from ..peers import REPOSITORY
from ..report import Table

TITLE = "Squall: one coordinator of many runners (40 series, 4,000 samples a second each), on one core"
COLUMNS = ["runners", "cores", "ms/s for each more", "resident at most", "answers", "behind at the end"]
SAMPLES = 4_000
TOKEN = "bench"


def row(bench: Bench) -> Table:
    table = Table("coordinator", TITLE, COLUMNS)
    client = Squall()
    folder = bench.folder / "runs" / "coordinator"
    folder.mkdir(parents=True)
    cache = train(client, folder)
    before: tuple[int, float] | None = None
    for runners in (10, 100, 1_000):
        its = _measured(bench, client, cache, folder / str(runners), runners)
        each = "" if before is None else f"{(its['cores'] - before[1]) / (runners - before[0]) * 1e3:.2f}"
        before = (runners, its["cores"])
        table.rows.append([
            f"{runners:,}",
            f"{its['cores']:.2f}",
            each,
            f"{its['residentMib']:.0f} MiB",
            f"{its['bytesPerSecond'] / 1e6:.2f} MB/s",
            f"{its['behind']:.1f} s",
        ])
        table.data[str(runners)] = its
        say(f"coordinator: {runners} runners: {its['cores']:.2f} cores, {its['residentMib']:.0f} MiB")
    table.notes.append("the JVM's flags are the image's, in a pod of 512 MiB; every run ended with every sample counted once")
    return table


def _measured(bench: Bench, client: Squall, cache: Path, folder: Path, runners: int) -> dict:
    """One run. Raises RuntimeError when a sample is missing or counted twice."""
    folder.mkdir()
    seconds = bench.window.run_seconds() + 1
    simulator = [client.tool("java"), "-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                 "--sun-misc-unsafe-memory-access=allow", "-cp", _classes(), "dev.squall.runner.simulated.SimulatedRunners"]
    with (folder / "simulator").open("wb") as errors:
        process = subprocess.Popen(
            [*machine.pinned(bench.server_core), *simulator, str(runners), str(seconds)],
            stdout=subprocess.PIPE, stderr=errors, start_new_session=True,
        )
        try:
            base = f"http://127.0.0.1:{int(process.stdout.readline())}"
            return _coordinated(bench, client, cache, folder, runners, seconds, base)
        finally:
            process.kill()
            process.wait()


def _coordinated(bench: Bench, client: Squall, cache: Path, folder: Path, runners: int, seconds: int, base: str) -> dict:
    port = machine.free_port()
    (folder / "plan.json").write_text(json.dumps(_plan(runners, seconds)))
    (folder / "token").write_text(TOKEN)
    (folder / "work").mkdir()
    environment = os.environ | {
        "SQUALL_PLAN_DIR": str(folder),
        "SQUALL_TOKEN_FILE": str(folder / "token"),
        "SQUALL_WORK_DIR": str(folder / "work"),
        "SQUALL_TERMINATION_LOG": str(folder / "termination-log"),
        "SQUALL_RUNNER_URL": base + "/%d",
        "SQUALL_PORT": str(port),
    }
    command = [*machine.pinned(bench.client_core), *client.java(f"-XX:AOTCache={cache}", "-XX:MaxRAM=512m"), "coordinator"]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True)
        try:
            machine.put_ahead(process.pid)
            every = runners * SAMPLES
            _await(process, port, lambda s: s["requests"] >= every, 120)
            began, bytes_then, cpu_then, threads_then = _reading(process.pid, base, bench.window.begin - 1)
            ended, bytes_now, cpu_now, threads_now = _reading(process.pid, base, bench.window.seconds)
            _await(process, port, lambda s: s["runners"]["finished"] == runners or s["requests"] >= seconds * every, 120)
            last = _await(process, port, lambda s: s["phase"] == "Completed", 120)
            resident = cpu.most_resident_mib(process.pid)
        finally:
            process.kill()
            process.wait()
    if last["requests"] != seconds * every or last["verdict"] != "Passed":
        raise RuntimeError(f"{last['requests']} of {seconds * every} samples, {last['verdict']}: {last['message']}")
    threads = {name: round(spent - threads_then.get(name, 0), 2) for name, spent in threads_now.items()}
    return {
        "cores": (cpu_now - cpu_then) / (ended - began),
        "residentMib": resident,
        "bytesPerSecond": (bytes_now - bytes_then) / (ended - began),
        "behind": _behind(last, seconds),
        "threads": {name: spent for name, spent in sorted(threads.items(), key=lambda one: -one[1]) if spent > 0},
    }


def _reading(pid: int, base: str, after: float) -> tuple[float, int, float, dict[str, float]]:
    time.sleep(after)
    with urllib.request.urlopen(base + "/statistics", timeout=10) as answer:
        counted = json.load(answer)["bytes"]
    return time.monotonic(), counted, cpu.of_tree(pid), cpu.of_threads(pid)


def _behind(last: dict, seconds: int) -> float:
    """From the end of the load to the verdict, which needs every second merged."""
    start, end = (time.mktime(time.strptime(last[name][:19], "%Y-%m-%dT%H:%M:%S")) + float("0." + last[name][20:-1])
                  for name in ("startTime", "completionTime"))
    return end - start - seconds


def _await(process: subprocess.Popen, port: int, wanted, patience: float) -> dict:
    """The summary once it is as wanted, asked for twice a second."""
    deadline = time.monotonic() + patience
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/summary", headers={"Authorization": f"Bearer {TOKEN}"})
    summary: dict = {}
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                summary = json.load(answer)
            if wanted(summary):
                return summary
        except OSError:
            pass  # it does not listen yet
        time.sleep(0.5)
    raise RuntimeError(f"the coordinator is not as wanted after {patience} s: {summary.get('phase')}, {summary.get('message')}")


def _classes() -> str:
    built = REPOSITORY / "runner/target"
    return ":".join([str(built / "test-classes"), str(built / "image/runner.jar"), str(built / "image/lib/*")])


def _plan(runners: int, seconds: int) -> dict:
    """The plan that the operator would leave, defaults filled in. What the runners send is the simulation's own affair."""
    request = {"method": "GET", "path": "/", "timeout": "30s"}
    spec = {
        "target": {"url": "http://127.0.0.1:1"},
        "seed": 1,
        "loads": [{
            "name": "all",
            "users": {"count": 10 * runners, "spawnRate": 10 * runners},
            "duration": f"{seconds}s",
            "gracefulStop": "5s",
        }],
        "scenarios": [{"name": "client", "weight": 1, "tasks": [{"name": "get", "weight": 1, "request": request}]}],
        "thresholds": [{"failureRatio": {"below": 0.01}}],
        "runners": {"count": runners},
        "coordinator": {},
        "results": {"linger": "1h"},
        "startTimeout": "5m",
    }
    names = {"namespace": "bench", "loadTest": "bench", "run": "bench-1", "runUid": "00000000-0000-4000-8000-000000000000"}
    return {**names, "runners": runners, "targetUrl": spec["target"]["url"], "test": spec}
