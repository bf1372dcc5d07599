"""Squall and wrk in turns of a second, both warm: the ratio of the rows keepalive and https, with less of the machine in it."""

from collections.abc import Callable

from ..bench import Bench, Contender
from ..clients.squall import Squall
from ..clients.wrk import Wrk
from ..load import Load
from ..nginx import Nginx
from ..report import Table, cpu_table
from ..turns import in_turns

STOPPED_AT_MOST = 120
"""Seconds: what wrk had in flight when it was stopped is answered, and no failure."""


def plain(bench: Bench) -> Table:
    return _row(bench, "turns", "HTTP keep-alive, 64 connections, small answer, saturated, in turns of a second")


def tls(bench: Bench) -> Table:
    return _row(bench, "https-turns", "HTTPS keep-alive (TLS 1.3), 64 connections, small answer, saturated, in turns of a second")


def ring(bench: Bench) -> Table:
    title = "HTTP keep-alive, 64 connections, small answer, saturated, by io_uring, in turns of a second"
    return _row(bench, "io_uring-turns", title, lambda: Squall(transport="io_uring"))


def _row(bench: Bench, name: str, title: str, squall: Callable[[], Squall] = Squall) -> Table:
    with Nginx(bench.folder / "targets" / name, bench.server_core, tls=name.startswith("https")) as target:
        return beside_wrk(bench, name, title, Load(target.url, 0, certificate=target.certificate), target, squall=squall)


def beside_wrk(
    bench: Bench, name: str, title: str, load: Load, target: Nginx, prefix: tuple[str, ...] = (), squall: Callable[[], Squall] = Squall
) -> Table:
    """The row of one load, which both send."""
    contenders = [Contender("Squall", squall, load), Contender("wrk", lambda: Wrk(timeout_seconds=STOPPED_AT_MOST), load)]
    return cpu_table(name, title, in_turns(bench, name, contenders, target, prefix), "wrk")
