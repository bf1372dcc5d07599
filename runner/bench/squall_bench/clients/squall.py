"""Squall itself, as `squall run` in one JVM, with the JVM's flags of the runner's image."""

import json
import subprocess
from functools import cache
from pathlib import Path

from .. import peers
from ..load import Load, Outcome, Unavailable

PATIENT = {
    "age": {"integer": {"min": 29, "max": 77}},
    "sex": {"integer": {"min": 0, "max": 1}},
    "cp": {"choice": [{"value": one} for one in range(4)]},
    "trestbps": {"integer": {"min": 94, "max": 200}},
    "chol": {"integer": {"min": 126, "max": 564}},
    "fbs": {"integer": {"min": 0, "max": 1}},
    "restecg": {"choice": [{"value": one} for one in range(3)]},
    "thalach": {"integer": {"min": 71, "max": 202}},
    "exang": {"integer": {"min": 0, "max": 1}},
    "oldpeak": {"number": {"min": 0, "max": 6.2, "decimals": 1}},
    "slope": {"choice": [{"value": one} for one in range(3)]},
    "ca": {"choice": [{"value": one} for one in range(5)]},
    "thal": {"choice": [{"value": one} for one in range(4)]},
}
DIAGNOSIS = {"path": "$.diagnosis", "in": [{"value": "heart-disease"}, {"value": "clear"}]}

INCONCLUSIVE = 98
"""What `squall run` ends with where the run cannot say."""


class Squall:
    compiles = True

    def __init__(self, name: str = "Squall", resumes: bool = True, transport: str | None = None) -> None:
        self.name = name
        self._resumes = resumes
        self._transport = transport
        self._java, self.version = peers.find("squall")

    def command(self, load: Load, folder: Path) -> list[str]:
        test = manifest(load)
        if not self._resumes:
            test["spec"]["target"]["tls"] = {"sessionReuse": False}
        (folder / "loadtest.yaml").write_text(json.dumps(test, indent=1))  # JSON is YAML
        target = load.url.rstrip("/")
        trust = self._trust(load.certificate, folder) if load.certificate else []
        chosen = ["env", f"SQUALL_TRANSPORT={self._transport}"] if self._transport else []
        return [*chosen, *self.java(*trust), "run", "loadtest.yaml", "--target", target, "--out", "results"]

    def java(self, *flags: str) -> list[str]:
        """The command line of the program, before its own arguments."""
        return [self._java, *_flags(), *flags, "-jar", str(peers.REPOSITORY / "runner/target/image/runner.jar")]

    def _trust(self, certificate: Path, folder: Path) -> list[str]:
        """Flags that make the JVM trust a target's own certificate."""
        store = folder / "trust.p12"
        command = [self.tool("keytool"), "-importcert", "-noprompt", "-alias", "target", "-file", certificate]
        subprocess.run([*command, "-keystore", store, "-storepass", "changeit"], check=True, capture_output=True)
        return [f"-Djavax.net.ssl.trustStore={store}", "-Djavax.net.ssl.trustStorePassword=changeit"]

    def tool(self, name: str) -> str:
        """A program of the JDK that runs it."""
        return str(Path(self._java).with_name(name))

    def outcome(self, folder: Path, output: str) -> Outcome:
        summary = json.loads(next((folder / "results").rglob("summary.json")).read_text())
        used = summary["validity"]["engine"]
        if self._transport and used["transport"] != self._transport:
            raise Unavailable(f"it sent by {used['transport']}: {used.get('transportReason')}")
        p99 = (summary["responseTime"] or {}).get("p99Micros")
        return Outcome(summary["requests"], summary["failures"], p99)


def train(client: Squall, folder: Path) -> Path:
    """An AOT cache in the folder, trained as the image's is."""
    cache = folder / "squall.aot"
    training = [*client.java(f"-XX:AOTCacheOutput={cache}", "-Xlog:aot=error,cds=error", *training_flags()), "run", "--train"]
    subprocess.run(training, cwd=folder, check=True, capture_output=True)
    return cache


def training_flags() -> list[str]:
    """The JVM's flags that the image's training has beside its own."""
    words = (peers.REPOSITORY / "deploy/images/runner.train").read_text().split()
    return words[: words.index("-jar")]


@cache
def _flags() -> list[str]:
    """The JVM's flags in the image, without where the image keeps its files."""
    lines = (peers.REPOSITORY / "deploy/images/runner.flags").read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-Djava.library.path"))]


def manifest(load: Load) -> dict:
    """The LoadTest of a load."""
    scenario: dict = {"name": "client", "tasks": _tasks(load.task)}
    target: dict = {"url": load.url.rstrip("/")}
    if load.streams is not None:
        target["protocol"] = "HTTP2"
    if load.streams not in (None, 1):
        pool = {"max": load.connections, "opened": load.connections, "maxStreams": load.streams}
        target["connections"] = {"mode": "Shared", **pool}
    spec: dict = {
        "target": target,
        "seed": 1,
        "loads": [{"name": "load", **_model(load), "duration": f"{load.seconds}s", "gracefulStop": "5s"}],
        "scenarios": [scenario],
    }
    if load.lifetime is not None:
        spec["target"]["connections"] = {"lifetime": load.lifetime}
    if load.task == "json":
        spec["payloads"] = [{"name": "patient", "fields": PATIENT}]
    return {"apiVersion": "squall.dev/v1alpha1", "kind": "LoadTest", "metadata": {"name": "bench"}, "spec": spec}


def _model(load: Load) -> dict:
    """Arrivals where there is a rate, as the peers' schedules are: users who pace themselves have each a phase of their own."""
    if load.rate is not None:
        groups = {"grouping": load.grouping} if load.grouping else {}
        return {"arrivals": {"rate": load.rate, "maxInFlight": load.in_flight, **groups}}
    return {"users": {"count": load.in_flight, "spawnRate": load.in_flight}}


def _tasks(task: str) -> list[dict]:
    if task == "plain":
        return [{"name": "get", "request": {"path": "/"}, "expect": {"status": [200]}}]
    expect = {"status": [200], "json": [DIAGNOSIS]}
    predict = {"method": "POST", "path": "/predict", "json": {"payload": "patient"}}
    missing = {"method": "POST", "path": "/predict", "json": {"payload": "patient", "mutate": {"dropFields": 1}}}
    return [
        {"name": "predict", "weight": 4, "request": predict, "expect": expect},
        {"name": "predict with a field missing", "weight": 1, "request": missing, "expect": expect},
    ]
