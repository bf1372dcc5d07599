"""Locust: Python on gevent, with its faster client (FastHttpUser). One process, one core."""

import json
from collections import Counter
from pathlib import Path

from .. import peers
from ..load import Load, Outcome

FILE = """
from locust import FastHttpUser, constant, constant_throughput, task

class Client(FastHttpUser):
    wait_time = %s
    insecure = True

    @task
    def get(self):
        with self.client.get(%r, headers=%r, catch_response=True) as answer:
            if answer.status_code != 200:
                answer.failure("status")
"""


class Locust:
    compiles = False
    name = "Locust"

    def __init__(self) -> None:
        self._program, self.version = peers.find("locust")

    def command(self, load: Load, folder: Path) -> list[str]:
        wait = "constant(0)" if load.rate is None else f"constant_throughput({load.rate / load.connections})"
        headers = {} if load.keep_alive else {"Connection": "close"}
        origin, path = _split(load.url)
        (folder / "locustfile.py").write_text(FILE % (wait, path, headers))
        command = [self._program, "-f", "locustfile.py", "--headless", "--json", "--loglevel", "ERROR"]
        users = str(load.connections)
        return [*command, "--host", origin, "-u", users, "-r", users, "-t", f"{load.seconds}s"]

    def outcome(self, folder: Path, output: str) -> Outcome:
        total = json.loads(output)[0]
        requests, times = total["num_requests"], Counter()
        for rounded, count in total["response_times"].items():
            times[float(rounded)] += count
        seen = 0
        for millis in sorted(times):
            seen += times[millis]
            if seen * 100 >= requests * 99:
                return Outcome(requests, total["num_failures"], millis * 1e3)
        return Outcome(requests, total["num_failures"])


def _split(url: str) -> tuple[str, str]:
    scheme, rest = url.split("://", 1)
    host, path = rest.split("/", 1)
    return f"{scheme}://{host}", f"/{path}"
