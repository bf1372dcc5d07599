"""The main row: 64 keep-alive connections, a small answer, as fast as possible; the same over TLS and at one rate."""

from contextlib import nullcontext
from pathlib import Path

from ..bench import Bench, Contender, interleaved
from ..clients.squall import Squall
from ..clients.wrk import Wrk
from ..contenders import at_rate, closed
from ..load import Load
from ..nginx import Nginx
from ..report import Table, cpu_table

RATE = 10_000


def plain(bench: Bench) -> Table:
    with Nginx(_folder(bench, "plain"), bench.server_core) as target:
        load = Load(target.url, bench.window.run_seconds())
        runs = interleaved(bench, "keepalive", closed(load), lambda *_: nullcontext(target))
    return cpu_table("keepalive", "HTTP keep-alive, 64 connections, small answer, saturated", runs, "wrk")


def io_uring(bench: Bench) -> Table:
    with Nginx(_folder(bench, "io_uring"), bench.server_core) as target:
        load = Load(target.url, bench.window.run_seconds())
        contenders = [
            Contender("Squall, io_uring", lambda: Squall("Squall, io_uring", transport="io_uring"), load, paired=True),
            Contender("wrk", Wrk, load, paired=True),
            Contender("Squall, epoll", lambda: Squall("Squall, epoll", transport="epoll"), load, paired=True),
        ]
        runs = interleaved(bench, "io_uring", contenders, lambda *_: nullcontext(target))
    return cpu_table("io_uring", "HTTP keep-alive, 64 connections, small answer, saturated: io_uring beside epoll", runs, "wrk")


def tls(bench: Bench) -> Table:
    with Nginx(_folder(bench, "tls"), bench.server_core, tls=True) as target:
        load = Load(target.url, bench.window.run_seconds(), certificate=target.certificate)
        runs = interleaved(bench, "https", closed(load), lambda *_: nullcontext(target))
    title = "HTTPS keep-alive (TLS 1.3, AES-128-GCM, ECDSA P-256), 64 connections, small answer, saturated"
    return cpu_table("https", title, runs, "wrk")


def rate(bench: Bench) -> Table:
    with Nginx(_folder(bench, "rate"), bench.server_core) as target:
        load = Load(target.url, bench.window.run_seconds())
        runs = interleaved(bench, "rate", at_rate(load, RATE), lambda *_: nullcontext(target))
    table = cpu_table("rate", f"HTTP keep-alive, 64 connections, small answer, {RATE:,} requests/s", runs, "wrk")
    table.notes.append("wrk has no rate: it is paced by a think time in Lua, which costs it about a third of a µs each")
    if bench.wants("Hyperfoil"):
        table.notes.append("Hyperfoil's p99 holds its JVM's start, which its own wrk2 leaves out as 6 s of calibration")
    return table


def _folder(bench: Bench, name: str) -> Path:
    return bench.folder / "targets" / name
