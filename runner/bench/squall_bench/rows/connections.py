"""A connection for each request, from a second network namespace over veth: 5,000 a second in both orders of closing, and saturated.

Where the server closes first it says so in each answer, and has the port in TIME_WAIT; clients that can are told not to
keep alive. Where the client closes first it is Squall alone, whose connections live for a microsecond.
"""

import json
from contextlib import nullcontext
from dataclasses import replace

from ..bench import Bench, Contender, interleaved
from ..clients.squall import Squall
from ..contenders import at_rate
from ..load import Load, Unavailable
from ..measure import Window
from ..namespace import Namespace
from ..nginx import Nginx
from ..report import Table, cpu_table
from .turns import beside_wrk

RATE = 5_000
TITLE = f"A connection per request over veth, {RATE:,}/s, the server closes first, and Squall closing first"
CLOSING = "Squall closing first"
AT_ONCE = "0.001ms"
"""A microsecond: a connection's life is over when its first answer comes."""


def row(bench: Bench) -> Table:
    window = Window(5, 10) if bench.quick else Window(10, 180)
    try:
        with Namespace() as there:
            runs = []
            for closes in (True, False):
                folder = bench.folder / "targets" / f"connections-{'server' if closes else 'client'}-first"
                with Nginx(folder, bench.server_core, address=there.address, closes=closes) as target:
                    load = Load(target.url, window.run_seconds(), keep_alive=False)
                    contenders = _server_first(load) if closes else _client_first(load)
                    runs += interleaved(bench, "connections", contenders, lambda *_: nullcontext(target), window, bench.rounds, there.prefix)
    except Unavailable as reason:
        return Table("connections", TITLE, ["client"], notes=[str(reason)])
    table = cpu_table("connections", TITLE, runs, "wrk")
    table.notes.append("wrk has no rate and connects as fast as it can")
    table.notes += [_opened(bench, name) for name in ("Squall", CLOSING) if bench.wants(name)]
    return table


def turns(bench: Bench) -> Table:
    title = "A connection per request over veth, the server closes first, 64 at a time, saturated, in turns of a second"
    try:
        with Namespace() as there, Nginx(bench.folder / "targets/connections-turns", bench.server_core, address=there.address, closes=True) as target:
            return beside_wrk(bench, "connections-turns", title, Load(target.url, 0, keep_alive=False), target, there.prefix)
    except Unavailable as reason:
        return Table("connections-turns", title, ["client"], notes=[str(reason)])


def _server_first(load: Load) -> list[Contender]:
    return [replace(one, load=load if one.name == "wrk" else one.load) for one in at_rate(load, RATE)]


def _client_first(load: Load) -> list[Contender]:
    return [Contender(CLOSING, lambda: Squall(CLOSING), replace(load, rate=RATE, lifetime=AT_ONCE), paired=True)]


def _opened(bench: Bench, name: str) -> str:
    """That there was a connection for each request of all its runs."""
    its = (bench.folder / "runs" / "connections").glob(f"{name.replace(' ', '-')}-[0-9]*")
    return f"{name}: {opened([json.loads(one.read_text()) for folder in its for one in folder.rglob('summary.json')])}"


def opened(summaries: list[dict]) -> str:
    """Connections, by the client's own count and by the kernel's, beside the requests of some runs."""
    runners = [runner for summary in summaries for runner in summary["validity"]["runners"]]
    requests, failures = (sum(summary[what] for summary in summaries) for what in ("requests", "failures"))
    own = sum(address["connections"] for summary in summaries for address in summary["connections"]["addresses"])
    kernel = sum(runner["opened"] for runner in runners)
    held = max((runner["portsHeld"] for runner in runners), default=0)
    return f"{own:,} connections opened ({kernel:,} by the kernel, read first some milliseconds after each start) for {requests:,} requests, {failures} failures, at most {held:,} sockets at a time"
