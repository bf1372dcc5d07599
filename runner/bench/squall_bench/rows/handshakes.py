"""What a TLS handshake costs the client: a connection for each request, full handshakes and resumed ones.

The server keeps no connection alive, and its log says of each whether it resumed a session: the row is void for a client
that does otherwise than it is asked. wrk resumes all but the first of each of its 64 connections, and cannot be told not
to; vegeta does where it is told to.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from ..bench import Bench, Contender, Runs, interleaved
from ..clients.fortio import Fortio
from ..clients.hey import Hey
from ..clients.squall import Squall
from ..clients.vegeta import Vegeta
from ..clients.wrk import Wrk
from ..load import Load
from ..nginx import Nginx
from ..report import Table, cpu_table

TITLE = "HTTPS (TLS 1.3, ECDSA P-256), a connection and a handshake for each request, 64 at a time, saturated"
RESUMED = ("wrk", "Squall, resumed", "vegeta, resumed")
MOST_OTHERS = 0.05
"""Share of handshakes of the other kind, such as the first of each connection that is to resume."""


def row(bench: Bench) -> Table:
    seen: dict[str, list[int]] = {}
    with Nginx(bench.folder / "targets" / "handshakes", bench.server_core, tls=True, closes=True) as target:

        @contextmanager
        def counted(name: str, _: int) -> Iterator[Nginx]:
            before = target.handshakes()
            yield target
            each = [now - then for now, then in zip(target.handshakes(), before, strict=True)]
            seen[name] = [one + other for one, other in zip(seen.get(name, [0, 0]), each, strict=True)]

        load = Load(target.url, bench.window.run_seconds(), keep_alive=False, certificate=target.certificate)
        runs = interleaved(bench, "handshakes", _contenders(load), counted)
    for one in runs:
        _check(one, *seen.get(one.name, [0, 0]))
    table = cpu_table("handshakes", TITLE, runs, "wrk")
    for name, (full, resumed) in seen.items():
        table.notes.append(f"{name}: {full:,} full and {resumed:,} resumed handshakes, by the server's log")
    return table


def _contenders(load: Load) -> list[Contender]:
    return [
        Contender("Squall, resumed", lambda: Squall("Squall, resumed"), load, paired=True),
        Contender("wrk", Wrk, load, paired=True),
        Contender("Squall", lambda: Squall(resumes=False), load, paired=True),
        Contender("vegeta, resumed", lambda: Vegeta("vegeta, resumed", resumes=True), load),
        Contender("vegeta", Vegeta, load),
        Contender("fortio", Fortio, load),
        Contender("hey", Hey, load),
    ]


def _check(runs: Runs, full: int, resumed: int) -> None:
    """Takes away what a client did that resumed where it should not, or the other way round."""
    others = full if runs.name in RESUMED else resumed
    if others > MOST_OTHERS * (full + resumed):
        runs.reason = f"void: {full:,} full and {resumed:,} resumed handshakes"
        runs.measured = [None] * len(runs.measured)
