"""Who takes part in rows that all clients can do."""

from dataclasses import replace

from .bench import Contender
from .clients.epoll_loop import EpollLoop
from .clients.fortio import Fortio
from .clients.hey import Hey
from .clients.hyperfoil import Hyperfoil
from .clients.k6 import K6
from .clients.locust import Locust
from .clients.oha import Oha
from .clients.squall import Squall
from .clients.vegeta import Vegeta
from .clients.wrk import Wrk
from .load import Load


def closed(load: Load) -> list[Contender]:
    """Every client under the same load, Squall and wrk in every round, next to each other."""
    return [
        Contender("Squall", Squall, load, paired=True),
        Contender("wrk", Wrk, load, paired=True),
        Contender("bare epoll loop", EpollLoop, load),
        Contender("fortio", Fortio, load),
        Contender("oha", Oha, load),
        Contender("hey", Hey, load),
        Contender("vegeta", Vegeta, load),
        Contender("k6", K6, load),
        Contender("Locust", Locust, load),
        Contender("Hyperfoil", Hyperfoil, load),
    ]


def at_rate(load: Load, rate: int) -> list[Contender]:
    """Every client at the same rate; the bare loop has none."""
    return [replace(one, load=replace(load, rate=rate)) for one in closed(load) if one.name != "bare epoll loop"]
