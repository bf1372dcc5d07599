"""What payloads, weights and JSONPath cost: Squall's POST of 13 generated fields beside its own plain request."""

from contextlib import nullcontext
from dataclasses import replace

from ..bench import Bench, Contender, interleaved
from ..clients.squall import Squall
from ..load import Load
from ..nginx import Nginx
from ..report import Table, cpu_table

TITLE = "Squall: POST of a generated 13-field JSON payload, weighted tasks, a JSONPath expectation, beside a plain GET"


def row(bench: Bench) -> Table:
    with Nginx(bench.folder / "targets" / "post", bench.server_core) as target:
        load = Load(target.url, bench.window.run_seconds())
        contenders = [
            Contender("Squall", Squall, load, paired=True),
            Contender("Squall, JSON", lambda: Squall("Squall, JSON"), replace(load, task="json"), paired=True),
        ]
        runs = interleaved(bench, "post", contenders, lambda *_: nullcontext(target))
    return cpu_table("post", TITLE, runs, "Squall")
