#!/usr/bin/env python3
"""Asks a Prometheus every query of every dashboard, as Grafana would, and says what came back.

    python3 grafana/check.py --prometheus http://127.0.0.1:9090 --namespace models --loadtest heart-disease
    python3 grafana/check.py --scrape http://127.0.0.1:8080/metrics --seconds 30    # with a Prometheus of its own

Exit 1 if a query is refused or finds nothing; of the panels named by --may-be-empty, finding nothing is right.
"""

import argparse
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "dashboards"


@dataclass(frozen=True)
class Answer:
    """What one query of a dashboard found."""

    where: str  # the panel's title and the query's letter, or the variable's name
    query: str
    series: list  # label sets with values, or a variable's values
    error: str = ""

    @property
    def found(self):
        return not self.error and bool(self.series)


class Refused(Exception):
    """The Prometheus refused a query."""


class Prometheus:
    def __init__(self, url):
        self.url = url.rstrip("/")

    def get(self, path, **parameters):
        request = f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise Refused(json.load(error).get("error", str(error))) from None

    def range(self, query, end, seconds, step):
        return self.get("query_range", query=query, start=end - seconds, end=end, step=step)["result"]

    def instant(self, query, end):
        return self.get("query", query=query, time=end)["result"]

    def label_values(self, metric, label, end, seconds):
        return self.get(f"label/{label}/values", **{"match[]": metric, "start": end - seconds, "end": end})


def ask(prometheus, values=None, seconds=900, rate_interval="20s", step=5, end=None):
    """The answers to all queries of all dashboards. `values` are the variables' (regular expressions, default `.*`)."""
    end = end or time.time()
    variables = {"namespace": ".*", "loadtest": ".*", "run": ".*"} | (values or {})
    builtin = {"__range": f"{round(seconds)}s", "__rate_interval": rate_interval, "__interval": f"{step}s"}
    answers = []

    def query(where, text, find):
        text = re.sub(r"\$\{?(\w+)\}?", lambda name: (builtin | variables)[name[1]], text)
        try:
            answers.append(Answer(where, text, find(text)))
        except Refused as error:
            answers.append(Answer(where, text, [], str(error)))

    for path in sorted(FOLDER.glob("*.json")):
        dashboard = json.loads(path.read_text(encoding="utf-8"))
        for variable in dashboard["templating"]["list"]:
            if variable["type"] == "query":
                query(f"${variable['name']}", variable["query"]["query"], lambda text: label_values(prometheus, text, end, seconds))
        for panel in dashboard["panels"]:
            for target in panel.get("targets", []):
                find = (
                    (lambda text: prometheus.instant(text, end))
                    if target.get("instant")
                    else (lambda text: prometheus.range(text, end, seconds, step))
                )
                query(f"{panel['title']} {target['refId']}", target["expr"], find)
    return answers


def label_values(prometheus, text, end, seconds):
    metric, label = re.fullmatch(r"label_values\((.*), (\w+)\)", text).groups()
    return prometheus.label_values(metric, label, end, seconds)


class OwnPrometheus:
    """A Prometheus on loopback (Debian's package), which scrapes one address each second. A context manager."""

    def __init__(self, target):
        self.target = urllib.parse.urlsplit(target)

    def __enter__(self):
        program = shutil.which("prometheus")
        if not program:
            raise FileNotFoundError("no prometheus on the PATH: apt-get install prometheus")
        self.folder = tempfile.TemporaryDirectory(prefix="squall-prometheus")
        config = Path(self.folder.name) / "prometheus.yml"
        job = {
            "job_name": "squall-runs",
            "honor_labels": True,
            "scrape_interval": "1s",
            "scrape_timeout": "1s",
            "metrics_path": self.target.path,
            "static_configs": [{"targets": [self.target.netloc]}],
        }
        config.write_text(json.dumps({"scrape_configs": [job]}))  # JSON is YAML
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.process = subprocess.Popen(
            [program, f"--config.file={config}", f"--storage.tsdb.path={self.folder.name}/data",
             f"--web.listen-address={address}", "--log.level=warn"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://{address}/-/ready", timeout=2).close()
                return Prometheus(f"http://{address}")
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    said = self.stop()
                    raise RuntimeError(f"prometheus did not start: {said}") from None
                time.sleep(0.1)

    def stop(self):
        self.process.terminate()
        said, _ = self.process.communicate(timeout=30)
        self.folder.cleanup()
        return said

    def __exit__(self, *_):
        self.stop()


def report(answers, may_be_empty=()):
    """Prints a line for each answer; returns how many are not as they should be."""
    wrong = 0
    for answer in answers:
        allowed = any(answer.where.startswith(title) for title in may_be_empty) and not answer.error
        bad = not answer.found and not allowed
        wrong += bad
        print(f"{'WRONG' if bad else 'ok   '} {answer.where}: {answer.error or f'{len(answer.series)} series'}")
        if bad:
            print(f"      {answer.query}")
    print(f"{len(answers)} queries, {wrong} wrong")
    return wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = arguments.add_mutually_exclusive_group(required=True)
    where.add_argument("--prometheus", metavar="URL", help="a Prometheus that has a run's metrics")
    where.add_argument("--scrape", metavar="URL", help="a coordinator's metrics, to scrape with a Prometheus of its own")
    arguments.add_argument("--seconds", type=int, default=900, help="time range to ask for, and with --scrape to wait")
    for name in ("namespace", "loadtest", "run"):
        arguments.add_argument(f"--{name}", default=".*")
    arguments.add_argument("--may-be-empty", action="append", default=["Failures"], metavar="PANEL")
    given = arguments.parse_args()
    values = {name: getattr(given, name) for name in ("namespace", "loadtest", "run")}
    try:
        if given.prometheus:
            answers = ask(Prometheus(given.prometheus), values, given.seconds)
        else:
            with OwnPrometheus(given.scrape) as prometheus:
                time.sleep(given.seconds)
                answers = ask(prometheus, values, given.seconds, "5s", 1)
    except OSError as error:
        sys.exit(f"check: {given.prometheus or given.scrape}: {error}")
    sys.exit(bool(report(answers, given.may_be_empty)))


if __name__ == "__main__":
    main()
