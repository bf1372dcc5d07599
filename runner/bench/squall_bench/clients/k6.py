"""k6: Go, a JavaScript engine for each user; closed with a number of users, open with an arrival rate."""

import json
from pathlib import Path

from .. import peers
from ..load import Load, Outcome, Unavailable

SCRIPT = """
import http from 'k6/http';
import { check } from 'k6';
export const options = %s;
export default function () {
  check(http.get(%s), { 'status is 200': (answer) => answer.status === 200 });
}
export function handleSummary(data) { return { 'summary.json': JSON.stringify(data) }; }
"""


class K6:
    compiles = False

    def __init__(self, users: int | None = None) -> None:
        self.name = "k6" if users is None else f"k6 ({users} users)"
        self._users = users
        self._program, self.version = peers.find("k6")

    def command(self, load: Load, folder: Path) -> list[str]:
        if load.streams is not None and (load.streams > 1 or load.certificate is None):
            raise Unavailable("HTTP/2 over TLS with one stream at a time on each connection only")
        users = self._users or load.connections
        scenario: dict = {"duration": f"{load.seconds}s"}
        if load.rate is None:
            scenario |= {"executor": "constant-vus", "vus": users}
        else:
            scenario |= {"executor": "constant-arrival-rate", "rate": load.rate, "timeUnit": "1s"}
            scenario |= {"preAllocatedVUs": users, "maxVUs": users}
        options = {
            "scenarios": {"load": scenario},
            "discardResponseBodies": True,
            "noConnectionReuse": not load.keep_alive,
            "insecureSkipTLSVerify": load.certificate is not None,
            "summaryTrendStats": ["avg", "p(99)"],
        }
        (folder / "script.js").write_text(SCRIPT % (json.dumps(options), json.dumps(load.url)))
        return [self._program, "run", "--quiet", "--no-usage-report", "--address", "127.0.0.1:0", "script.js"]

    def outcome(self, folder: Path, output: str) -> Outcome:
        metrics = json.loads((folder / "summary.json").read_text())["metrics"]
        failures = metrics.get("checks", {}).get("values", {}).get("fails", 0)
        p99 = metrics["http_req_duration"]["values"]["p(99)"]
        return Outcome(int(metrics["http_reqs"]["values"]["count"]), int(failures), p99 * 1e3)
