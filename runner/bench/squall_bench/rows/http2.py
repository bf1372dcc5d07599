"""HTTP/2: a stream at a time on each of many connections, many streams on few, and over TLS. Squall beside h2load.

The same 64 requests at a time as in the HTTP/1.1 rows, so that the figures can be laid beside theirs.
"""

from contextlib import nullcontext

from ..bench import Bench, Contender, interleaved
from ..clients.fortio import Fortio
from ..clients.h2load import H2load
from ..clients.hyperfoil import Hyperfoil
from ..clients.k6 import K6
from ..clients.oha import Oha
from ..clients.squall import Squall
from ..load import Load
from ..nginx import Nginx
from ..report import Table, cpu_table


def connections(bench: Bench) -> Table:
    return _row(bench, "http2", "HTTP/2 by prior knowledge, 64 connections with a stream at a time", 64, 1)


def streams(bench: Bench) -> Table:
    return _row(bench, "http2-streams", "HTTP/2 by prior knowledge, 4 connections with 16 streams at a time", 4, 16)


def tls(bench: Bench) -> Table:
    return _row(bench, "http2-tls", "HTTP/2 over TLS 1.3 by ALPN, 4 connections with 16 streams at a time", 4, 16, tls=True)


def _row(bench: Bench, name: str, title: str, connections: int, streams: int, tls: bool = False) -> Table:
    with Nginx(bench.folder / "targets" / name, bench.server_core, tls=tls, http2=True) as target:
        load = Load(target.url, bench.window.run_seconds(), connections, streams=streams, certificate=target.certificate)
        runs = interleaved(bench, name, _contenders(load), lambda *_: nullcontext(target))
    return cpu_table(name, f"{title}, small answer, saturated", runs, "h2load")


def _contenders(load: Load) -> list[Contender]:
    """Those that can be told how many connections and streams to use."""
    others = [("oha", Oha), ("fortio", Fortio), ("k6", K6), ("Hyperfoil", Hyperfoil)]
    return [
        Contender("Squall", Squall, load, paired=True),
        Contender("h2load", H2load, load, paired=True),
        *(Contender(name, client, load) for name, client in others),
    ]
